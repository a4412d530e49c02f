// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.plugin.PhoneFile;

/** Tries whether a parameter's value can add a line, an element or an attribute to a file. */
final class HostileValues {

    private static final String HARMLESS = "harmless";
    private static final List<String> HOSTILE = List.of(
            "a\r\nhostile = 1",
            "a\nhostile\n",
            "a\rb\u0085c\u2028d\u2029e\fvf",
            "</x><hostile a=\"1\">&amp;&#10;",
            "\" hostile=\"1\" ' hostile='2' ]]> -->",
            "a\0b\u0001\ud800c\uffff",
            "${1 + 1} <#stop> #{x} %NULL% ; # //");

    private static final List<String> TEXTS = List.of(
            "admin_username",
            "admin_password",
            "user_username",
            "user_password",
            "config_version",
            "ntp_ip",
            "dns_ip",
            "syslog_ip",
            "sip_proxy_ip",
            "sip_backup_proxy_ip",
            "sip_registrar_ip",
            "sip_backup_registrar_ip",
            "sip_outbound_proxy_ip",
            "exten_dnd",
            "exten_fwd_unconditional",
            "exten_fwd_no_answer",
            "exten_fwd_busy",
            "exten_fwd_disable_all",
            "exten_park",
            "exten_pickup_group",
            "exten_pickup_call",
            "exten_voicemail",
            "X_xivo_phonebook_ip",
            "X_xivo_user_uuid",
            "X_xivo_phonebook_profile",
            "X_hostile");
    private static final List<String> LINE_TEXTS = List.of(
            "proxy_ip",
            "backup_proxy_ip",
            "registrar_ip",
            "backup_registrar_ip",
            "outbound_proxy_ip",
            "username",
            "auth_username",
            "password",
            "display_name",
            "number",
            "voicemail");
    private static final List<String> KEY_TEXTS = List.of("value", "label");

    private final VendorTestKit kit;
    private final String pluginId;
    private final Device device;

    HostileValues(VendorTestKit kit, String pluginId, Device device) {
        this.kit = kit;
        this.pluginId = pluginId;
        this.device = device;
    }

    void check(List<String> fileNames) {
        List<String> names = fileNames.isEmpty()
                ? kit.generator(pluginId).files(device).stream()
                        .filter(file -> !file.writable())
                        .map(PhoneFile::name)
                        .toList()
                : fileNames;
        if (names.isEmpty()) {
            throw new AssertionError(pluginId + " makes no file for " + device);
        }
        for (String name : names) {
            String harmless = generate(name, config(null, HARMLESS));
            if (harmless == null) {
                throw new AssertionError(pluginId + " refuses the harmless config for " + name);
            }
            for (String hostile : HOSTILE) {
                for (String parameter : parameters()) {
                    compare(name, parameter, harmless, generate(name, config(parameter, hostile)));
                }
                compare(name, "all parameters", harmless, generate(name, config("", hostile)));
            }
        }
    }

    private void compare(String name, String parameter, String harmless, String hostile) {
        if (hostile == null) {
            return; // refused: nothing was added
        }
        String where = pluginId + " " + name + " with a hostile " + parameter;
        String[] before = lines(harmless);
        String[] now = lines(hostile);
        if (before.length != now.length) {
            int line = 0;
            while (line < before.length && line < now.length && similar(before[line], now[line])) {
                line++;
            }
            throw new AssertionError(where + ": " + now.length + " lines instead of " + before.length + ", first: "
                    + (line < now.length ? now[line] : "(missing) " + before[line]));
        }
        if (Markup.isXml(name, harmless)) {
            int elements = Markup.count(where, hostile);
            if (elements != Markup.count(name, harmless)) {
                throw new AssertionError(where + ": another number of elements and attributes: " + elements);
            }
        }
        if (hostile.indexOf('\0') >= 0) {
            throw new AssertionError(where + ": a NUL gets through");
        }
    }

    /** Equal up to where the value stands. */
    private static boolean similar(String before, String now) {
        int value = before.indexOf(HARMLESS);
        return value < 0 ? before.equals(now) : now.startsWith(before.substring(0, value));
    }

    private static String[] lines(String text) {
        return text.split("\r\n|[\n\r\u000b\f\u0085\u2028\u2029]", -1);
    }

    private String generate(String name, PhoneConfig config) {
        try {
            return kit.generate(pluginId, device, config, name);
        } catch (InvalidConfigException e) {
            return null;
        }
    }

    private static List<String> parameters() {
        return java.util.stream.Stream.of(
                        TEXTS.stream(),
                        LINE_TEXTS.stream().map(text -> "sip_lines.1." + text),
                        KEY_TEXTS.stream().map(text -> "funckeys.1." + text))
                .flatMap(names -> names)
                .toList();
    }

    /** @param hostile the parameter that gets the value, empty for all, null for none */
    private static PhoneConfig config(String hostile, String value) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("http_base_url", "http://192.0.2.1:8667");
        raw.put("ip", "192.0.2.1");
        raw.put("http_port", 8667L);
        raw.put("tftp_port", 69L);
        raw.put("timezone", "Europe/Paris");
        raw.put("locale", "fr_FR");
        raw.put("protocol", "SIP");
        for (String feature : List.of("ntp", "dns", "syslog", "vlan")) {
            raw.put(feature + "_enabled", true);
        }
        raw.put("vlan_id", 10L);
        raw.put("sip_subscribe_mwi", true);
        TEXTS.forEach(text -> raw.put(text, pick(text, hostile, value)));
        raw.put("sip_lines", Map.of("1", object("sip_lines.1.", LINE_TEXTS, hostile, value)));
        Map<String, Object> keys = new LinkedHashMap<>();
        int number = 1;
        for (String type : List.of("speeddial", "blf", "park")) {
            Map<String, Object> key = object("funckeys." + number + ".", KEY_TEXTS, hostile, value);
            key.put("type", type);
            keys.put(String.valueOf(number++), key);
        }
        raw.put("funckeys", keys);
        return VendorTestKit.config(raw, 2026);
    }

    private static Map<String, Object> object(String prefix, List<String> texts, String hostile, String value) {
        Map<String, Object> object = new LinkedHashMap<>();
        texts.forEach(text -> object.put(text, pick(prefix + text, hostile, value)));
        return object;
    }

    private static String pick(String parameter, String hostile, String value) {
        return hostile != null && (hostile.isEmpty() || hostile.equals(parameter)) ? value : HARMLESS;
    }
}
