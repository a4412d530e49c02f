// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Map;

/**
 * A model of a family, as its descriptor gives it.
 *
 * @param name as its devices carry it
 * @param type {@code deskphone}, {@code dect}, {@code wifidect}, {@code ata}, {@code gateway}, {@code doorphone},
 *     {@code conference}, {@code pager}, {@code softphone} or {@code generic}
 * @param lines SIP accounts it can hold
 * @param functionKeys programmable keys on the phone itself
 * @param expansionModules modules that can be attached
 * @param facts everything else that the descriptor says of it
 */
public record PhoneModel(
        String name, String type, int lines, int functionKeys, int expansionModules, Map<String, Object> facts) {

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
