// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that fail2ban filters watch, in the wording and the file name that existing filters expect:
 * {@code <data>/log/wazo-provd-fail2ban.log}. Written by a thread of its own, at most half a second late; turned over at 10 MiB.
 */
final class SecurityLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityLog.class);
    private static final long MAX_BYTES = 10 << 20;
    private static final int MAX_WAITING = 100_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private record Line(long millis, String ip, String text) {}

    private static final Line END = new Line(0, "", "");

    private final Path file;
    private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread = new Thread(this::write, "autoprov-security-log");
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean failed;
    private long lastMillis = -1;
    private String lastTime;

    SecurityLog(Path folder) {
        this.file = folder.resolve("wazo-provd-fail2ban.log");
        thread.setDaemon(true);
        thread.start();
    }

    /** A file with secrets was asked for, whether it was given or not. */
    void sensitiveFile(String ip, String fileName) {
        add("Sensitive file requested from " + ip + ": " + LogText.escape(fileName), ip);
    }

    void newDevice(String ip, String deviceId) {
        add("New device created automatically from " + ip + ": " + deviceId, ip);
    }

    private void add(String text, String ip) {
        waiting.offer(new Line(System.currentTimeMillis(), ip, text)); // a full queue means that the disk is stuck
    }

    private void write() {
        try {
            Line line;
            while ((line = waiting.take()) != END) {
                try (Writer writer = open()) {
                    do {
                        writer.write('[');
                        writer.write(time(line.millis));
                        writer.write("] ");
                        writer.write(line.text);
                        writer.write('\n');
                        line = waiting.poll();
                    } while (line != null && line != END);
                    failed = false;
                } catch (IOException e) {
                    if (!failed) {
                        LOG.error("{} cannot be written: {}", file, e.toString());
                    }
                    failed = true;
                }
                if (line == END || closed.await(200, TimeUnit.MILLISECONDS)) { // many lines share one write
                    waiting.offer(END);
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** Many lines share a millisecond. */
    private String time(long millis) {
        if (millis != lastMillis) {
            lastMillis = millis;
            lastTime = TIME.format(Instant.ofEpochMilli(millis));
        }
        return lastTime;
    }

    private Writer open() throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        closed.countDown();
        if (!waiting.offer(END)) {
            thread.interrupt(); // a full queue means that the disk is stuck
        }
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
