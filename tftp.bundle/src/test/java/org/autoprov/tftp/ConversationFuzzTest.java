// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Phones that send anything at any time, to the codec and to whole conversations in virtual time: nothing throws, no
 * transfer, lane, file or thread stays, no error is answered with an error. A few seconds in each build; the long run:
 *
 * <pre>mvn -o -q verify -Dtest=ConversationFuzzTest -Dtftp.fuzz=10000000</pre>
 *
 * A failure names its seed.
 */
final class ConversationFuzzTest {

    private static final int INPUTS = Integer.getInteger("tftp.fuzz", 150_000);

    /** Datagrams of one server; then it must come to rest. */
    private static final int EPISODE = 20_000;

    private static final int ONE_MINUTE_TICKS = 6_000;
    private static final int QUIET_TICKS = 200 * ONE_MINUTE_TICKS;

    private static final String[] FILES = {"f", "image", "none", "bug", "bug-at-once", "../x", "empty", "STORED"};
    private static final String[] MODES = {"octet", "octet", "octet", "netascii", "NETASCII", "mail", ""};
    private static final String[] OPTIONS = {"blksize", "windowsize", "timeout", "tsize", "BLKSIZE", "multicast"};
    private static final String[] VALUES = {"1", "8", "16", "512", "1428", "65464", "0", "2", "4", "64", "x", "70000"};

    @TempDir
    Path folder;

