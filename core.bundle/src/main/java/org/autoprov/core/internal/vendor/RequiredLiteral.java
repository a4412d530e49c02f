// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

/**
 * A text that every match of a regular expression must contain, to sort out in nanoseconds what cannot match. Most
 * requests are of another family, and every rule of every family sees them.
 */
final class RequiredLiteral {

    /** It can match a text without any certain part. */
    private static final RequiredLiteral NONE = new RequiredLiteral("", false);

    private final String literal;
    private final boolean ignoreCase;

    private RequiredLiteral(String literal, boolean ignoreCase) {
        this.literal = literal;
        this.ignoreCase = ignoreCase;
    }

    /** @param regex a valid Java regular expression; {@code (?i)} at its beginning is understood */
    static RequiredLiteral of(String regex) {
        boolean ignoreCase = regex.startsWith("(?i)");
        Scanner scanner = new Scanner(regex, ignoreCase ? 4 : 0);
        String literal = scanner.alternatives();
        return literal.isEmpty() || scanner.beyond ? NONE : new RequiredLiteral(literal, ignoreCase);
    }

    /** Whether the text may match; false is certain. */
    boolean allows(String text) {
        if (!ignoreCase) {
            return literal.isEmpty() || text.contains(literal);
        }
        for (int i = 0; i <= text.length() - literal.length(); i++) {
            if (text.regionMatches(true, i, literal, 0, literal.length())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return literal;
    }

    /** Reads as much of the syntax as vendors use; at anything else it gives up. */
    private static final class Scanner {
        private final String regex;
        private int at;
        private boolean beyond;

        Scanner(String regex, int from) {
            this.regex = regex;
            this.at = from;
        }

        /** The longest certain text up to the end or the closing bracket; empty when there is none. */
        String alternatives() {
            String longest = "";
            boolean several = false;
            StringBuilder run = new StringBuilder();
            while (at < regex.length() && regex.charAt(at) != ')' && !beyond) {
                char c = regex.charAt(at++);
                char literal = 0;
                String inner = "";
                switch (c) {
                    case '|' -> several = true;
                    case '[' -> skipClass();
                    case '(' -> inner = group();
                    case '\\' -> literal = escaped();
                    case '.', '^', '$' -> literal = 0;
                    default -> literal = c;
                }
                int from = at;
                boolean certain = quantified();
                if (literal != 0 && certain) {
                    run.append(literal);
                }
                longest = longer(longest, run);
                if (literal == 0 || from != at) {
                    run.setLength(0);
                }
                longest = certain ? longer(longest, inner) : longest;
            }
            return several ? "" : longest;
        }

        private static String longer(String one, CharSequence other) {
            return other.length() > one.length() ? other.toString() : one;
        }

        private String group() {
            boolean counts = true;
            if (regex.startsWith("?", at)) {
                int name = regex.startsWith("?<", at) ? regex.indexOf('>', at) : -1;
                if (regex.startsWith("?:", at)) {
                    at += 2;
                } else if (regex.startsWith("?=", at) || regex.startsWith("?!", at)) {
                    at += 2;
                    counts = false;
                } else if (regex.startsWith("?<=", at) || regex.startsWith("?<!", at)) {
                    at += 3;
                    counts = false;
                } else if (name > 0) {
                    at = name + 1;
                } else {
                    beyond = true;
                    return "";
                }
            }
            String inner = alternatives();
            at++;
            return counts ? inner : "";
        }

        private char escaped() {
            char c = at < regex.length() ? regex.charAt(at++) : 0;
            if (c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c)) {
                return c;
            }
            beyond |= "dDsSwWbBhHvVRzZA".indexOf(c) < 0;
            return 0;
        }

        private void skipClass() {
            if (regex.startsWith("]", at) || regex.startsWith("^]", at)) {
                beyond = true;
            }
            int depth = 1;
            while (at < regex.length() && depth > 0 && !beyond) {
                char c = regex.charAt(at++);
                if (c == '\\') {
                    beyond |= regex.startsWith("Q", at);
                    at++;
                } else if (c == '[') {
                    depth++;
                } else if (c == ']') {
                    depth--;
                }
            }
        }

        /** Skips a quantifier; whether what it follows must be there at least once. */
        private boolean quantified() {
            if (at >= regex.length() || "?*+{".indexOf(regex.charAt(at)) < 0) {
                return true;
            }
            char c = regex.charAt(at++);
            boolean certain = c == '+';
            if (c == '{') {
                certain = regex.charAt(at) != '0' || Character.isDigit(regex.charAt(at + 1));
                at = regex.indexOf('}', at) + 1;
            }
            if (at < regex.length() && (regex.charAt(at) == '?' || regex.charAt(at) == '+')) {
                at++;
            }
            return certain;
        }
    }
}
