// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as it is written (RFC 8259). Not Gson's writer: a list of 10,000 devices is half a million small writes, which take
 * it twice the time. Not thread-safe.
 */
final class JsonText {

    private static final int FULL = 32_768;
    private static final String HEX = "0123456789abcdef";

    private final OutputStream out;
    private final StringBuilder text;

    /** @param out takes the text when there is much of it; null: all of it is kept */
    JsonText(OutputStream out) {
        this.out = out;
        text = new StringBuilder(out == null ? 1_024 : FULL + 1_024);
    }

    /** What was kept. */
    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * Writes a map, list, iterator, number, boolean, null, or the text of anything else.
     *
     * @throws IllegalArgumentException for a number that JSON does not have
     */
    void value(Object value) throws IOException {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> list) {
            list(list.iterator());
        } else if (value instanceof Iterator<?> items) {
            list(items);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value == null || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
        if (out != null && text.length() >= FULL) {
            flush();
        }
    }

    private void object(Map<?, ?> map) throws IOException {
        char mark = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(mark);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
            mark = ',';
        }
        text.append(mark == '{' ? "{}" : "}");
    }

    private void list(Iterator<?> items) throws IOException {
        char mark = '[';
        while (items.hasNext()) {
            text.append(mark);
            value(items.next());
            mark = ',';
        }
        text.append(mark == '[' ? "[]" : "]");
    }

    private void number(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("JSON has no such number: " + number);
        }
        text.append(number);
    }

    private void string(String string) {
        text.append('"');
        int done = 0;
        for (int at = 0; at < string.length(); at++) {
            char c = string.charAt(at);
            if (c < ' ' || c == '"' || c == '\\' || c == '\u2028' || c == '\u2029') {
                text.append(string, done, at);
                escape(c);
                done = at + 1;
            }
        }
        text.append(string, done, string.length()).append('"');
    }

    /** The two line separators as well: old JavaScript takes them for ends of lines. */
    private void escape(char c) {
        text.append('\\');
        switch (c) {
            case '"', '\\' -> text.append(c);
            case '\n' -> text.append('n');
            case '\r' -> text.append('r');
            case '\t' -> text.append('t');
            default -> {
                text.append('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
    }

    /** Sends what there is; half of a character waits for its other half. */
    void flush() throws IOException {
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        out.write(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        text.delete(0, end);
    }
}
