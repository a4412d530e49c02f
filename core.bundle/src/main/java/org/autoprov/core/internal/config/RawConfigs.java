// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copying and merging of parameter maps. Pure functions. */
public final class RawConfigs {

    private RawConfigs() {}

    /** A deep copy of the map's objects and lists. */
    public static Map<String, Object> copy(Map<String, Object> source) {
        Map<String, Object> copy = new LinkedHashMap<>(source.size() * 2);
        source.forEach((key, value) -> copy.put(key, copyValue(value)));
        return copy;
    }

    /**
     * Lays one map over another: objects merge, and an object replaces what is none; lists, scalars and null replace.
     *
     * @param target changed in place; shares nothing with the overlay afterwards
     */
    public static void overlay(Map<String, Object> target, Map<String, Object> overlay) {
        overlay.forEach((key, value) -> {
            if (value instanceof Map<?, ?> object) {
                Map<String, Object> below = asObject(target.get(key));
                if (below == null) {
                    below = new LinkedHashMap<>();
                    target.put(key, below);
                }
                overlay(below, asObject(object));
            } else {
                target.put(key, copyValue(value));
            }
        });
    }

    /**
     * Applies a merge patch (RFC 7396): objects merge, null takes away, all else replaces.
     *
     * @param target changed in place; shares nothing with the patch afterwards
     */
    public static void patch(Map<String, Object> target, Map<String, Object> patch) {
        patch.forEach((key, value) -> {
            Map<String, Object> object = asObject(value);
            if (value == null) {
                target.remove(key);
            } else if (object == null) {
                target.put(key, copyValue(value));
            } else {
                Map<String, Object> below = asObject(target.get(key));
                Map<String, Object> merged = below == null ? new LinkedHashMap<>() : below;
                patch(merged, object);
                target.put(key, merged);
            }
        });
    }

    /** Drops every member whose value is null, in objects at any depth; null in lists stays. */
    public static Map<String, Object> withoutNulls(Map<String, Object> source) {
        Map<String, Object> result = new LinkedHashMap<>();
        source.forEach((key, value) -> {
            if (value != null) {
                result.put(key, withoutNullsValue(value));
            }
        });
        return result;
    }

    private static Object withoutNullsValue(Object value) {
        Map<String, Object> object = asObject(value);
        if (object != null) {
            return withoutNulls(object);
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(item -> result.add(item == null ? null : withoutNullsValue(item)));
            return result;
        }
        return value;
    }

    private static Object copyValue(Object value) {
        Map<String, Object> object = asObject(value);
        if (object != null) {
            return copy(object);
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>(list.size());
            list.forEach(item -> result.add(copyValue(item)));
            return result;
        }
        return value;
    }

    /** The value as an object; null when it is none. */
    @SuppressWarnings("unchecked") // parameter maps come from JSON, whose keys are texts
    public static Map<String, Object> asObject(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : null;
    }
}
