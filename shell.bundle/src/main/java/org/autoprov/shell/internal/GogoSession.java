// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.autoprov.core.service.RefusedException;
import org.autoprov.shell.client.ShellLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of Gogo in this process. Whatever a command throws becomes one line and an exit status; an unscoped name
 * finds a command of Autoprov before one of Felix.
 */
final class GogoSession implements ShellLink {

    /** Who acts, for the audit log. */
    static final String ACTOR = "shell";

    private static final Logger LOG = LoggerFactory.getLogger(GogoSession.class);

    private final SwitchedStream out = new SwitchedStream();
    private final SwitchedStream err = new SwitchedStream();
    private final CommandSession session;
    private final Completion completion;
    private volatile Thread runner;

    GogoSession(CommandProcessor processor, Completion completion) {
        this.completion = completion;
        session = processor.createSession(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        session.put("SCOPE", CommandRegistry.SCOPE + ":felix:*");
        // The stars of a filter are no file names.
        session.put(CommandSession.OPTION_NO_GLOB, true);
    }

    @Override
    public int run(String line, int columns, OutputStream to, OutputStream errorsTo) {
        session.put(Screen.COLUMNS, columns);
        out.target = to;
        err.target = errorsTo;
        runner = Thread.currentThread();
        try {
            Object result = session.execute(GogoLine.of(line));
            if (result != null) {
                print(
                        to,
                        Text.safe(session.format(result, Converter.INSPECT)
                                        .toString()
                                        .replace("\r", "")
                                        .stripTrailing())
                                .replace("\\x0a", "\n"));
            }
            return OK;
        } catch (Exception e) {
            return report(e, errorsTo);
        } finally {
            runner = null;
            Thread.interrupted(); // an interrupt was for the command
            out.target = null;
            err.target = null;
        }
    }

    private static int report(Exception e, OutputStream to) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof InterruptedException
                || cause instanceof CancellationException
                || cause instanceof ClosedByInterruptException) {
            return INTERRUPTED;
        }
        if (cause instanceof RefusedException) {
            print(to, "autoprov: " + Text.safe(String.valueOf(cause.getMessage())));
            return FAILED;
        }
        if (cause instanceof UsageException) {
            print(to, "autoprov: " + cause.getMessage());
            return USAGE;
        }
        if (cause instanceof CommandNotFoundException unknown) {
            print(to, "autoprov: there is no command " + Text.safe(unknown.getCommand()) + "; `help` lists them");
            return USAGE;
        }
        if (cause instanceof EOFException || cause.getClass().getSimpleName().equals("SyntaxError")) {
            print(to, "autoprov: the line cannot be read: " + Text.safe(String.valueOf(cause.getMessage())));
            return USAGE;
        }
        if (!(cause instanceof IllegalArgumentException)) {
            LOG.warn("A shell command failed in an unforeseen way", cause);
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        print(to, "autoprov: " + Text.safe(message));
        return FAILED;
    }

    private static void print(OutputStream to, String line) {
        try {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            LOG.debug("Nobody is there any more to read: {}", line);
        }
    }

    @Override
    public void interrupt() {
        Thread running = runner;
        if (running == null) {
            return;
        }
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        } else {
            running.interrupt(); // it has not begun, or is between two jobs
        }
    }

    @Override
    public List<Candidate> complete(String line, int cursor) {
        return completion == null ? List.of() : completion.complete(session, line, cursor);
    }

    /** Ends the session and what runs in it. */
    @Override
    public void close() {
        interrupt();
        session.close();
    }

    /**
     * Where the session's output goes just now. Gogo binds its streams once for a session; what a command that was
     * interrupted still writes afterwards goes nowhere.
     */
    private static final class SwitchedStream extends OutputStream {

        private volatile OutputStream target;

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            OutputStream current = target;
            if (current != null) {
                current.write(bytes, from, length);
            }
        }

        @Override
        public void flush() throws IOException {
            OutputStream current = target;
            if (current != null) {
                current.flush();
            }
        }
    }
}
