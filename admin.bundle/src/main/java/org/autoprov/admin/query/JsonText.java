// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON as maps, lists, text, {@link Long}, {@link Double}, {@link Boolean} and null. Of a key that stands twice
 * the last value counts. A number beyond the range of double becomes infinite, so that it still compares.
 */
final class JsonText {

    private JsonText() {}

    /**
     * Reads one JSON value and nothing after it.
     *
     * @param name what the text is called in messages
     * @return the value, or empty when the text is not JSON; the JSON value null is empty in {@link Read#value}
     * @throws QueryException when it is JSON, but nested deeper than {@link Values#MAX_DEPTH}
     */
    static Optional<Read> read(String name, String text) throws QueryException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            Object value = value(reader, 0);
            return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(new Read(value)) : Optional.empty();
        } catch (TooDeepException e) {
            throw new QueryException(name + " is nested deeper than " + Values.MAX_DEPTH);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @param value what was read; may be null */
    record Read(Object value) {}

    private static Object value(JsonReader reader, int depth) throws IOException, TooDeepException {
        if (depth > Values.MAX_DEPTH) {
            throw new TooDeepException();
        }
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                Map<String, Object> object = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    object.put(reader.nextName(), value(reader, depth + 1));
                }
                reader.endObject();
                return object;
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

    private static Number number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return Double.valueOf(text);
        }
    }

    private static final class TooDeepException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
