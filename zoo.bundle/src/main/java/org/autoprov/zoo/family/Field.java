// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value is among a phone's settings.
 *
 * @param setting its name; {@code {n}} and {@code {n+K}} are the account's number, {@code {{name}}} another
 *     setting's value
 * @param pattern searched in the value, its group {@code value} is taken; empty: the whole value
 * @param values translation of vendor's words; a word that is not in it stays
 * @param otherwise the value when the setting is absent or empty
 */
public record Field(String setting, Optional<Pattern> pattern, Map<String, String> values, Optional<String> otherwise) {

    private static final Pattern NUMBER = Pattern.compile("\\{n(?:\\+([0-9]{1,4}))?\\}");
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{([^{}]+)\\}\\}");

    /**
     * Looks the value up.
     *
     * @param settings the phone's settings
     * @param number the account's number, from 1
     * @return the value, never empty text; empty when there is none
     */
    public Optional<String> read(Map<String, String> settings, int number) {
        return stated(settings, number).or(() -> otherwise);
    }

    /**
     * As {@link #read}, without the value for an absent setting.
     *
     * @param settings the phone's settings
     * @param number the account's number, from 1
     * @return the value, never empty text; empty when no file stated it
     */
    public Optional<String> stated(Map<String, String> settings, int number) {
        String name = NUMBER.matcher(setting)
                .replaceAll(found ->
                        Integer.toString(number + (found.group(1) == null ? 0 : Integer.parseInt(found.group(1)))));
        name = REFERENCE
                .matcher(name)
                .replaceAll(found -> Matcher.quoteReplacement(settings.getOrDefault(found.group(1), "")));
        return Optional.ofNullable(settings.get(name))
                .filter(value -> !value.isEmpty())
                .flatMap(this::extract)
                .map(value -> values.getOrDefault(value, value))
                .filter(value -> !value.isEmpty());
    }

    private Optional<String> extract(String value) {
        if (pattern.isEmpty()) {
            return Optional.of(value);
        }
        Matcher matcher = pattern.get().matcher(value.length() > 4096 ? value.substring(0, 4096) : value);
        return matcher.find() ? Optional.ofNullable(matcher.group("value")) : Optional.empty();
    }
}
