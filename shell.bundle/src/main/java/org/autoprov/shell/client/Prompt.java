// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Reads commands from a person at a terminal, with history and completion, and runs them. Ctrl-C interrupts the running
 * command; Ctrl-D ends the prompt.
 */
public final class Prompt {

    private final ShellLink link;
    private final Path history;
    private final Runnable stopServer;
    private volatile LineReader reader;
    private volatile Terminal terminal;

    /**
     * @param history file for the lines; made with mode 0600
     * @param stopServer run at Ctrl-C on an empty line; null: that does nothing
     */
    public Prompt(ShellLink link, Path history, Runnable stopServer) {
        this.link = link;
        this.history = history;
        this.stopServer = stopServer;
    }

    /**
     * Runs until the end of input.
     *
     * @return exit status of the last command
     * @throws IOException when there is no terminal, or the session is gone
     */
    public int run() throws IOException {
        try (Terminal opened = open()) {
            terminal = opened;
            Terminal.SignalHandler before = opened.handle(Terminal.Signal.INT, signal -> interrupt());
            reader = reader(opened);
            try {
                return loop();
            } finally {
                reader = null;
                opened.handle(Terminal.Signal.INT, before);
            }
        }
    }

    private static Terminal open() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // jline looks its providers up through the thread's loader, which in a framework is not jline's own.
        thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
        try {
            // stty does what is needed; the other providers unpack native code into the temporary folder first.
            return TerminalBuilder.builder()
                    .system(true)
                    .exec(true)
                    .jni(false)
                    .jna(false)
                    .jansi(false)
                    .ffm(false)
                    .encoding(StandardCharsets.UTF_8)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private LineReader reader(Terminal opened) {
        DefaultParser parser = new DefaultParser();
        // Quoting is Gogo's business, on the other side.
        parser.setEscapeChars(null);
        parser.setQuoteChars(null);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(opened)
                .appName("autoprov")
                .parser(parser)
                .completer((r, line, candidates) -> complete(line, candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                // Lines with passwords stay out of the history.
                .variable(LineReader.HISTORY_IGNORE, "*password*:*secret*:tenant key *");
        if (ownFile(history)) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return builder.build();
    }

    private static boolean ownFile(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return true;
        } catch (FileAlreadyExistsException e) {
            return Files.isWritable(file);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // then the lines live as long as the prompt
        }
    }

    private int loop() throws IOException {
        int status = ShellLink.OK;
        OutputStream out = terminal.output();
        while (true) {
            String line;
            try {
                line = reader.readLine("autoprov> ").strip();
            } catch (UserInterruptException e) {
                if (stopServer != null && e.getPartialLine().isBlank()) {
                    stopServer.run();
                    return status;
                }
                continue;
            } catch (EndOfFileException e) {
                return status;
            }
            if (line.equals("exit") || line.equals("quit")) {
                return status;
            }
            if (!line.isEmpty()) {
                status = link.run(line, terminal.getWidth(), out, out);
                out.flush();
            }
        }
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        try {
            for (ShellLink.Candidate one : link.complete(line.line(), line.cursor())) {
                String description = one.description().isEmpty() ? null : one.description();
                candidates.add(new Candidate(one.value(), one.value(), null, description, null, null, true));
            }
        } catch (IOException e) {
            // No completion then; the next command tells that the session is gone.
        }
    }

    private void interrupt() {
        try {
            link.interrupt();
        } catch (IOException e) {
            // The session is gone, and with it the command.
        }
    }

    /** Prints text above the line that is being typed; plainly when none is. For log lines; from any thread. */
    public Consumer<String> above(PrintStream otherwise) {
        return text -> {
            LineReader current = reader;
            if (current != null && current.isReading()) {
                current.printAbove(text.stripTrailing());
            } else {
                otherwise.print(text);
                otherwise.flush();
            }
        };
    }

    /** Ends the prompt from another thread: the terminal goes back to how it was. */
    public void close() {
        Terminal current = terminal;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It was closed already.
            }
        }
    }
}
