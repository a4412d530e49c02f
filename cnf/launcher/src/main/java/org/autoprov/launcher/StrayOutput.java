// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stands in for {@code System.err}. What the framework's bundles print there past the log, most of it stack traces, becomes
 * one log line that ends with the last cause; the whole trace is logged at debug. A failure that the launcher reports
 * itself is left out.
 */
final class StrayOutput extends PrintStream {

    private static final Logger LOG = Logger.getLogger("org.autoprov.launcher.StrayOutput");
    private static final String CAUSE = "Caused by: ";

    private final Supplier<String> reported;

    /**
     * @param err where everything else goes
     * @param reported text of the failure that is reported elsewhere; null without one
     */
    StrayOutput(PrintStream err, Supplier<String> reported) {
        super(err, true);
        this.reported = reported;
    }

    @Override
    public void println(String text) {
        log(String.valueOf(text));
    }

    @Override
    public void println(Object value) {
        log(String.valueOf(value));
    }

    private void log(String text) {
        String failure = reported.get();
        if (failure != null && text.contains(failure)) {
            return;
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return;
        }
        String first = lines.get(0);
        boolean trace = first.startsWith("\tat ") || first.startsWith("\t... ");
        String cause = lines.stream()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((a, b) -> b)
                .orElse(null);
        String line = cause == null || cause.equals(first) ? first : first + ": " + cause.substring(CAUSE.length());
        Level level = first.startsWith("ERROR") ? Level.SEVERE : Level.WARNING;
        LOG.log(trace ? Level.FINE : level, line.replaceFirst("^ERROR *: *", ""));
        if (lines.size() > 1) {
            LOG.fine(text);
        }
    }
}
