// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A key, or keys with dots between them that descend through objects. Immutable. */
final class KeyPath {

    private final String[] pieces;

    KeyPath(String text) {
        pieces = text.split("\\.", -1);
    }

    List<String> pieces() {
        return List.of(pieces);
    }

    /**
     * Whether some value at this path passes the test. There can be several: an array of objects above the last key has
     * one in each of them.
     */
    boolean some(Map<String, Object> document, Predicate<Object> test) {
        Object above = above(document);
        String last = pieces[pieces.length - 1];
        if (above instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map && passes(map, last, test)) {
                    return true;
                }
            }
            return false;
        }
        return above instanceof Map<?, ?> map && passes(map, last, test);
    }

    private static boolean passes(Map<?, ?> map, String key, Predicate<Object> test) {
        Object value = map.get(key);
        return (value != null || map.containsKey(key)) && test.test(value);
    }

    /** The value that objects alone lead to; null when there is none. */
    Object value(Map<String, Object> document) {
        return above(document) instanceof Map<?, ?> map ? map.get(pieces[pieces.length - 1]) : null;
    }

    private Object above(Map<String, Object> document) {
        Object at = document;
        for (int i = 0; i < pieces.length - 1; i++) {
            if (!(at instanceof Map<?, ?> map)) {
                return null;
            }
            at = map.get(pieces[i]);
        }
        return at;
    }
}
