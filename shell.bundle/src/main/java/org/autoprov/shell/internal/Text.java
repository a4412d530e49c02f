// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Locale;

/** Text on its way to a terminal. */
final class Text {

    private Text() {}

    /**
     * The text with everything escaped that could steer a terminal or turn the order of letters: control characters
     * become {@code \xNN}, other invisible ones and halves of surrogate pairs backslash, u and four digits.
     */
    static String safe(String text) {
        int first = firstUnsafe(text);
        if (first < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!isUnsafe(c)) {
                result.appendCodePoint(c);
            } else if (c < 0x100) {
                result.append(String.format("\\x%02x", c));
            } else {
                result.append(String.format("\\u%04x", c));
            }
            i += Character.charCount(c);
        }
        return result.toString();
    }

    private static int firstUnsafe(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isUnsafe(c)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return -1;
    }

    private static boolean isUnsafe(int c) {
        if (c >= 0x20 && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Columns that the text takes on a terminal: 2 for wide East Asian letters and pictures, 0 for combining marks. */
    static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        // Unicode Standard Annex 11, the ranges that are Wide or Fullwidth throughout.
        boolean wide = c >= 0x1100 && c <= 0x115f
                || c >= 0x2e80 && c <= 0x303e
                || c >= 0x3041 && c <= 0xa4cf
                || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0xfe30 && c <= 0xfe6f
                || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6
                || c >= 0x1f300 && c <= 0x1f64f
                || c >= 0x1f900 && c <= 0x1f9ff
                || c >= 0x20000 && c <= 0x3fffd;
        return wide ? 2 : 1;
    }

    /** The text cut to this many columns, with an ellipsis where something is missing. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int used = 1; // the ellipsis
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            used += width(c);
            if (used > columns) {
                break;
            }
            result.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return result.append('…').toString();
    }

    /** The value, or a dash for null and empty text. */
    static String orDash(Object value) {
        return value == null || value.toString().isEmpty() ? "-" : value.toString();
    }

    /** A time span in its largest unit: {@code 42s}, {@code 7m}, {@code 3h}, {@code 12d}. @param millis not negative */
    static String span(long millis) {
        long seconds = Math.max(0, millis / 1000);
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** {@code 1 device}, {@code 2 devices}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A size in its largest unit: {@code 512 bytes}, {@code 4.1 KiB}, {@code 8.0 MiB}. */
    static String bytes(long number) {
        if (number < 1024) {
            return count(number, "byte");
        }
        double kib = number / 1024.0;
        return kib < 1024
                ? String.format(Locale.ROOT, "%.1f KiB", kib)
                : kib < 1024 * 1024
                        ? String.format(Locale.ROOT, "%.1f MiB", kib / 1024)
                        : String.format(Locale.ROOT, "%.1f GiB", kib / 1024 / 1024);
    }
}
