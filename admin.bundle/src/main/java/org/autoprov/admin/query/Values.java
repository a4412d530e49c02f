// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.admin.Json;

/**
 * How JSON values compare. Nothing here descends deeper than {@link #MAX_DEPTH}, so that no document exhausts the
 * stack.
 */
final class Values {

    /** Levels of objects and arrays that a selector may have; stored documents have as many at most. */
    static final int MAX_DEPTH = Json.MAX_DEPTH;

    /** A sort key is not looked at beyond this many characters. */
    private static final int MAX_TEXT = 4096;

    private Values() {}

    /**
     * A copy of a selector's value that nobody else changes, its numbers in the form that {@link #equal} expects.
     *
     * @throws QueryException when it is nested deeper than {@link #MAX_DEPTH}
     */
    static Object freeze(Object value) throws QueryException {
        return freeze(value, 0);
    }

    private static Object freeze(Object value, int depth) throws QueryException {
        if (depth > MAX_DEPTH) {
            throw new QueryException("the selector is nested deeper than " + MAX_DEPTH);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(String.valueOf(entry.getKey()), freeze(entry.getValue(), depth + 1));
            }
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                copy.add(freeze(item, depth + 1));
            }
            return copy;
        }
        return scalar(value);
    }

    /** Numbers of equal value as equal objects; everything else as it is. */
    static Object scalar(Object value) {
        if (value instanceof Long || !(value instanceof Number number)) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return number.longValue();
        }
        double real = number.doubleValue();
        if (!(value instanceof Double) && !(value instanceof Float)) {
            try {
                return Long.valueOf(number.toString());
            } catch (NumberFormatException e) {
                // not whole, or beyond long
            }
        }
        boolean whole = real == Math.rint(real) && real >= -0x1p63 && real < 0x1p63;
        return whole ? (Object) (long) real : (Object) real;
    }

    /**
     * Deep equality.
     *
     * @param frozen what {@link #freeze} returned; its depth bounds how deep this goes
     */
    static boolean equal(Object frozen, Object value) {
        if (frozen instanceof Map<?, ?> map) {
            return value instanceof Map<?, ?> other && equalMaps(map, other);
        }
        if (frozen instanceof List<?> list) {
            return value instanceof List<?> other && equalLists(list, other);
        }
        return frozen == null ? value == null : frozen.equals(scalar(value));
    }

    private static boolean equalMaps(Map<?, ?> frozen, Map<?, ?> other) {
        if (frozen.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : frozen.entrySet()) {
            Object value = other.get(entry.getKey());
            if (!equal(entry.getValue(), value) || value == null && !other.containsKey(entry.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalLists(List<?> frozen, List<?> other) {
        if (frozen.size() != other.size()) {
            return false;
        }
        var others = other.iterator();
        for (Object item : frozen) {
            if (!others.hasNext() || !equal(item, others.next())) {
                return false;
            }
        }
        return true;
    }

    /**
     * How a document's value stands to a selector's: numbers with numbers, text with text, true after false.
     *
     * @return as {@link Comparable#compareTo}; empty for unlike types, null, objects and arrays
     */
    static Optional<Integer> compare(Object value, Object frozen) {
        Object own = scalar(value);
        if (own instanceof String text && frozen instanceof String other) {
            return Optional.of(compareText(text, other));
        }
        if (own instanceof Boolean flag && frozen instanceof Boolean other) {
            return Optional.of(flag.compareTo(other));
        }
        if (own instanceof Long whole && frozen instanceof Long other) {
            return Optional.of(whole.compareTo(other));
        }
        if (own instanceof Number number && frozen instanceof Number other) {
            return Optional.of(compareNumbers(number, other));
        }
        return Optional.empty();
    }

    /** Of which at least one is a double: not whole, or beyond long, as {@link #scalar} leaves it. */
    private static int compareNumbers(Number one, Number two) {
        double own = one.doubleValue();
        double other = two.doubleValue();
        if (own != other) {
            return Double.compare(own, other);
        }
        // 2^63 and a long that is rounded up to it
        return one instanceof Long ? -1 : two instanceof Long ? 1 : 0;
    }

    /** By code points: {@link String#compareTo} would put U+10000 and above before U+E000. */
    static int compareText(String one, String two) {
        int length = Math.min(one.length(), two.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = two.charAt(i);
            if (a != b) {
                boolean high = Character.isSurrogate(a);
                return high == Character.isSurrogate(b) ? Character.compare(a, b) : high ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), two.length());
    }

    /** The text that a value is sorted by: empty for null, JSON for anything that is no text. */
    static String sortText(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            StringBuilder text = new StringBuilder();
            append(text, value, 0);
            return text.toString();
        }
        return value.toString();
    }

    private static void append(StringBuilder text, Object value, int depth) {
        if (depth > MAX_DEPTH || text.length() > MAX_TEXT) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(entry.getKey()).append(':');
                append(text, entry.getValue(), depth + 1);
                text.append(',');
                if (text.length() > MAX_TEXT) {
                    return;
                }
            }
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (Object item : list) {
                append(text, item, depth + 1);
                text.append(',');
                if (text.length() > MAX_TEXT) {
                    return;
                }
            }
            text.append(']');
        } else {
            text.append(value);
        }
    }
}
