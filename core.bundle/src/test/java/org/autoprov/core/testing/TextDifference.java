// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

/** Says where two texts differ. */
final class TextDifference {

    private TextDifference() {}

    /** @throws AssertionError with the first line that differs */
    static void check(String name, String expected, String actual) {
        if (expected.equals(actual)) {
            return;
        }
        String[] before = expected.split("\n", -1);
        String[] now = actual.split("\n", -1);
        int line = 0;
        while (line < before.length && line < now.length && before[line].equals(now[line])) {
            line++;
        }
        throw new AssertionError(name + " differs in line " + (line + 1)
                + "\n  expected: " + show(before, line)
                + "\n  actual:   " + show(now, line));
    }

    private static String show(String[] lines, int line) {
        return line < lines.length ? lines[line].replace("\r", "\\r").replace("\t", "\\t") : "(no such line)";
    }
}
