// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes arguments so that Gogo reads each back as the one argument it was. */
public final class GogoQuote {

    /** Needs no quotes. A slash at the beginning may begin a comment; a dot alone chains method calls. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:@+-][A-Za-z0-9_:@,./+-]*");

    private GogoQuote() {}

    public static String line(List<String> arguments) {
        return arguments.stream().map(GogoQuote::one).collect(Collectors.joining(" "));
    }

    /** Within single quotes Gogo knows no escapes, so a single quote stands outside of them, behind a backslash. */
    public static String one(String argument) {
        if (PLAIN.matcher(argument).matches()) {
            return argument;
        }
        return '\'' + argument.replace("'", "'\\''") + '\'';
    }
}
