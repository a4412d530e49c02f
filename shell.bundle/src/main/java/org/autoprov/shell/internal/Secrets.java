// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The secret values among a device's parameters, and texts without them. Immutable. */
final class Secrets {

    static final String MASK = "********";

    /** Nothing is secret: for people who asked to see everything. */
    static final Secrets NONE = new Secrets(Set.of());

    private static final Pattern NAME = Pattern.compile(
            "(.*[_.-])?(password|passwd|passphrase|pwd|secret|token|pin|key|credentials?)|.*password.*|.*secret.*");

    /** Values shorter than this are replaced only where they stand alone, or every digit 1 would be a secret. */
    private static final int SHORT = 6;

    private final Pattern values;

    private Secrets(Set<String> values) {
        Set<String> spellings = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String value : values) {
            addSpellings(value, spellings);
        }
        this.values = spellings.isEmpty()
                ? null
                : Pattern.compile(spellings.stream().map(Secrets::pattern).collect(Collectors.joining("|")));
    }

    /** @param extra further secret texts; null ones are skipped */
    static Secrets of(Map<?, ?> parameters, String... extra) {
        Set<String> found = new TreeSet<>();
        collect(parameters, false, found);
        for (String one : extra) {
            if (one != null) {
                found.add(one);
            }
        }
        return new Secrets(found);
    }

    /** Whether what stands under this name is a secret. */
    static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private static void collect(Object value, boolean secret, Set<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> collect(inner, secret || isSecret(String.valueOf(name)), found));
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> collect(inner, secret, found));
        } else if (secret && value != null && !(value instanceof Boolean)) {
            found.add(value.toString());
        }
    }

    /** As files spell a value: plain, in XML, in JSON, in a URL; a value of several lines also line by line. */
    private static void addSpellings(String value, Set<String> to) {
        for (String line : (value + "\n" + value.replace("\n", "")).split("\n")) {
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            String xml = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            to.add(text);
            to.add(xml);
            to.add(xml.replace("\"", "&quot;").replace("'", "&#39;"));
            to.add(xml.replace("\"", "&quot;").replace("'", "&apos;"));
            to.add(xml.replace("\"", "&#34;").replace("'", "&#39;"));
            to.add(text.replace("\\", "\\\\").replace("\"", "\\\""));
            String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
            to.add(url);
            to.add(url.replace("+", "%20"));
        }
        if (value.indexOf('\n') >= 0) {
            to.add(value);
        }
    }

    private static String pattern(String value) {
        String quoted = Pattern.quote(value);
        return value.length() >= SHORT ? quoted : "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])";
    }

    /** The text with every secret value replaced. */
    String mask(String text) {
        return values == null ? text : values.matcher(text).replaceAll(MASK);
    }
}
