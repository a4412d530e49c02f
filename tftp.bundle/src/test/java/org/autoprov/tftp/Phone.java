// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A phone that follows a script, line by line: {@code > ACK 1} is sent, {@code < DATA 2 512} is expected next,
 * {@code < nothing 300} means silence for so many milliseconds. Written on purpose without the server's codec.
 */
final class Phone implements AutoCloseable {

    private static final String[] NAMES = {"", "RRQ", "WRQ", "DATA", "ACK", "ERROR", "OACK"};
    private static final int PATIENCE_MILLIS = 8_000;

    final DatagramSocket socket;
    final InetSocketAddress server;
    final ByteArrayOutputStream content = new ByteArrayOutputStream();

    /** Where the last packet came from. */
    InetSocketAddress tid;

    Phone(String address, int port) throws IOException {
        this(address, address, port);
    }

    Phone(String own, String asked, int port) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName(own));
        server = new InetSocketAddress(InetAddress.getByName(asked), port);
    }

    /** Plays a script, steps separated by new lines or semicolons. */
    void play(String script) throws IOException {
        for (String step : script.split("[\n;]")) {
            String line = step.strip();
            if (line.startsWith("> ")) {
                send(line.substring(2));
            } else if (line.startsWith("< nothing ")) {
                assertThat(receive(Integer.parseInt(line.substring(10))))
                        .as(line)
                        .isNull();
            } else if (line.startsWith("< ")) {
                assertThat(receive(PATIENCE_MILLIS)).as(line).isEqualTo(line.substring(2));
            } else {
                assertThat(line).isEmpty();
            }
        }
    }

    void send(String text) throws IOException {
        boolean request = text.startsWith("RRQ") || text.startsWith("WRQ");
        send(packet(text), request || tid == null ? server : tid);
    }

    void send(byte[] packet, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, to));
    }

    static byte[] packet(String text) {
        String[] words = text.split(" ");
        ByteBuffer out = ByteBuffer.allocate(words[0].equals("DATA") ? 70_000 : 2_000);
        int operation = java.util.Arrays.asList(NAMES).indexOf(words[0]);
        out.putShort((short) operation);
        switch (words[0]) {
            case "DATA" -> {
                out.putShort((short) Integer.parseInt(words[1]));
                out.put(fill(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            }
            case "RAW" -> out.clear().put(java.util.HexFormat.of().parseHex(words.length > 1 ? words[1] : ""));
            case "ACK" -> out.putShort((short) Integer.parseInt(words[1]));
            case "ERROR" -> {
                out.putShort((short) Integer.parseInt(words[1]));
                text(out, words.length > 2 ? words[2] : "");
            }
            default -> {
                for (int i = 1; i < words.length; i++) {
                    for (String part : words[i].split("=")) {
                        text(out, part);
                    }
                }
            }
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    /** What the script's DATA packets hold. */
    static byte[] fill(int block, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) ('a' + block % 26));
        return bytes;
    }

    private static void text(ByteBuffer out, String text) {
        out.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    }

    /** The next packet in words; null when none comes in time. */
    String receive(int millis) throws IOException {
        byte[] buffer = new byte[70_000];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        tid = (InetSocketAddress) packet.getSocketAddress();
        if (buffer[1] == 3) {
            content.write(buffer, 4, packet.getLength() - 4);
        }
        return words(java.util.Arrays.copyOf(buffer, packet.getLength()));
    }

    /** A packet in words. */
    static String words(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        String name = NAMES[in.getShort()];
        switch (name) {
            case "DATA":
                int block = in.getShort() & 0xffff;
                return String.format(Locale.ROOT, "DATA %d %d", block, in.remaining());
            case "ACK":
                return "ACK " + (in.getShort() & 0xffff);
            case "ERROR":
                int code = in.getShort();
                String message = new String(packet, 4, in.remaining() - 1, StandardCharsets.UTF_8);
                return "ERROR " + code + " " + message;
            default:
                String[] parts = new String(packet, 2, in.remaining(), StandardCharsets.UTF_8).split("\0");
                StringBuilder options = new StringBuilder(name);
                for (int i = 0; i + 1 < parts.length; i += 2) {
                    options.append(' ').append(parts[i]).append('=').append(parts[i + 1]);
                }
                return options.toString();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
