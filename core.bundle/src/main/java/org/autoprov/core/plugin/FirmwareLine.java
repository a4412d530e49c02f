// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * One firmware line of a family: what becomes a plugin.
 *
 * @param pluginId {@code yealink-v86}
 * @param version the plugin's own version
 * @param description one sentence
 * @param firmware firmware versions of this line, to be found at their beginning; null when it has no known ones
 * @param models the models it serves, by name
 * @param facts everything else that the descriptor says of it
 */
public record FirmwareLine(
        String pluginId,
        String version,
        String description,
        Pattern firmware,
        Map<String, PhoneModel> models,
        Map<String, Object> facts) {

    /** The named fact as text, or the given default. */
    public String text(String fact, String otherwise) {
        Object value = facts.get(fact);
        return value == null ? otherwise : value instanceof Number n ? Long.toString(n.longValue()) : value.toString();
    }

    /** The named fact as a whole number, or the given default. */
    public int number(String fact, int otherwise) {
        return facts.get(fact) instanceof Number number ? number.intValue() : otherwise;
    }

    /** Whether the named fact is true. */
    public boolean flag(String fact) {
        return Boolean.TRUE.equals(facts.get(fact));
    }
}
