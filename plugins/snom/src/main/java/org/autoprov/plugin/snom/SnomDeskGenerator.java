// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autoprov.core.config.FunctionKey;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates for desk phones, conference phones and pagers. */
final class SnomDeskGenerator extends SnomGenerator {

    private static final Logger LOG = LoggerFactory.getLogger(SnomDeskGenerator.class);
    private static final int IDENTITIES = 12;
    /** Keys of the phone and of its modules share one count, which the firmware ends here. */
    private static final int KEYS = 220;

    SnomDeskGenerator(FamilyFiles family, FirmwareLine line) {
        super(family, line);
    }

    @Override
    Map<String, Object> settings(Device device, PhoneConfig config) throws InvalidConfigException {
        PhoneModel phone = phoneModel(device).orElse(null);
        String country = SnomLocale.of(config.locale()).tone();
        TreeMap<Integer, Map<String, Object>> identities = identities(device, config, identityLimit(phone));
        Map<String, Object> model = new HashMap<>();
        model.put("syslog", config.text("syslog_ip"));
        model.put(
                "timezone",
                config.timeZone()
                        .map(zone -> SnomTimeZone.of(zone, config.year(), country))
                        .orElse(null));
        model.put("locale", phone != null && phone.flag("locale") ? config.locale() : null);
        model.put("callWaiting", device.option("switchboard") ? "off" : "on");
        model.put("identities", new ArrayList<>(identities.values()));
        model.put("blockedMessages", blockedMessages(identities));
        model.put("softKeys", phone == null ? null : phone.facts().get("softKeys"));
        model.put("guiKeys", phone != null && phone.flag("guiKeys"));
        model.put("keys", new ArrayList<>(keys(device, config, phone)));
        return model;
    }

    private static TreeMap<Integer, Map<String, Object>> identities(Device device, PhoneConfig config, int limit)
            throws InvalidConfigException {
        TreeMap<Integer, Map<String, Object>> result = new TreeMap<>();
        for (SipLine line : config.lines()) {
            if (line.number() > limit) {
                LOG.debug("Snom: {} has {} SIP identities, line {} is left out", device.model(), limit, line.number());
            } else if (line.proxyIp() == null) {
                throw new InvalidConfigException(
                        "Snom: sip_lines." + line.number() + " has no proxy_ip, and there is no sip_proxy_ip");
            } else {
                result.put(line.number(), identity(line, config));
            }
        }
        for (SipLine line : config.lines()) {
            int backup = line.number() + 1;
            while (result.containsKey(backup)) {
                backup++;
            }
            if (result.containsKey(line.number()) && line.backupProxyIp() != null && backup <= limit) {
                result.put(backup, backup(line, config, backup));
                result.get(line.number()).put("failover", backup);
            }
        }
        return result;
    }

    private static Map<String, Object> identity(SipLine line, PhoneConfig config) {
        boolean outbound = line.outboundProxyIp() != null;
        Map<String, Object> model = new HashMap<>();
        model.put("index", line.number());
        model.put("backup", false);
        model.put("idleText", line.displayName());
        model.put("extension", line.extension());
        model.put("host", host(line.proxyIp(), null));
        model.put(
                "outbound",
                server(
                        outbound ? line.outboundProxyIp() : line.proxyIp(),
                        outbound ? line.outboundProxyPort() : line.proxyPort(),
                        config));
        model.put("srtp", line.srtpMode() == SipLine.SrtpMode.DISABLED ? "off" : "on");
        model.put(
                "savp",
                switch (line.srtpMode()) {
                    case DISABLED -> "off";
                    case PREFERRED -> "optional";
                    case REQUIRED -> "mandatory";
                });
        model.put("name", line.username());
        model.put("authName", line.authUsername());
        model.put("password", line.password());
        model.put("displayName", line.displayName());
        model.put("mailbox", line.voicemail());
        model.put("dtmf", dtmf(line.dtmfMode()));
        return model;
    }

