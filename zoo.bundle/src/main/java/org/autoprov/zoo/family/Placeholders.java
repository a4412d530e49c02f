// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with {@code {name}} in it. */
public final class Placeholders {

    /** Names that every model has. */
    static final Set<String> BUILT_IN = Set.of("model", "MODEL", "firmware", "mac", "MAC", "mac:", "MAC:");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*:?)\\}");

    private Placeholders() {}

    static Set<String> in(String template) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /**
     * Fills the placeholders in.
     *
     * @param template the text
     * @param values names without braces to values
     * @return the filled text, or empty when a value is not known
     */
    public static Optional<String> fill(String template, Map<String, String> values) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                return Optional.empty();
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }
}
