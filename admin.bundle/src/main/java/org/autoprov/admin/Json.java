// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
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
 * Strict unless asked otherwise: what two readers might understand differently is refused.
 */
public final class Json {

    /** Deeper documents are refused before they exhaust the stack. */
    public static final int MAX_DEPTH = 64;

    private final JsonReader reader;
    private final boolean strict;

    private Json(String text, boolean strict) {
        this.reader = new JsonReader(new StringReader(text));
        this.strict = strict;
        reader.setStrictness(Strictness.STRICT);
    }

    /** It is not JSON as we take it; the message is one sentence. */
    public static class InvalidJsonException extends Exception {

        private static final long serialVersionUID = 1;

        InvalidJsonException(String message) {
            super(message);
        }
    }

    /** It may be JSON, but nobody looked to its end. */
    public static final class TooDeepException extends InvalidJsonException {

        private static final long serialVersionUID = 1;

        TooDeepException() {
            super("nested deeper than " + MAX_DEPTH);
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
        return new Json(text, true).document();
    }

    /**
     * Reads one value that is only compared with others, and nothing after it. Of a key that stands twice the last value
     * counts; a number beyond the range of double becomes infinite.
     */
    public static Object readLenient(String text) throws InvalidJsonException {
        return new Json(text, false).document();
    }

    private Object document() throws InvalidJsonException {
        try {
            Object value = value(0);
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

    private Object value(int depth) throws IOException, InvalidJsonException {
        if (depth > MAX_DEPTH) {
            throw new TooDeepException();
        }
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return object(depth);
            case BEGIN_ARRAY:
                List<Object> list = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    list.add(value(depth + 1));
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

    private Map<String, Object> object(int depth) throws IOException, InvalidJsonException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = whole(reader.nextName());
            if (strict && object.containsKey(name)) {
                throw new InvalidJsonException("a key stands twice at " + reader.getPath());
            }
            object.put(name, value(depth + 1));
        }
        reader.endObject();
        return object;
    }

    private Object number(String text) throws InvalidJsonException {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notWhole) {
            double number = Double.parseDouble(text);
            if (strict && Double.isInfinite(number)) {
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

    /** Compact JSON in the maps' order. An iterator is a list whose items are made while it is written. */
    public static String write(Object value) {
        try {
            JsonText text = new JsonText(null);
            text.value(value);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text throws none
        }
    }

    /** As {@link #write(Object)}, in UTF-8, sent on as it is made: a long list needs little memory. */
    public static void write(Object value, OutputStream out) throws IOException {
        JsonText text = new JsonText(out);
        text.value(value);
        text.flush();
    }
}