    /** A phone changes to this hidden identity when the registration of the line's own is lost. */
    private static Map<String, Object> backup(SipLine line, PhoneConfig config, int index) {
        Map<String, Object> model = identity(line, config);
        model.put("index", index);
        model.put("backup", true);
        model.put(
                "idleText",
                line.extension() == null ? line.displayName() : line.displayName() + " " + line.extension());
        model.put("host", host(line.backupProxyIp(), null));
        model.put("outbound", server(line.backupProxyIp(), line.backupProxyPort(), config));
        return model;
    }

    private static String server(String host, Integer port, PhoneConfig config) {
        return host(host, port) + ";transport=" + config.sipTransport();
    }

    private static String blockedMessages(TreeMap<Integer, Map<String, Object>> identities) {
        StringBuilder text = new StringBuilder();
        identities.forEach((index, identity) -> {
            if (Boolean.TRUE.equals(identity.get("backup"))) {
                text.append(text.isEmpty() ? "" : " ").append("Identity%02dIsNotRegistered".formatted(index));
            }
        });
        return text.toString();
    }

    /** The keys that a model needs anyway, under those that the administrator wants. */
    private Collection<Map<String, Object>> keys(Device device, PhoneConfig config, PhoneModel phone) {
        TreeMap<Integer, Map<String, Object>> keys = new TreeMap<>();
        String phonebook = config.phonebookUrl("input", "snom", "");
        if (phone != null && phone.facts().get("keys") instanceof List<?> fixed) {
            for (Object element : fixed) {
                Map<?, ?> key = (Map<?, ?>) element;
                Object text = phonebook != null && key.containsKey("withPhonebook")
                        ? key.get("withPhonebook").toString().replace("{phonebook}", phonebook)
                        : key.get("text");
                if (text != null) {
                    int index = ((Number) key.get("idx")).intValue();
                    String context =
                            key.containsKey("context") ? key.get("context").toString() : "active";
                    keys.put(index, Map.of("idx", index, "context", context, "text", text));
                }
            }
        }
        int limit = keyLimit(phone);
        for (FunctionKey key : config.functionKeys()) {
            String text = keyText(key, config, phone);
            if (text != null && key.number() <= limit) {
                String label = key.label().isEmpty() ? key.value() : key.label();
                String context = key.line() == 1 ? "active" : Integer.toString(key.line());
                keys.put(
                        key.number() - 1,
                        Map.of("idx", key.number() - 1, "context", context, "label", label, "text", text));
            } else {
                LOG.debug("Snom: {} cannot have function key {}, left out", device.model(), key.number());
            }
        }
        return keys.values();
    }

    private static String keyText(FunctionKey key, PhoneConfig config, PhoneModel phone) {
        String pickup = config.text("exten_pickup_call");
        return switch (key.type()) {
            case SPEEDDIAL -> "speed " + key.value();
            case BLF -> pickup == null ? "blf " + key.value() : "blf " + key.value() + "|" + pickup;
            case PARK -> {
                String place = key.value().isEmpty() ? config.text("exten_park") : key.value();
                yield place == null ? null : (phone != null && phone.flag("orbit") ? "orbit " : "speed ") + place;
            }
        };
    }

    private int identityLimit(PhoneModel phone) {
        return phone == null ? IDENTITIES : overridden(phone, "lines", phone.lines());
    }

    private int keyLimit(PhoneModel phone) {
        return phone == null || overridden(phone, "expansionModules", phone.expansionModules()) > 0
                ? KEYS
                : phone.functionKeys();
    }

    /** A few models had other numbers with old firmware; the descriptor has those with the line. */
    private int overridden(PhoneModel phone, String fact, int otherwise) {
        return line().facts().get("overrides") instanceof Map<?, ?> models
                        && models.get(phone.name()) instanceof Map<?, ?> facts
                        && facts.get(fact) instanceof Number number
                ? number.intValue()
                : otherwise;
    }
}
