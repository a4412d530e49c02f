// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

/** Text from the network on its way into a log or onto a terminal. */
final class LogText {

    private static final int MAX = 300;

    private LogText() {}

    /** Control and format characters as {@code \xNN} or backslash-u, so that no line can be forged; at most 300 characters. */
    static String escape(String text) {
        int plain = 0;
        while (plain < text.length() && plain < MAX && isPlain(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length() && i < MAX; i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                result.append(c);
            } else {
                result.append(c < 0x100 ? String.format("\\x%02x", (int) c) : String.format("\\u%04x", (int) c));
            }
        }
        return text.length() > MAX ? result.append('…').toString() : result.toString();
    }

    private static boolean isPlain(char c) {
        if (c < 0x7f) {
            return c >= ' ' && c != '\\';
        }
        int type = Character.getType(c);
        return c >= 0xa0
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
