// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The secret values among a device's parameters, and texts without them. Immutable. */
public final class Masking {

    public static final String MASK = "********";

    /** Nothing is secret: for people who asked to see everything. */
    public static final Masking NONE = new Masking(Set.of());

    private static final Pattern NAME = Pattern.compile(
            "(.*[_.-])?(password|passwd|passphrase|pwd|secret|token|pin|key|credentials?)|.*password.*|.*secret.*");

    /** Values shorter than this are replaced only where they stand alone, or every digit 1 would be a secret. */
    private static final int SHORT = 6;

    private final Pattern values;

    private Masking(Set<String> values) {
        Set<String> spellings = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String value : values) {
            addSpellings(value, spellings);
        }
        this.values = spellings.isEmpty()
                ? null
                : Pattern.compile(spellings.stream().map(Masking::pattern).collect(Collectors.joining("|")));
    }

    /** @param extra further secret texts; null ones are skipped */
    public static Masking of(Map<?, ?> parameters, String... extra) {
        Set<String> found = new TreeSet<>();
        collect(parameters, false, found);
        for (String one : extra) {
            if (one != null) {
                found.add(one);
            }
        }
        return new Masking(found);
    }

    /** Whether what stands under this name is a secret. */
    public static boolean isSecret(String name) {
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

    /** A copy of JSON-like maps and lists: what stands under a secret name replaced, secret values in other texts too. */
    public Object tree(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> {
                boolean hide = this != NONE && isSecret(String.valueOf(name)) && !isEmpty(inner);
                copy.put(String.valueOf(name), hide ? MASK : tree(inner));
            });
            return copy;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(this::tree).collect(Collectors.toCollection(ArrayList::new));
        }
        return value instanceof String text ? mask(text) : value;
    }

    private static boolean isEmpty(Object value) {
        return value == null || "".equals(value) || value instanceof Boolean;
    }

    /** The text with every secret value replaced. */
    public String mask(String text) {
        return values == null ? text : values.matcher(text).replaceAll(MASK);
    }
}
