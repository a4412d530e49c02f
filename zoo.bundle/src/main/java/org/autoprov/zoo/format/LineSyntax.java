// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with one setting on each line.
 *
 * @param header what the first line must be, exactly, or empty when there is none
 * @param comment what a comment line begins with; empty: there are no comments
 * @param rules tried in order on each line; the first that matches gives the setting
 * @param rejectOthers whether a line that no rule matches spoils the file; else it is skipped
 * @param maxLine longest line in characters; a longer one spoils the file
 */
public record LineSyntax(Optional<String> header, String comment, List<Rule> rules, boolean rejectOthers, int maxLine)
        implements FileSyntax {

    /**
     * One kind of line.
     *
     * @param pattern matched against the whole line, with the group {@code value} and, unless a name is given,
     *     {@code name}
     * @param name the setting that such a line states, or empty
     */
    public record Rule(Pattern pattern, Optional<String> name) {}

    /** {@code name = value}, blanks around the sign allowed. */
    public static final Rule KEY_VALUE =
            new Rule(Pattern.compile("\\s*+(?<name>[^=\\s][^=]*)=(?<value>.*)"), Optional.empty());

    @Override
    public List<Entry> parse(byte[] file) throws FormatException {
        String text = new String(file, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new FormatException("not a text file");
        }
        String[] lines = text.split("\r?\n", -1);
        if (header.isPresent() && !lines[0].equals(header.get())) {
            throw new FormatException("first line is not " + header.get());
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = header.isPresent() ? 1 : 0; i < lines.length; i++) {
            String line = lines[i];
            if (line.length() > maxLine) {
                throw new FormatException("line " + (i + 1) + " is longer than " + maxLine + " characters");
            }
            if (line.isBlank() || !comment.isEmpty() && line.stripLeading().startsWith(comment)) {
                continue;
            }
            Optional<Entry> entry = read(line);
            if (entry.isEmpty() && rejectOthers) {
                throw new FormatException("line " + (i + 1) + " is not a setting");
            }
            entry.ifPresent(entries::add);
        }
        return entries;
    }

    private Optional<Entry> read(String line) throws FormatException {
        try {
            for (Rule rule : rules) {
                Matcher matcher = rule.pattern().matcher(line);
                if (matcher.matches()) {
                    String name =
                            rule.name().orElseGet(() -> matcher.group("name").strip());
                    String value = matcher.group("value");
                    return Optional.of(new Entry(name, value == null ? "" : value.strip()));
                }
            }
            return Optional.empty();
        } catch (StackOverflowError e) { // a family's pattern with a group under a star, on a long line
            throw new FormatException("a line is too long for the pattern of this family");
        }
    }
}
