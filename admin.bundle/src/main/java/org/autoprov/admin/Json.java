// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps with text keys in document order, lists, text, {@link Long}, {@link Double}, {@link Boolean} and null.
 * Strict: what two readers might understand differently is refused.
 */
public final class Json {

    /** Deeper documents are refused before they exhaust the stack. */
    private static final int MAX_DEPTH = 64;

    private Json() {}

    /** It is not JSON as we take it; the message is one sentence. */
    public static final class InvalidJsonException extends Exception {

        private static final long serialVersionUID = 1;

        InvalidJsonException(String message) {
            super(message);
        }
    }

    /** Reads one value, in UTF-8, and nothing after it. */
    public static Object read(byte[] utf8) throws InvalidJsonException {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("it is not UTF-8");
        }
    }

    /** Reads one value and nothing after it. */
    public static Object read(String text) throws InvalidJsonException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            Object value = value(reader, 0);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new InvalidJsonException("something follows the value");
            }
            return value;
        } catch (MalformedJsonException e) {
            throw new InvalidJsonException("malformed at " + reader.getPath());
        } catch (IOException | IllegalStateException e) {
            throw new InvalidJsonException("it ends too soon or is malformed");
        }
    }

    private static Object value(JsonReader reader, int depth) throws IOException, InvalidJsonException {
        if (depth > MAX_DEPTH) {
            throw new InvalidJsonException("nested deeper than " + MAX_DEPTH);
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
                return whole(reader.nextString());
        }
    }

    private static Map<String, Object> object(JsonReader reader, int depth) throws IOException, InvalidJsonException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = whole(reader.nextName());
            if (object.containsKey(name)) {
                throw new InvalidJsonException("a key stands twice at " + reader.getPath());
            }
            object.put(name, value(reader, depth + 1));
        }
        reader.endObject();
        return object;
    }

    private static Object number(String text) throws InvalidJsonException {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notWhole) {
            double number = Double.parseDouble(text);
            if (Double.isInfinite(number)) {
                throw new InvalidJsonException("a number is out of range"); // JSON could not write it again
            }
            return number;
        }
    }

    /** Half a surrogate pair is no character, and cannot be written as UTF-8. */
    private static String whole(String text) throws InvalidJsonException {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    throw new InvalidJsonException("a lone surrogate in a text");
                }
                at++;
            }
        }
        return text;
    }

    /** Compact JSON in the maps' order. */
    public static String write(Object value) {
        StringWriter text = new StringWriter();
        try {
            JsonWriter writer = new JsonWriter(text);
            writer.setStrictness(Strictness.STRICT);
            writer.setSerializeNulls(true);
            write(writer, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter throws none
        }
        return text.toString();
    }

    private static void write(JsonWriter writer, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writer.name(String.valueOf(entry.getKey()));
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (value instanceof Iterable<?> list) {
            writer.beginArray();
            for (Object item : list) {
                write(writer, item);
            }
            writer.endArray();
        } else if (value instanceof Number number) {
            writer.value(number);
        } else if (value instanceof Boolean flag) {
            writer.value(flag);
        } else if (value == null) {
            writer.nullValue();
        } else {
            writer.value(value.toString());
        }
    }
}
