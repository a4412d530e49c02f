// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to write the arguments of a command, read from its usage text: help shows it, {@link Arguments} obeys it and
 * completion follows it, so the three cannot differ.
 *
 * <p>{@code add} is a verb, {@code DEVICE} an argument, {@code --tenant TENANT} an option with a value,
 * {@code --secrets} one without; brackets make optional, {@code |} separates choices (lower case: literally so),
 * {@code ...} repeats.
 */
final class Form {

    /** A place for an argument. @param kind what stands there: {@code DEVICE}, or choices {@code KEY|none|new} */
    record Place(String kind, boolean required, boolean repeated) {}

    /** An option. @param kind of its value; null when it has none */
    record Option(String name, String kind, boolean required) {}

    private final String text;
    private final String verb;
    private final List<Place> places = new ArrayList<>();
    private final Map<String, Option> options = new LinkedHashMap<>();

    Form(String text) {
        this.text = text;
        String found = null;
        String[] words = text.isBlank() ? new String[0] : text.strip().split(" +");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            boolean required = !word.startsWith("[");
            boolean repeated = word.contains("...");
            String bare = bare(word);
            if (bare.startsWith("--")) {
                boolean hasValue = !word.endsWith("]")
                        && i + 1 < words.length
                        && !bare(words[i + 1]).startsWith("--")
                        && (required || words[i + 1].endsWith("]"));
                String kind = hasValue ? bare(words[++i]) : null;
                options.put(bare, new Option(bare, kind, required && hasValue));
            } else if (i == 0 && required && isLiteral(bare)) {
                found = bare;
            } else {
                places.add(new Place(bare, required, repeated));
            }
        }
        verb = found;
    }

    private static String bare(String word) {
        return word.replace("[", "").replace("]", "").replace("...", "");
    }

    static boolean isLiteral(String choice) {
        return choice.chars().noneMatch(Character::isUpperCase);
    }

    static List<String> choices(String kind) {
        return Arrays.asList(kind.split("\\|"));
    }

    /** The usage text. */
    String text() {
        return text;
    }

    /** The literal first argument that selects this form; null when it needs none. */
    String verb() {
        return verb;
    }

    List<Place> places() {
        return places;
    }

    Map<String, Option> options() {
        return options;
    }
}
