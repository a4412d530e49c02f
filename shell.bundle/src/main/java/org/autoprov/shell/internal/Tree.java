// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.autoprov.core.service.Masking;

/** Prints parameters as an indented tree, secrets masked. */
final class Tree {

    private final Screen screen;
    private final Masking secrets;

    /** @param secrets texts that are masked wherever they stand, besides what stands under a secret name */
    Tree(Screen screen, Masking secrets) {
        this.screen = screen;
        this.secrets = secrets;
    }

    void print(Map<?, ?> parameters, int depth) throws InterruptedException {
        // Names in order, numbers by their value: line 2 before line 10.
        Map<String, Object> sorted = new TreeMap<>(Tree::compare);
        parameters.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            String indent = "  ".repeat(depth) + entry.getKey();
            Object value = entry.getValue();
            if (secrets != Masking.NONE && Masking.isSecret(entry.getKey()) && value != null && !"".equals(value)) {
                screen.line(indent + ": " + Masking.MASK);
            } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                screen.line(indent + ":");
                print(map, depth + 1);
            } else {
                screen.line(indent + ": " + secrets.mask(scalar(value)));
            }
        }
    }

    private static String scalar(Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().map(Tree::scalar).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        return "".equals(value) ? "\"\"" : String.valueOf(value);
    }

    private static int compare(String a, String b) {
        boolean numbers = isNumber(a) && isNumber(b);
        int byLength = numbers ? Integer.compare(a.length(), b.length()) : 0;
        return byLength != 0 ? byLength : a.compareTo(b);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
