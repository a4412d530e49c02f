// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A TFTP server for tests. It serves files as it should, or plays a script for each request. */
public final class ScriptedTftpServer implements AutoCloseable {

    /** What happens after a request; on a thread of its own. */
    public interface Script {
        void play(Talk talk) throws IOException;
    }

    /** What was asked: {@code RRQ name}, the options, the source address. */
    public record Asked(String request, Map<String, String> options, String source) {}

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, byte[]> taken = new ConcurrentHashMap<>();
    private final Map<String, Integer> errors = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DatagramSocket socket;
    private volatile Function<String, String> otherwise = name -> null;
    private volatile boolean uploads = true;

    /** A server with files. */
    public ScriptedTftpServer() {
        this(null);
    }

    public ScriptedTftpServer(Script script) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setReceiveBufferSize(1 << 22);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> listen(script == null ? this::serve : script));
    }

    public int port() {
        return socket.getLocalPort();
    }

    public ScriptedTftpServer file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** What is served for all other names; null for error 1. */
    public ScriptedTftpServer otherwise(Function<String, String> text) {
        otherwise = text;
        return this;
    }

    public ScriptedTftpServer error(String name, int code) {
        errors.put(name, code);
        return this;
    }

    public ScriptedTftpServer refusingUploads() {
        uploads = false;
        return this;
    }

    public byte[] taken(String name) {
        return taken.get(name);
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    private void listen(Script script) {
        byte[] buffer = new byte[65_535];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Talk talk = new Talk(
                        socket, new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), packet);
                asked.add(new Asked(
                        (talk.upload ? "WRQ " : "RRQ ") + talk.name,
                        talk.options,
                        packet.getAddress().getHostAddress()));
                threads.execute(() -> {
                    try (talk) {
                        script.play(talk);
                    } catch (IOException e) {
                        // the phone will tell
                    }
                });
            } catch (IOException e) {
                // the next one may be better
            }
        }
    }

    private void serve(Talk talk) throws IOException {
        if (talk.bytes.length < 4 || talk.bytes[1] != 1 && talk.bytes[1] != 2 || errors.containsKey(talk.name)) {
            if (talk.bytes.length < 2 || talk.bytes[1] != 5) {
                talk.error(errors.getOrDefault(talk.name, 4), "no");
            }
        } else if (talk.upload && !uploads) {
            talk.error(2, "Access violation");
        } else if (talk.upload) {
            talk.take(taken);
        } else if (files.containsKey(talk.name)) {
            talk.serve(files.get(talk.name));
        } else {
            String text = otherwise.apply(talk.name);
            if (text == null) {
                talk.error(1, "File not found");
            } else {
                talk.serve(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        threads.shutdownNow();
    }

    /** One conversation, from a port of its own. */
    public static final class Talk implements AutoCloseable {
        public final byte[] bytes;
        public final boolean upload;
        public final String name;
        public final Map<String, String> options = new LinkedHashMap<>();
        public final SocketAddress phone;
        private final DatagramSocket main;
        private final DatagramSocket own;

        Talk(DatagramSocket main, DatagramSocket own, DatagramPacket request) {
            this.main = main;
            this.own = own;
            this.phone = request.getSocketAddress();
            this.bytes = Arrays.copyOf(request.getData(), request.getLength());
            this.upload = bytes.length > 1 && bytes[1] == 2;
            String text = new String(bytes, StandardCharsets.UTF_8);
            String[] texts =
                    text.length() < 3 ? new String[0] : text.substring(2).split("\0", -1);
            this.name = texts.length == 0 ? "" : texts[0];
            for (int i = 2; i + 1 < texts.length; i += 2) {
                options.put(texts[i], texts[i + 1]);
            }
        }

        public void send(byte[] packet) throws IOException {
            own.send(new DatagramPacket(packet, packet.length, phone));
        }

        /** From the listening port instead of this conversation's own. */
        public void sendFromMain(byte[] packet) throws IOException {
            main.send(new DatagramPacket(packet, packet.length, phone));
        }

        public void data(int block, byte[] content) throws IOException {
            send(dataPacket(block, content));
        }

        public static byte[] dataPacket(int block, byte[] content) {
            byte[] packet = new byte[4 + content.length];
            packet[1] = 3;
            packet[2] = (byte) (block >> 8);
            packet[3] = (byte) block;
            System.arraycopy(content, 0, packet, 4, content.length);
            return packet;
        }

        public void ack(int block) throws IOException {
            send(new byte[] {0, 4, (byte) (block >> 8), (byte) block});
        }

        public void error(int code, String message) throws IOException {
            send(("\0\5\0" + (char) code + message + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }

        public void oack(String... texts) throws IOException {
            send(("\0\6" + (texts.length == 0 ? "" : String.join("\0", texts) + "\0"))
                    .getBytes(StandardCharsets.ISO_8859_1));
        }

        /** The next packet; empty after so long. */
        public byte[] receive(int waitMillis) throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            own.setSoTimeout(waitMillis);
            try {
                own.receive(packet);
                return Arrays.copyOf(packet.getData(), packet.getLength());
            } catch (SocketTimeoutException e) {
                return new byte[0];
            }
        }

        /** Waits for an ACK; its block, -1 for anything else. */
        public int acked() throws IOException {
            byte[] packet = receive(1000);
            return packet.length == 4 && packet[1] == 4 ? (packet[2] & 0xff) << 8 | packet[3] & 0xff : -1;
        }

        private int option(String option, int absent) {
            return Integer.parseInt(options.getOrDefault(option, Integer.toString(absent)));
        }

        private void agree(long size) throws IOException {
            String[] texts = options.entrySet().stream()
                    .flatMap(option -> java.util.stream.Stream.of(
                            option.getKey(), option.getKey().equals("tsize") ? Long.toString(size) : option.getValue()))
                    .toArray(String[]::new);
            oack(texts);
        }

        /** Serves a file as a server should, by go-back-N. */
        public void serve(byte[] file) throws IOException {
            if (!options.isEmpty()) {
                agree(file.length);
                if (acked() != 0) {
                    return;
                }
            }
            int size = option("blksize", 512);
            int window = option("windowsize", 1);
            int total = file.length / size + 1;
            int first = 1;
            for (int rounds = 0; first <= total && rounds < 100_000; rounds++) {
                for (int block = first; block <= total && block < first + window; block++) {
                    int from = (block - 1) * size;
                    data(block & 0xffff, Arrays.copyOfRange(file, from, Math.min(file.length, from + size)));
                }
                int acked = acked();
                first += acked < 0 ? 0 : acked - (first - 1) & 0xffff;
            }
        }

        private void take(Map<String, byte[]> taken) throws IOException {
            if (options.isEmpty()) {
                ack(0);
            } else {
                agree(option("tsize", 0));
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int size = option("blksize", 512);
            int next = 1;
            while (true) {
                byte[] data = receive(1000);
                if (data.length < 4 || data[1] != 3) {
                    return;
                }
                if (((data[2] & 0xff) << 8 | data[3] & 0xff) == (next & 0xffff)) {
                    body.write(data, 4, data.length - 4);
                    boolean last = data.length < size + 4;
                    if (last) {
                        taken.put(name, body.toByteArray());
                    }
                    if (last || next % option("windowsize", 1) == 0) {
                        ack(next & 0xffff);
                    }
                    next++;
                    if (last) {
                        return;
                    }
                }
            }
        }

        @Override
        public void close() {
            own.close();
        }
    }
}
