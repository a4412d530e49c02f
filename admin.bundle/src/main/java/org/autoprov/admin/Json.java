// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
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
        Appender text = new Appender(null);
        try {
            write(text, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the text throws none
        }
        return text.text.toString();
    }

    /** As {@link #write(Object)}, in UTF-8, sent on as it is made: a long list needs little memory. */
    public static void write(Object value, OutputStream out) throws IOException {
        Appender text = new Appender(out);
        write(text, value);
        text.flush();
    }

    private static void write(Appender text, Object value) throws IOException {
        JsonWriter writer = new JsonWriter(text);
        writer.setStrictness(Strictness.STRICT);
        writer.setSerializeNulls(true);
        write(writer, value);
    }

    /** Collects text without the lock that a StringWriter takes for each piece: a long list has a million pieces. */
    private static final class Appender extends Writer {
        private static final int FULL = 32_768;

        private final OutputStream out;
        private final StringBuilder text;

        /** @param out takes the text when there is much of it; null: all of it is kept */
        Appender(OutputStream out) {
            this.out = out;
            text = new StringBuilder(out == null ? 1_024 : FULL + 1_024);
        }

        @Override
        public void write(int c) throws IOException {
            text.append((char) c);
            sendIfFull();
        }

        @Override
        public void write(char[] from, int offset, int length) throws IOException {
            text.append(from, offset, length);
            sendIfFull();
        }

        @Override
        public void write(String from, int offset, int length) throws IOException {
            text.append(from, offset, offset + length);
            sendIfFull();
        }

        private void sendIfFull() throws IOException {
            if (out != null && text.length() >= FULL) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            if (out == null) {
                return;
            }
            int end = text.length();
            if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--; // goes with its other half
            }
            out.write(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
            text.delete(0, end);
        }

        @Override
        public void close() {
            // nothing is open
        }
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
            write(writer, list.iterator());
        } else if (value instanceof Iterator<?> items) {
            writer.beginArray();
            while (items.hasNext()) {
                write(writer, items.next());
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
