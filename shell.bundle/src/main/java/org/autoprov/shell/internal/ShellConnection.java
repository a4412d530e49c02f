// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.autoprov.shell.client.ShellLink;
import org.autoprov.shell.client.Wire;
import org.autoprov.shell.client.Wire.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the socket, with a session of its own; the protocol is that of {@link Wire}.
 *
 * <p>Three threads: one reads, so that an interrupt and the end of the client are noticed while a command runs; one
 * runs the commands; one writes, because an interrupted thread that writes to a channel would close it.
 */
final class ShellConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShellConnection.class);

    /** Frames of output that wait for a slow client before its command has to wait. */
    private static final int QUEUE = 64;

    private static final int CHUNK = 16 * 1024;
    private static final Frame END = new Frame((char) 0, new byte[0]);

    private final SocketChannel channel;
    private final ShellLink session;
    private final String name;
    private final BlockingQueue<Frame> output = new ArrayBlockingQueue<>(QUEUE);
    private final BlockingQueue<Frame> command = new ArrayBlockingQueue<>(1);
    private final AtomicBoolean busy = new AtomicBoolean();

    ShellConnection(SocketChannel channel, ShellLink session, int number) {
        this.channel = channel;
        this.session = session;
        this.name = "autoprov-shell-" + number;
    }

    /** Starts to serve; returns at once. @param ended called when the client is gone */
    void start(Runnable ended) {
        ShellServer.daemon(name + "-write", this::writeAll);
        ShellServer.daemon(name + "-run", this::runAll);
        ShellServer.daemon(name + "-read", () -> {
            try {
                readAll();
            } finally {
                close();
                ended.run();
            }
        });
    }

    private void readAll() {
        try {
            put(Frame.text(Wire.GREETING, Wire.HELLO));
            for (Frame frame = Wire.read(channel); frame != null; frame = Wire.read(channel)) {
                accept(frame);
            }
        } catch (IOException e) {
            LOG.debug("Shell session {} ended: {}", name, e.getMessage());
        }
    }

    private void accept(Frame frame) throws IOException {
        switch (frame.type()) {
            case Wire.COMMAND -> {
                frame.number();
                if (!busy.compareAndSet(false, true) || !command.offer(frame)) {
                    throw new IOException("a command while one runs");
                }
            }
            case Wire.INTERRUPT -> session.interrupt();
            case Wire.COMPLETE -> put(Frame.text(Wire.CANDIDATES, candidates(frame)));
            default -> throw new IOException("a frame of unknown type");
        }
    }

    private String candidates(Frame frame) throws IOException {
        int cursor = frame.number();
        try {
            return session.complete(frame.rest(), cursor).stream()
                    .map(c -> c.value() + "\t" + c.description())
                    .collect(Collectors.joining("\n"));
        } catch (RuntimeException e) {
            LOG.warn("Completion failed in an unforeseen way", e);
            return "";
        }
    }

    private void runAll() {
        try {
            for (Frame frame = command.take(); frame != END; frame = command.take()) {
                int status = session.run(frame.rest(), frame.number(), new Chunks(Wire.OUTPUT), new Chunks(Wire.ERROR));
                busy.set(false);
                put(Frame.number(Wire.EXIT, status));
            }
        } catch (IOException e) {
            LOG.debug("Shell session {} ended: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    private void writeAll() {
        try {
            for (Frame frame = output.take(); frame != END; frame = output.take()) {
                Wire.write(channel, frame);
            }
        } catch (IOException e) {
            LOG.debug("Shell session {} ended: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Ends the connection and interrupts its command; idempotent. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing shell session {}: {}", name, e.getMessage());
        }
        session.close();
        output.clear();
        output.offer(END);
        command.clear();
        command.offer(END);
    }

    /** Hands a frame to the writer; waits for a slow client. */
    private void put(Frame frame) throws IOException {
        try {
            while (!output.offer(frame, 1, TimeUnit.SECONDS)) {
                if (!channel.isOpen()) {
                    throw new IOException("the client is gone");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Cuts a command's output into frames. */
    private final class Chunks extends OutputStream {

        private final char type;

        Chunks(char type) {
            this.type = type;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = from; at < from + length; at += CHUNK) {
                put(new Frame(type, Arrays.copyOfRange(bytes, at, Math.min(from + length, at + CHUNK))));
            }
        }
    }
}
