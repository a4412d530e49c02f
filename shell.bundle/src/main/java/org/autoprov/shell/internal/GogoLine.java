// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

/**
 * A command line as Gogo can read it. Gogo 1.1.6 takes a single quote within double quotes for the beginning of a
 * string, so {@code "O'Neil"} would be an error; here it becomes {@code "O"\'"Neil"}.
 */
final class GogoLine {

    private GogoLine() {}

    static String of(String line) {
        StringBuilder result = new StringBuilder(line.length() + 16);
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            int end = switch (c) {
                case '\\' -> Math.min(line.length(), at + 2);
                case '\'' -> end(line, at, false);
                case '"' -> end(line, at, true);
                default -> at + 1;
            };
            String piece = line.substring(at, end);
            // Closures and substitutions within the string have quotes of their own, which are left alone.
            result.append(
                    c == '"' && !piece.contains("$(") && !piece.contains("${") ? piece.replace("'", "\"\\'\"") : piece);
            at = end;
        }
        return result.toString();
    }

    /** Behind the closing quote; the end of the line when there is none. */
    private static int end(String line, int open, boolean escapes) {
        for (int i = open + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == line.charAt(open)) {
                return i + 1;
            }
            if (escapes && c == '\\') {
                i++;
            }
        }
        return line.length();
    }
}
