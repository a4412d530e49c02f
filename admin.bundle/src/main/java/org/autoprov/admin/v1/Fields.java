// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.service.Masking;

/**
 * Reads a JSON object strictly: each key once by its type, then {@link #end} refuses what is left and tells all faults
 * together. Not thread-safe.
 */
final class Fields {

    private final Map<String, Object> object;
    private final String pointer;
    private final Set<String> left;
    private final List<Problem.Fault> faults;
    private final List<Fields> inner = new ArrayList<>();

    Fields(Map<String, Object> object) {
        this(object, "", new ArrayList<>());
    }

    private Fields(Map<String, Object> object, String pointer, List<Problem.Fault> faults) {
        this.object = object;
        this.pointer = pointer;
        this.faults = faults;
        this.left = new LinkedHashSet<>(object.keySet());
    }

    /** Whether the key is there, be it with null. */
    boolean has(String name) {
        return object.containsKey(name);
    }

    /** A text; null when it is not there or null. */
    String text(String name) {
        Object value = take(name);
        if (value == null || value instanceof String) {
            if (Masking.MASK.equals(value)) {
                fault(name, name + " is the mask that stands for a secret; leave it out to keep the secret");
            }
            return (String) value;
        }
        fault(name, name + " must be a text");
        return null;
    }

    /** A text that must be there and not empty; empty when it is not. */
    String needed(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            fault(name, name + " is needed");
            return "";
        }
        return value;
    }

    /** A yes or no. */
    boolean flag(String name, boolean otherwise) {
        Object value = take(name);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        fault(name, name + " must be true or false");
        return otherwise;
    }

    /** A whole number. */
    int number(String name, int otherwise, int least, int most) {
        Object value = take(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        fault(name, name + " must be a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** An object; null when it is not there or null. */
    Map<String, Object> object(String name) {
        Object value = take(name);
        if (value instanceof Map<?, ?> map) {
            if (holdsMask(map)) {
                fault(name, name + " holds the mask that stands for a secret; leave that key out to keep the secret");
            }
            return copy(map);
        }
        if (value != null) {
            fault(name, name + " must be an object");
        }
        return null;
    }

    /** An object to be read key by key too; null when it is not there or null. Its faults are told with the others. */
    Fields inner(String name) {
        Object value = take(name);
        if (value instanceof Map<?, ?> map) {
            Fields found = new Fields(copy(map), pointer + '/' + escape(name), faults);
            inner.add(found);
            return found;
        }
        if (value != null) {
            fault(name, name + " must be an object");
        }
        return null;
    }

    private static boolean holdsMask(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Fields::holdsMask);
        }
        return value instanceof List<?> list ? list.stream().anyMatch(Fields::holdsMask) : Masking.MASK.equals(value);
    }

    /** A list of texts; null when it is not there or null. */
    List<String> texts(String name) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        fault(name, name + " must be a list of texts");
        return null;
    }

    private Object take(String name) {
        left.remove(name);
        return object.get(name);
    }

    /** Notes what is wrong with a key. */
    void fault(String name, String detail) {
        faults.add(new Problem.Fault(pointer + '/' + escape(name), detail));
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1"); // RFC 6901 section 3
    }

    /** All that is known was read. @throws Problem INVALID with every fault, also for keys that nobody asked for */
    void end() throws Problem {
        tellLeft();
        if (!faults.isEmpty()) {
            String more = faults.size() == 1 ? "" : ", and " + (faults.size() - 1) + " more";
            throw new Problem(Problem.Type.INVALID, faults.get(0).detail() + more, faults);
        }
    }

    private void tellLeft() {
        for (String name : left) {
            fault(name, "there is no such key here");
        }
        inner.forEach(Fields::tellLeft);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put((String) name, value)); // JSON objects have text keys
        return copy;
    }

    /** A document with a merge patch applied (RFC 7396): null takes a key away, objects are merged, all else replaces. */
    static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        patch.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof Map<?, ?> inner) {
                Map<String, Object> below = merged.get(name) instanceof Map<?, ?> old ? copy(old) : Map.of();
                merged.put(name, merge(below, copy(inner)));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
