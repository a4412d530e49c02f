// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The protocol of the shell's socket, {@code run/shell.sock} in the data folder. Each connection is one session. Both
 * sides send frames: one byte of type, four bytes of payload length (big-endian, at most 1 MiB), the payload. Text is
 * UTF-8, numbers are four bytes big-endian.
 *
 * <pre>
 * server → client
 *   G  greeting, first frame: the text "autoprov-shell 1"; the number is that of this protocol
 *   O  bytes for standard output
 *   E  bytes for standard error
 *   X  the command ended: number, its exit status
 *   K  answer to T: lines "value TAB description"
 * client → server
 *   C  run: number, the terminal's width (0: not a terminal), then the text of one Gogo command line
 *   I  interrupt the running command; no payload; an X follows in any case
 *   T  complete: number, cursor position in UTF-16 units, then the line so far
 * </pre>
 *
 * C while a command runs is a protocol error, and ends the connection as every other one does. When the client closes
 * the connection, its command is interrupted.
 */
public final class Wire {

    public static final char GREETING = 'G';
    public static final char OUTPUT = 'O';
    public static final char ERROR = 'E';
    public static final char EXIT = 'X';
    public static final char CANDIDATES = 'K';
    public static final char COMMAND = 'C';
    public static final char INTERRUPT = 'I';
    public static final char COMPLETE = 'T';

    public static final String HELLO = "autoprov-shell 1";

    private static final int LIMIT = 1 << 20;

    /** One frame; the payload is not copied. */
    public record Frame(char type, byte[] payload) {

        public static Frame text(char type, String text) {
            return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
        }

        public static Frame number(char type, int number) {
            return numberAndText(type, number, "");
        }

        public static Frame numberAndText(char type, int number, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Frame(
                    type,
                    ByteBuffer.allocate(4 + bytes.length)
                            .putInt(number)
                            .put(bytes)
                            .array());
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The number at the beginning of the payload. */
        public int number() throws IOException {
            if (payload.length < 4) {
                throw new IOException("frame " + type + " is too short");
            }
            return ByteBuffer.wrap(payload).getInt();
        }

        /** The text behind the number. */
        public String rest() {
            return new String(payload, 4, payload.length - 4, StandardCharsets.UTF_8);
        }
    }

    private Wire() {}

    public static Path socket(Path data) {
        return data.resolve("run").resolve("shell.sock");
    }

    /**
     * Reads one frame.
     *
     * @return null at the end of the stream between two frames
     * @throws IOException for an end within a frame, or a frame beyond the limit
     */
    public static Frame read(ReadableByteChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(5);
        if (!fill(channel, head)) {
            return null;
        }
        head.flip();
        char type = (char) (head.get() & 0xff);
        int length = head.getInt();
        if (length < 0 || length > LIMIT) {
            throw new IOException("frame of " + length + " bytes");
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (length > 0 && !fill(channel, payload)) {
            throw new EOFException("the connection ended within a frame");
        }
        return new Frame(type, payload.array());
    }

    private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("the connection ended within a frame");
            }
        }
        return true;
    }

    /** Writes one frame; not thread-safe. */
    public static void write(WritableByteChannel channel, Frame frame) throws IOException {
        if (frame.payload().length > LIMIT) {
            throw new IOException("frame of " + frame.payload().length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(5 + frame.payload().length);
        bytes.put((byte) frame.type())
                .putInt(frame.payload().length)
                .put(frame.payload())
                .flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
