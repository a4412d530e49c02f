// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sccp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;

/** {@code sccp_call_managers} as the template prints them: in numeric order, the first with priority 0. */
final class CallManagers {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_PORT = 2000;

    private CallManagers() {}

    /** @throws InvalidConfigException when there is none, for a phone without one does nothing */
    static List<Map<String, Object>> of(PhoneConfig config, String fileName) throws InvalidConfigException {
        TreeMap<Integer, Map<?, ?>> numbered = new TreeMap<>();
        if (config.raw().get("sccp_call_managers") instanceof Map<?, ?> all) {
            all.forEach((key, value) -> {
                if (value instanceof Map<?, ?> manager
                        && NUMBER.matcher(String.valueOf(key)).matches()) {
                    numbered.put(Integer.valueOf(String.valueOf(key)), manager);
                }
            });
        }
        List<Map<String, Object>> result = new ArrayList<>();
        for (Map.Entry<Integer, Map<?, ?>> entry : numbered.entrySet()) {
            String at = "sccp_call_managers." + entry.getKey();
            if (entry.getKey() < 1) {
                throw new InvalidConfigException("Cisco " + fileName + ": " + at + " must be numbered from 1");
            }
            Object host = entry.getValue().get("ip");
            if (host == null || host.toString().isEmpty()) {
                throw new InvalidConfigException("Cisco " + fileName + ": " + at + ".ip is missing");
            }
            result.add(Map.of(
                    "priority", entry.getKey() - 1,
                    "host", host.toString(),
                    "port", port(entry.getValue().get("port"), at, fileName)));
        }
        if (result.isEmpty()) {
            throw new InvalidConfigException(
                    "Cisco " + fileName + ": there is no call manager; set sccp_call_managers.1.ip");
        }
        return result;
    }

    private static int port(Object value, String at, String fileName) throws InvalidConfigException {
        if (value == null || value.equals("")) {
            return DEFAULT_PORT;
        }
        String text = value.toString();
        int port = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new InvalidConfigException("Cisco " + fileName + ": " + at + ".port must be from 1 to 65535");
        }
        return port;
    }
}
