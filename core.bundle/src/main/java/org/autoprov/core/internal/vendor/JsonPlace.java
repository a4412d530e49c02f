// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSON file that knows where it stands, so that an error can say it. */
final class JsonPlace {

    private final String file;
    private final String path;
    private final Object value;

    private JsonPlace(String file, String path, Object value) {
        this.file = file;
        this.path = path;
        this.value = value;
    }

    /**
     * Reads strict JSON (RFC 8259); a key given twice is an error.
     *
     * @param file its name, for errors
     * @throws IllegalArgumentException with file and place
     */
    static JsonPlace read(String file, String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            Object value = value(file, reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException(file + ": nothing may follow the first value");
            }
            return new JsonPlace(file, "$", value);
        } catch (IOException | JsonParseException | IllegalStateException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException(file + ": not JSON: " + reason, e);
        }
    }

    private static Object value(String file, JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(file, reader);
            case BEGIN_ARRAY -> array(file, reader);
            case STRING -> reader.nextString();
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> number(reader.nextString());
        };
    }

    private static Object object(String file, JsonReader reader) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            if (map.containsKey(key)) {
                throw new IllegalArgumentException(file + ": " + reader.getPath() + ": given twice");
            }
            map.put(key, value(file, reader));
        }
        reader.endObject();
        return Collections.unmodifiableMap(map);
    }

    private static Object array(String file, JsonReader reader) throws IOException {
        List<Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(value(file, reader));
        }
        reader.endArray();
        return Collections.unmodifiableList(list);
    }

    private static Object number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException notWhole) {
            return Double.valueOf(digits);
        }
    }

    /** An error at this place, for the caller to throw. */
    IllegalArgumentException error(String message) {
        return new IllegalArgumentException(file + ": " + path + ": " + message);
    }

    Object value() {
        return value;
    }

    boolean present() {
        return value != null;
    }

    /** The value of a key; not {@link #present} when the object has none. */
    JsonPlace at(String key) {
        return new JsonPlace(file, path + "." + key, object().get(key));
    }

    @SuppressWarnings("unchecked") // only the reader above makes maps, all with text keys
    Map<String, Object> object() {
        if (value instanceof Map) {
            return (Map<String, Object>) value;
        }
        throw error(value == null ? "is missing; an object is needed" : "must be an object");
    }

    /** The object's members in order; none when it is absent. */
    Map<String, JsonPlace> members() {
        Map<String, JsonPlace> members = new LinkedHashMap<>();
        if (present()) {
            object().keySet().forEach(key -> members.put(key, at(key)));
        }
        return members;
    }

    /** The list's items in order; none when it is absent. */
    List<JsonPlace> items() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw error("must be a list");
        }
        List<JsonPlace> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new JsonPlace(file, path + "[" + i + "]", list.get(i)));
        }
        return items;
    }

    void onlyKeys(String... allowed) {
        for (String key : object().keySet()) {
            if (!Arrays.asList(allowed).contains(key)) {
                throw at(key).error("unknown key; allowed are " + String.join(", ", allowed));
            }
        }
    }

    /** A text that must be there and not empty. */
    String text() {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw error(value == null ? "is missing; a text is needed" : "must be a text that is not empty");
    }

    String text(String otherwise) {
        return value == null ? otherwise : text();
    }

    String oneOf(String... allowed) {
        String text = text();
        if (!Arrays.asList(allowed).contains(text)) {
            throw error("\"" + text + "\" is not allowed; allowed are " + String.join(", ", allowed));
        }
        return text;
    }

    boolean flag(boolean otherwise) {
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        throw error("must be true or false");
    }

    int number(int lowest, int highest) {
        if (value instanceof Long number && number >= lowest && number <= highest) {
            return number.intValue();
        }
        throw error((value == null ? "is missing; needed is" : "must be") + " a whole number from " + lowest + " to "
                + highest);
    }
}
