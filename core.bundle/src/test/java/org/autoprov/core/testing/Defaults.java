// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The defaults that core fills in just before a plugin is called. */
final class Defaults {

    private Defaults() {}

    /** A deep copy with the defaults. */
    static Map<String, Object> fill(Map<String, Object> raw) {
        Map<String, Object> config = copy(raw);
        config.putIfAbsent("sip_srtp_mode", "disabled");
        config.putIfAbsent("sip_transport", "udp");
        for (String map : List.of("sip_lines", "sccp_call_managers", "funckeys")) {
            config.putIfAbsent(map, new LinkedHashMap<>());
        }
        if (Boolean.TRUE.equals(config.get("syslog_enabled"))) {
            config.putIfAbsent("syslog_port", 514L);
            config.putIfAbsent("syslog_level", "warning");
        }
        if (config.get("sip_proxy_ip") != null) {
            config.putIfAbsent("sip_registrar_ip", config.get("sip_proxy_ip"));
        }
        ((Map<?, ?>) config.get("sip_lines")).values().forEach(Defaults::fillLine);
        return config;
    }

    @SuppressWarnings("unchecked") // copy() made it
    private static void fillLine(Object value) {
        if (value instanceof Map) {
            Map<String, Object> line = (Map<String, Object>) value;
            putCopy(line, "registrar_ip", "proxy_ip");
            putCopy(line, "auth_username", "username");
        }
    }

    private static void putCopy(Map<String, Object> line, String to, String from) {
        if (line.get(from) != null) {
            line.putIfAbsent(to, line.get(from));
        }
    }

    static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object own = value instanceof Map<?, ?> inner ? copy(inner) : value;
            copy.put(String.valueOf(key), own instanceof Integer number ? (Object) number.longValue() : own);
        });
        return copy;
    }
}
