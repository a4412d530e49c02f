// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/** Where one command prints: UTF-8, buffered, with the terminal's width. For the command's thread only. */
final class Screen implements AutoCloseable {

    /** Session variable with the terminal's width. */
    static final String COLUMNS = "COLUMNS";

    private final PrintStream out;
    private final int width;

    Screen(OutputStream out, int width) {
        this.out = new PrintStream(new BufferedOutputStream(out, 8192), false, StandardCharsets.UTF_8);
        this.width = width;
    }

    /** The end of the current command's pipe; its width is 0 when that is not the terminal itself. */
    static Screen of(CommandSession session) {
        Process process = Process.Utils.current();
        if (process == null) {
            return new Screen(session.getConsole(), 0);
        }
        int columns = session.get(COLUMNS) instanceof Integer number ? number : 0;
        return new Screen(process.out(), process.isTty(1) ? columns : 0);
    }

    /** Columns of the terminal; 0 when nothing is to be cut. */
    int width() {
        return width;
    }

    /**
     * Prints one line with everything escaped that could steer a terminal.
     *
     * @throws InterruptedException when the command is to end
     */
    void line(String text) throws InterruptedException {
        plain(Text.safe(text));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Prints one line of our own words as it is. */
    void plain(String text) {
        out.print(text);
        out.print('\n');
    }

    void flush() {
        out.flush();
    }

    /** Flushes; the stream below stays open. */
    @Override
    public void close() {
        out.flush();
    }
}
