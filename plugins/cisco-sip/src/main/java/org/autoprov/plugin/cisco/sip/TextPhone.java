// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.config.SipLine;
import org.autoprov.core.config.TimeZoneRules;

/**
 * {@code SIP<MAC>.cnf} of a 7940 or 7960: {@code key: "value"}, at most 32 characters a value. What the phone shows
 * is cut; what it registers with must be whole.
 */
final class TextPhone {

    static final int MAX_FILE = 8192;

    private static final int MAX_VALUE = 32;
    private static final int MAX_PASSWORD = 31;
    private static final int MAX_LABEL = 15;

    private final String fileName;
    private final PhoneConfig config;
    private final boolean strict;

    /** @param strict whether what does not fit is refused; else it is left empty */
    TextPhone(String fileName, PhoneConfig config, boolean strict) {
        this.fileName = fileName;
        this.config = config;
        this.strict = strict;
    }

    /** @param lines how many the phone has */
    Map<String, Object> model(int lines) throws InvalidConfigException {
        Map<String, Object> model = new HashMap<>(32);
        SipLine first = config.lines().isEmpty() ? null : config.lines().get(0);
        model.put("label", first == null ? "" : shown(first.displayName(), MAX_LABEL));
        model.put("password", whole("admin_password", config.text("admin_password"), MAX_PASSWORD));
        model.put("ntp", whole("ntp_ip", config.text("ntp_ip"), MAX_VALUE));
        config.timeZone().ifPresent(zone -> model.put("clock", TextClock.of(TimeZoneRules.of(zone, config.year()))));
        model.put("lines", lines(lines));
        if (first != null) {
            model.put("voicemail", whole("voicemail", first.voicemail(), MAX_VALUE));
            model.put("outbound", whole("outbound_proxy_ip", first.outboundProxyIp(), MAX_VALUE));
            model.put("outboundPort", first.outboundProxyPort());
            model.put("backup", whole("backup_proxy_ip", first.backupProxyIp(), MAX_VALUE));
            model.put("backupPort", first.backupProxyPort());
            model.put("inBand", first.dtmfMode() == SipLine.DtmfMode.IN_BAND);
        }
        return model;
    }

    /** All of the phone's, unused ones too: it keeps what a file does not name. */
    private List<Map<String, Object>> lines(int count) throws InvalidConfigException {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            Map<String, Object> line = new HashMap<>(16);
            line.put("n", n);
            SipLine used = config.line(n).orElse(null);
            line.put("used", used != null);
            if (used != null) {
                put(line, used);
            }
            lines.add(line);
        }
        return lines;
    }

    private void put(Map<String, Object> model, SipLine line) throws InvalidConfigException {
        String at = "sip_lines." + line.number() + ".";
        if (line.proxyIp() == null) {
            throw new InvalidConfigException("Cisco " + fileName + ": line " + line.number() + " has no server; set "
                    + at + "proxy_ip or sip_proxy_ip");
        }
        model.put("name", whole(at + "username", line.username(), MAX_VALUE));
        model.put("displayName", shown(line.displayName(), MAX_VALUE));
        model.put("shortName", shown(line.extension() == null ? line.username() : line.extension(), MAX_VALUE));
        model.put("authName", whole(at + "auth_username", line.authUsername(), MAX_VALUE));
        model.put("password", whole(at + "password", line.password(), MAX_VALUE));
        model.put("proxy", whole(at + "proxy_ip", line.proxyIp(), MAX_VALUE));
        model.put("port", Buttons.port(line.proxyPort()));
    }

    private static String shown(String text, int most) {
        String quoted = text.replace('"', '\'');
        int end = Math.min(most, quoted.length());
        if (end > 0 && end < quoted.length() && Character.isHighSurrogate(quoted.charAt(end - 1))) {
            end--;
        }
        return quoted.substring(0, end);
    }

    private String whole(String name, String value, int most) throws InvalidConfigException {
        if (value != null && (value.length() > most || value.indexOf('"') >= 0)) {
            if (!strict) {
                return "";
            }
            throw new InvalidConfigException("Cisco " + fileName + ": " + name + " must be at most " + most
                    + " characters without quotation marks");
        }
        return value;
    }
}
