// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.autoprov.shell.client.Prompt;

/**
 * While open, log lines that {@code java.util.logging} would print on the terminal appear above the line that is being
 * typed. A server that logs another way is not affected.
 */
final class LogAbovePrompt implements AutoCloseable {

    private final Logger root = Logger.getLogger("");
    private final Map<Handler, Handler> replaced = new LinkedHashMap<>();

    LogAbovePrompt(Prompt prompt) {
        Consumer<String> print = prompt.above(System.err);
        for (Handler handler : root.getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                Handler ours = new PrintingHandler(handler, print);
                replaced.put(handler, ours);
                root.removeHandler(handler);
                root.addHandler(ours);
            }
        }
    }

    @Override
    public void close() {
        replaced.forEach((before, ours) -> {
            root.removeHandler(ours);
            root.addHandler(before);
        });
        replaced.clear();
    }

    /** Formats as the handler that it stands for. */
    private static final class PrintingHandler extends Handler {

        private final Consumer<String> print;

        PrintingHandler(Handler before, Consumer<String> print) {
            this.print = print;
            setFormatter(before.getFormatter());
            setLevel(before.getLevel());
            setFilter(before.getFilter());
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                print.accept(getFormatter().format(entry));
            }
        }

        @Override
        public void flush() {
            // Each line is printed at once.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