    private final Logger logger = Logger.getLogger("org.autoprov.tftp");
    private final List<Throwable> thrown = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            if (entry.getLevel() == Level.SEVERE
                    && !"a bug".equals(entry.getThrown().getMessage())) {
                thrown.add(entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listenToErrors() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void letErrorsBe() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void codecTakesAnything() {
        Random random = new Random(3);
        byte[] room = new byte[2_000];
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = random.nextBoolean() ? request(random) : anything(random, room);
            mutate(random, bytes);
            Packet packet = Packet.parse(ByteBuffer.wrap(bytes));
            if (packet instanceof Packet.Request request) {
                FileName.normalise(request.file());
                if (Terms.isSane(request)) {
                    Terms terms = Terms.of(request, 1_468, 64, 77);
                    assertThat(terms.blockSize() >= 8 && terms.blockSize() <= 1_468)
                            .isTrue();
                    assertThat(terms.window() >= 1 && terms.window() <= 64).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverTakesAnything(boolean singlePort) throws IOException {
        Path image = folder.resolve("image");
        Files.write(image, LiveServer.bytes(200_000));
        for (int seed = 0; seed < Math.max(1, INPUTS / 2 / EPISODE); seed++) {
            Random random = new Random(seed);
            try (VirtualServer server = new VirtualServer(VirtualServer.options(singlePort), random, 1_468)) {
                server.core.put("f", LiveServer.bytes(3_000));
                server.core.put("empty", new byte[0]);
                server.core.put("image", image);
                server.monitor.followed = random.nextBoolean();
                episode(server, random, seed);
                server.network.full = false;
                assertThat(server.isQuietAfter(QUIET_TICKS))
                        .as("quiet after seed " + seed)
                        .isTrue();
                assertThat(server.lanesInUse()).as("lanes of seed " + seed).isZero();
                assertThat(server.count("running")).isZero();
                assertThat(server.shared.uploads().availablePermits()).isEqualTo(4);
                assertThat(server.shared.uploaders().all()).isZero();
            }
            assertThat(thrown).as("thrown with seed " + seed).isEmpty();
        }
        assertThat(openFiles(image)).isZero();
    }

    /** Files that this process holds open; none where the system does not tell. */
    private static long openFiles(Path file) throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> links = Files.list(open)) {
            return links.filter(link -> {
                        try {
                            return Files.readSymbolicLink(link).equals(file.toRealPath());
                        } catch (IOException e) {
                            return false; // closed meanwhile
                        }
                    })
                    .count();
        }
    }

    private static final class Someone {
        final InetSocketAddress address;
        int tid = VirtualServer.PORT;

        /** What a phone that follows the protocol would send now. */
        byte[] next;

        Someone(int number) {
            address = new InetSocketAddress("198.51.100." + (1 + number % 3), 40_000 + number);
        }
    }

    private static void episode(VirtualServer server, Random random, int seed) {
        Someone[] phones = new Someone[12];
        for (int i = 0; i < phones.length; i++) {
            phones[i] = new Someone(i);
        }
        byte[] room = new byte[2_000];
        for (int i = 0; i < EPISODE; i++) {
            Someone phone = phones[random.nextInt(phones.length)];
            byte[] bytes = choose(phone, random, room);
            boolean error = bytes.length > 1 && bytes[0] == 0 && bytes[1] == Packet.ERROR;
            boolean request = bytes.length > 1 && (bytes[1] == Packet.READ || bytes[1] == Packet.WRITE);
            int port = request || random.nextInt(40) == 0 ? VirtualServer.PORT : phone.tid;
            if (random.nextInt(50) == 0) {
                port = phones[random.nextInt(phones.length)].tid;
            }
            long errors = error ? errorsTo(server, phone) : 0;
            server.network.full = random.nextInt(60) == 0;
            server.deliver(phone.address, port, bytes);
            if (error) {
                assertThat(errorsTo(server, phone))
                        .as("error for error, seed " + seed)
                        .isEqualTo(errors);
            }
            take(server, phones);
            for (int ticks = random.nextInt(80) == 0 ? random.nextInt(300) : 0; ticks > 0; ticks--) {
                server.tick();
            }
        }
    }

    /** Those that say that a packet was wrong; what core says may come at any time. */
    private static long errorsTo(VirtualServer server, Someone phone) {
        return server.network.sent.stream()
                .filter(each ->
                        each.to().equals(phone.address) && each.bytes()[1] == Packet.ERROR && each.bytes()[3] > 3)
                .count();
    }

    /** The server's packets; each must be a good one. */
    private static void take(VirtualServer server, Someone[] phones) {
        for (var sent = server.network.sent.poll(); sent != null; sent = server.network.sent.poll()) {
            Packet packet = Packet.parse(ByteBuffer.wrap(sent.bytes()));
            assertThat(packet).isNotNull().isNotInstanceOf(Packet.Request.class);
            Someone phone = phones[sent.to().getPort() - 40_000];
            phone.tid = sent.from().getPort();
            if (packet instanceof Packet.Data data) {
                phone.next = header(Packet.ACK, data.block(), 0);
            } else if (packet instanceof Packet.OptionAck) {
                phone.next = header(Packet.ACK, 0, 0);
            } else if (packet instanceof Packet.Ack ack) {
                phone.next = header(Packet.DATA, ack.block() + 1, 512);
            }
        }
    }

    private static byte[] choose(Someone phone, Random random, byte[] room) {
        int kind = random.nextInt(16);
        byte[] bytes;
        if (kind < 2 || phone.next == null) {
            bytes = request(random);
        } else if (kind < 11) {
            bytes = phone.next.clone();
            if (bytes[1] == Packet.DATA && random.nextInt(4) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, 4 + random.nextInt(600));
            }
        } else if (kind < 15) {
            int near = random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(8);
            int operation = 3 + random.nextInt(4);
            bytes = header(operation, near, operation == Packet.DATA ? random.nextInt(600) : random.nextInt(3));
        } else {
            bytes = anything(random, room);
        }
        if (random.nextInt(12) == 0) {
            mutate(random, bytes);
        }
        return bytes;
    }

    private static byte[] header(int operation, int number, int length) {
        byte[] bytes = new byte[4 + length];
        bytes[1] = (byte) operation;
        bytes[2] = (byte) (number >> 8);
        bytes[3] = (byte) number;
        return bytes;
    }

    private static String one(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static byte[] request(Random random) {
        StringBuilder text = new StringBuilder("\0").append(random.nextInt(3) > 0 ? '\1' : '\2');
        text.append(one(random, FILES)).append('\0').append(one(random, MODES)).append('\0');
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(one(random, OPTIONS))
                    .append('\0')
                    .append(one(random, VALUES))
                    .append('\0');
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] anything(Random random, byte[] room) {
        int length = random.nextInt(20) == 0 ? random.nextInt(room.length) : random.nextInt(40);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (length > 1 && random.nextInt(8) > 0) {
            bytes[0] = 0;
            bytes[1] = (byte) random.nextInt(8);
        }
        return bytes;
    }

    private static void mutate(Random random, byte[] bytes) {
        for (int i = bytes.length == 0 ? 0 : random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
        }
    }
}
