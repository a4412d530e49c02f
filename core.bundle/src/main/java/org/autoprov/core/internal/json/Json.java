// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps with text keys in document order, lists, text, {@link Long}, {@link Double}, {@link Boolean} and null. A
 * whole number beyond the range of long stays a double, as JSON readers in other languages have it.
 */
public final class Json {

    /** Deeper documents are refused before they exhaust the stack. */
    private static final int MAX_DEPTH = 64;

    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final Gson PRETTY = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();

    private Json() {}

    /**
     * Reads one JSON object and nothing after it.
     *
     * @throws IOException when it is anything else; the message names line and column
     */
    public static Map<String, Object> readObject(String text) throws IOException {
        return readObject(new StringReader(text));
    }

    /** As {@link #readObject(String)}; does not close the reader. */
    public static Map<String, Object> readObject(Reader text) throws IOException {
        JsonReader reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
        try {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new IOException("not a JSON object, but " + reader.peek() + " at " + reader.getPath());
            }
            Map<String, Object> object = object(reader, 0);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows the JSON object");
            }
            return object;
        } catch (MalformedJsonException | IllegalStateException | NumberFormatException e) {
            throw new IOException("not JSON: " + firstLine(e.getMessage()), e);
        }
    }

    private static Map<String, Object> object(JsonReader reader, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.containsKey(name)) {
                throw new IOException("the key " + name + " stands twice at " + reader.getPath());
            }
            object.put(name, value(reader, depth + 1));
        }
        reader.endObject();
        return object;
    }

    private static Object value(JsonReader reader, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("nested deeper than " + MAX_DEPTH + " at " + reader.getPath());
        }
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return object(reader, depth);
            case BEGIN_ARRAY:
                List<Object> list = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    list.add(value(reader, depth + 1));
                }
                reader.endArray();
                return list;
            case NUMBER:
                return number(reader.nextString());
            case BOOLEAN:
                return reader.nextBoolean();
            case NULL:
                reader.nextNull();
                return null;
            default:
                return reader.nextString();
        }
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            Double number = Double.valueOf(text);
            if (number.isInfinite()) {
                throw new NumberFormatException("a number is out of range"); // JSON could not write it again
            }
            return number;
        }
    }

    /** Compact JSON in the maps' order. */
    public static String write(Object value) {
        return GSON.toJson(value);
    }

    /** JSON for people. */
    public static String writePretty(Object value) {
        return PRETTY.toJson(value);
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("").replaceFirst("^[^:]*Exception: ", "");
    }
}
