// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log on standard error. A thread of its own formats and writes many lines in one go, so that a line for each request
 * costs the request next to nothing; when the output is stuck, the newest lines are dropped and counted.
 */
final class Log extends Handler {

    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warn", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);
    private static final int MAX_WAITING = 65_536;
    private static final int CHUNK = 64 << 10;
    private static final long PAUSE_MILLIS = 20;

    private final BlockingQueue<LogRecord> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final OutputStream out;
    private final Formatter format = new LineFormat();
    private final Thread thread = new Thread(this::run, "autoprov-log");
    private volatile boolean busy;
    private long dropped;

    private Log(OutputStream out) {
        this.out = out;
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends all logging of this JVM to standard error. @param level {@code error}, {@code warn}, {@code info}, {@code debug} */
    static Log start(String level, PrintStream err) {
        LogManager.getLogManager().reset();
        Log log = new Log(err);
        Logger root = Logger.getLogger("");
        root.addHandler(log);
        root.setLevel(LEVELS.getOrDefault(level, Level.INFO));
        if (!level.equals("debug")) {
            quiet("org.eclipse.jetty", Level.SEVERE); // it warns of each senseless request
            quiet("freemarker", Level.WARNING);
        }
        return log;
    }

    private static void quiet(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        KEPT.add(logger);
    }

    /** The platform forgets the levels of loggers that nobody holds. */
    private static final java.util.List<Logger> KEPT = new java.util.ArrayList<>();

    @Override
    public void publish(LogRecord record) {
        if (!waiting.offer(record)) {
            synchronized (this) {
                dropped++;
            }
        }
    }

    /** Looks again every now and then instead of being woken: waking a thread costs more than making a line. */
    private void run() {
        StringBuilder chunk = new StringBuilder(CHUNK);
        try {
            while (true) {
                busy = true;
                LogRecord record = waiting.poll();
                while (record != null) {
                    chunk.append(format.format(record));
                    record = chunk.length() < CHUNK ? waiting.poll() : null;
                }
                if (chunk.length() > 0) {
                    write(chunk);
                    chunk.setLength(0);
                } else {
                    busy = false;
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // the JVM ends
        }
    }

    private void write(StringBuilder chunk) {
        synchronized (this) {
            if (dropped > 0) {
                chunk.append("autoprov: ").append(dropped).append(" log lines were dropped\n");
                dropped = 0;
            }
        }
        synchronized (out) {
            try {
                out.write(chunk.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                // there is nowhere to say it
            }
        }
    }

    @Override
    public void flush() {
        long end = System.nanoTime() + 1_000_000_000L;
        try {
            while ((busy || !waiting.isEmpty()) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        flush();
    }

    /** {@code 2026-11-23 10:00:00.123 INFO  core.path.Provisioner: text}. */
    private static final class LineFormat extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

        private long millis = -1;
        private String time;

        @Override
        public String format(LogRecord record) {
            StringBuilder line = new StringBuilder(160);
            if (record.getMillis() != millis) { // many lines share a millisecond
                millis = record.getMillis();
                time = TIME.format(Instant.ofEpochMilli(millis));
            }
            line.append(time);
            int level = record.getLevel().intValue();
            line.append(level >= 1000 ? " ERROR " : level >= 900 ? " WARN  " : level >= 800 ? " INFO  " : " DEBUG ");
            String name = String.valueOf(record.getLoggerName());
            line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
            line.append(formatMessage(record)).append('\n');
            if (record.getThrown() != null) {
                StringWriter trace = new StringWriter();
                record.getThrown().printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }
    }
}
