// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates for DECT base stations: accounts of handsets share a short list of servers. */
final class SnomDectGenerator extends SnomGenerator {

    private static final Logger LOG = LoggerFactory.getLogger(SnomDectGenerator.class);
    private static final int SERVERS = 10;

    SnomDectGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
    }

    @Override
    Map<String, Object> settings(Device device, PhoneConfig config) throws InvalidConfigException {
        PhoneModel base = phoneModel(device).orElse(null);
        int limit = base == null ? Integer.MAX_VALUE : base.lines();
        Map<String, Map<String, Object>> servers = new LinkedHashMap<>();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (SipLine line : config.lines()) {
            if (line.proxyIp() == null) {
                throw new InvalidConfigException(
                        "Snom: sip_lines." + line.number() + " has no proxy_ip, and there is no sip_proxy_ip");
            }
            int port = line.proxyPort() == null ? DEFAULT_SIP_PORT : line.proxyPort();
            String host = host(line.proxyIp(), port == DEFAULT_SIP_PORT ? null : port);
            if (line.number() > limit || !servers.containsKey(host) && servers.size() == SERVERS) {
                LOG.debug(
                        "Snom: {} holds {} lines and {} servers, line {} is left out",
                        device.model(),
                        limit,
                        SERVERS,
                        line.number());
                continue;
            }
            String dtmf = dtmf(line.dtmfMode());
            servers.putIfAbsent(host, Map.of("host", host, "dtmf", dtmf == null ? "off" : dtmf));
            lines.add(line(line, config, new ArrayList<>(servers.keySet()).indexOf(host) + 1));
        }
        Map<String, Object> model = new HashMap<>();
        model.put("engineer", base != null && base.flag("engineer"));
        model.put("servers", new ArrayList<>(servers.values()));
        model.put("lines", lines);
        return model;
    }

    private static Map<String, Object> line(SipLine line, PhoneConfig config, int server) {
        Map<String, Object> model = new HashMap<>();
        model.put("index", line.number());
        model.put("name", line.username());
        model.put("authName", line.authUsername());
        model.put("password", line.password());
        model.put("displayName", line.displayName());
        model.put("mailbox", line.voicemail());
        model.put("extension", line.extension());
        // The PIN that a handset asks for: known to everybody until the base is claimed, then its position.
        model.put("pin", config.onboarding() ? "0000" : "%04d".formatted(line.number() % 10_000));
        model.put("server", server);
        return model;
    }
}
