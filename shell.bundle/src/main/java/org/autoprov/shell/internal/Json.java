// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON value (RFC 8259) typed on the command line, into what a raw config holds. */
final class Json {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** A value read; null is JSON null. */
    record Value(Object value) {}

    /** The value, with whole numbers as {@link Long} and others as {@link Double}; empty when the text is no JSON. */
    static Optional<Value> read(String text) {
        try {
            Json json = new Json(text);
            Object value = json.value(0);
            json.blanks();
            return json.at == text.length() ? Optional.of(new Value(value)) : Optional.empty();
        } catch (NumberFormatException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static UnsupportedOperationException wrong() {
        return new UnsupportedOperationException("not JSON");
    }

    private Object value(int depth) {
        blanks();
        if (depth > DEEPEST) {
            throw wrong();
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return value;
    }

    private Object number() {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw wrong();
        }
        at = matcher.end();
        boolean whole = matcher.group(2) == null && matcher.group(3) == null;
        return whole ? (Object) Long.valueOf(matcher.group()) : (Object) Double.valueOf(matcher.group());
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> result = new LinkedHashMap<>();
        at++;
        blanks();
        if (text.charAt(at) == '}') {
            at++;
            return result;
        }
        do {
            blanks();
            String name = string();
            blanks();
            expect(':');
            result.put(name, value(depth + 1));
        } while (another('}'));
        return result;
    }

    private List<Object> array(int depth) {
        List<Object> result = new ArrayList<>();
        at++;
        blanks();
        if (text.charAt(at) == ']') {
            at++;
            return result;
        }
        do {
            result.add(value(depth + 1));
        } while (another(']'));
        return result;
    }

    private boolean another(char end) {
        blanks();
        if (text.charAt(at) == end) {
            at++;
            return false;
        }
        expect(',');
        return true;
    }

    private void expect(char wanted) {
        if (text.charAt(at++) != wanted) {
            throw wrong();
        }
    }

    private String string() {
        expect('"');
        StringBuilder result = new StringBuilder();
        while (true) {
            char c = text.charAt(at++);
            if (c == '"') {
                return result.toString();
            }
            if (c < ' ') {
                throw wrong();
            }
            result.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseUnsignedInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong();
        };
    }
}
