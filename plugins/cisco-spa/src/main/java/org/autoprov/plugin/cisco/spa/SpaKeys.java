// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.FunctionKey;
import org.autoprov.core.config.PhoneConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programmable keys in use as the template prints them.
 *
 * @param own keys on the phone
 * @param modules keys on expansion modules, which follow those of the phone
 */
record SpaKeys(List<Map<String, Object>> own, List<Map<String, Object>> modules) {

    private static final Logger LOG = LoggerFactory.getLogger(SpaKeys.class);

    static SpaKeys of(PhoneConfig config, SpaModel phone) {
        List<Map<String, Object>> own = new ArrayList<>();
        List<Map<String, Object>> modules = new ArrayList<>();
        for (FunctionKey key : config.functionKeys()) {
            int beyond = key.number() - phone.keys() - 1;
            String function = function(key);
            if (function == null || beyond >= phone.modules() * SpaModel.MODULE_KEYS) {
                LOG.debug("Cisco: the phone cannot have function key {}, left out", key.number());
            } else if (beyond < 0) {
                own.add(Map.of("n", key.number(), "label", label(key), "function", function));
            } else {
                modules.add(Map.of(
                        "unit", beyond / SpaModel.MODULE_KEYS + 1,
                        "key", beyond % SpaModel.MODULE_KEYS + 1,
                        "function", function));
            }
        }
        return new SpaKeys(own, modules);
    }

    /** Null for what the phone cannot do. {@code vid} is the line, which need not be said of the first. */
    private static String function(FunctionKey key) {
        String function = switch (key.type()) {
            case SPEEDDIAL -> "fnc=sd;ext=";
            case BLF -> "fnc=sd+blf+cp;sub=";
            case PARK -> null;
        };
        return function == null
                ? null
                : function + field(key.value()) + "@$PROXY;nme=" + field(label(key))
                        + (key.line() == 1 ? "" : ";vid=" + key.line());
    }

    private static String label(FunctionKey key) {
        return key.label().isEmpty() ? key.value() : key.label();
    }

    /** A semicolon would begin another field. */
    private static String field(String text) {
        return text.replace(';', ' ');
    }
}
