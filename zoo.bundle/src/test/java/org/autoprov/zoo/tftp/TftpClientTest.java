// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.autoprov.zoo.ScriptedTftpServer;
import org.autoprov.zoo.ScriptedTftpServer.Script;
import org.autoprov.zoo.ScriptedTftpServer.Talk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TftpClientTest {

    private static final int PATIENCE_MILLIS = 600;

    private static Wishes wishes(int blockSize, int windowSize) {
        return new Wishes("octet", some(blockSize), some(windowSize), true, OptionalInt.of(1));
    }

    private static OptionalInt some(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Result get(Wishes wishes, Script script) throws IOException {
        try (ScriptedTftpServer server = new ScriptedTftpServer(script)) {
            return client(wishes).get("127.0.0.1", server.port(), "x.cfg");
        }
    }

    private static TftpClient client(Wishes wishes) {
        return new TftpClient(Optional.empty(), PATIENCE_MILLIS, wishes, 0);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 5120})
    void fetchesAFileOfAnySize(int length) throws IOException {
        byte[] file = bytes(length);

        Result result = get(Wishes.PLAIN, talk -> talk.serve(file));

        assertThat(result.error()).isEmpty();
        assertThat(result.body()).isEqualTo(file);
        assertThat(result.defects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8, 1, 100", "1428, 1, 5000", "1428, 4, 100000", "1428, 8, 11424", "65464, 2, 1000000", "0, 16, 20000"})
    void asksForOptionsAndKeepsToThem(int blockSize, int windowSize, int length) throws IOException {
        byte[] file = bytes(length);

        Result result = get(wishes(blockSize, windowSize), talk -> talk.serve(file));

        assertThat(result.body()).isEqualTo(file);
        assertThat(result.defects()).isEmpty();
    }

    @Test
    void blockNumbersRollOver() throws IOException {
        byte[] file = bytes(8 * 66_000 + 3);

        assertThat(get(wishes(8, 64), talk -> talk.serve(file)).body()).isEqualTo(file);
    }

    @Test
    void aServerThatSkipsBlockZeroIsReadAndNoted() throws IOException {
        Result result = get(wishes(8, 1), talk -> {
            talk.oack("blksize", "8");
            for (int block = 1; talk.acked() >= 0 && block <= 65_537; block++) {
                talk.data(block <= 65_535 ? block : block - 65_535, new byte[block == 65_537 ? 0 : 8]);
            }
        });

        assertThat(result.body()).hasSize(8 * 65_536);
        assertThat(result.defects()).containsExactly("block 65535 is followed by 1, not 0");
    }

    @Test
    void aServerThatKnowsNoOptionsMayPassThemOver() throws IOException {
        Result result = get(wishes(1428, 4), talk -> {
            talk.options.clear();
            talk.serve(bytes(1000));
        });

        assertThat(result.body()).isEqualTo(bytes(1000));
        assertThat(result.defects()).isEmpty();
    }

    @Test
    void aMissingFileIsNoFailure() throws IOException {
        Result result = get(Wishes.PLAIN, talk -> talk.error(1, "File not found"));

        assertThat(result.missing()).isTrue();
        assertThat(result.message()).isEqualTo("File not found");
        assertThat(get(Wishes.PLAIN, talk -> talk.error(2, "no")).error()).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blksize 1429         | an OACK with blksize 1429, not from 8 to 1428",
                "blksize 7            | an OACK with blksize 7, not from 8 to 1428",
                "blksize ten          | an OACK whose blksize is not a number",
                "windowsize 5         | an OACK with windowsize 5, not from 1 to 4",
            })
    void anOackThatTakesLibertiesIsTurnedDownWithErrorEight(String options, String message) {
        AtomicInteger code = new AtomicInteger();
        AtomicReference<Thread> server = new AtomicReference<>();

        assertThatThrownBy(() -> get(wishes(1428, 4), talk -> {
                    server.set(Thread.currentThread());
                    talk.oack(options.strip().split(" "));
                    code.set(talk.receive(500)[3]);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
        for (int i = 0; i < 50 && code.get() == 0; i++) {
            pause(10);
        }
        assertThat(code).hasValue(8);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rollover 1           | an OACK with rollover, which was not asked for",
                "blksize 512 blksize 512 | an OACK with blksize twice",
                "timeout 3            | an OACK with timeout 3 instead of 1",
                "tsize 7              | tsize says 7 bytes, it has 2",
                "BLKSIZE 512 X 1      | an OACK with x, which was not asked for",
            })
    void aDoubtfulOackIsNoted(String options, String defect) throws IOException {
        Result result = get(wishes(1428, 4), talk -> {
            talk.oack(options.strip().split(" "));
            talk.acked();
            talk.data(1, text("hi"));
        });

        assertThat(result.body()).isEqualTo(text("hi"));
        assertThat(result.defects()).containsExactly(defect);
    }

    @Test
    void anOackWithoutAnyOptionIsNoted() throws IOException {
        Result result = get(wishes(1428, 4), talk -> {
            talk.oack();
            talk.acked();
            talk.data(1, text("hi"));
        });

        assertThat(result.defects()).containsExactly("an OACK without any option");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "06 62 00 31 00    | an OACK though no option was asked for",
                "06 62 00 31       | an OACK that is not made of pairs that end with NUL",
                "06 62 00          | an OACK that is not made of pairs that end with NUL",
                "03 00             | a packet with opcode 3 of 3 bytes",
                "04 00 01 00       | a packet with opcode 4 of 5 bytes",
                "05 00 01 61       | an error whose message does not end with one NUL",
                "05 00 01 61 00 62 | an error whose message does not end with one NUL",
                "07 00 01          | a packet with opcode 7",
                "                  | a packet of 1 bytes",
            })
    void aBrokenAnswerIsAFailure(String hex, String message) {
        byte[] packet = new byte[hex == null ? 1 : 1 + hex.strip().split(" ").length];
        for (int i = 1; i < packet.length; i++) {
            packet[i] = (byte) Integer.parseInt(hex.strip().split(" ")[i - 1], 16);
        }
        assertThatThrownBy(() -> get(Wishes.PLAIN, talk -> talk.send(packet)))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void aBlockLargerThanAgreedIsAFailure() {
        assertThatThrownBy(() -> get(Wishes.PLAIN, talk -> talk.data(1, new byte[600])))
                .hasMessage("a block of more than 512 bytes, 600");
    }

    @Test
    void aSilentServerIsAskedAgainAndLeft() throws IOException {
        try (ScriptedTftpServer server = new ScriptedTftpServer(talk -> talk.receive(1))) {
            assertThatThrownBy(() -> client(Wishes.PLAIN).get("127.0.0.1", server.port(), "x.cfg"))
                    .hasMessage("no answer within 600 ms");
            assertThat(server.requests()).hasSizeBetween(2, 4).containsOnly("RRQ x.cfg");
        }
    }

    @Test
    void aLostBlockIsAskedForAgain() throws IOException {
        byte[] file = bytes(3000);
        Result result = get(Wishes.PLAIN, talk -> {
            talk.data(1, Arrays.copyOf(file, 512));
            talk.acked();
            talk.acked(); // block 2 was lost: the phone says again what it has
            for (int block = 2; block <= 6; block++) {
                talk.data(block, Arrays.copyOfRange(file, (block - 1) * 512, Math.min(3000, block * 512)));
                talk.acked();
            }
        });

        assertThat(result.body()).isEqualTo(file);
        assertThat(result.defects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 7})
    void aNetworkThatLosesPacketsCostsTimeOnly(int each) throws IOException {
        byte[] file = bytes(4 * 512 + 100);
        AtomicInteger packets = new AtomicInteger();
        try (ScriptedTftpServer server = new ScriptedTftpServer(talk -> talk.serve(file))) {
            TftpClient client =
                    new TftpClient(Optional.empty(), 2000, Wishes.PLAIN, () -> packets.incrementAndGet() % each == 0);

            Result result = client.get("127.0.0.1", server.port(), "x.cfg");

            assertThat(result.body()).isEqualTo(file);
            assertThat(result.defects()).isEmpty();
        }
        assertThat(packets).hasValueGreaterThan(10);
    }

    @Test
    void aGapInAWindowIsToldAtOnce() throws IOException {
        AtomicInteger told = new AtomicInteger();
        Result result = get(wishes(8, 4), talk -> {
            talk.oack("blksize", "8", "windowsize", "4");
            talk.acked();
            talk.data(1, new byte[8]);
            talk.data(3, new byte[8]);
            talk.data(4, new byte[8]);
            told.set(talk.acked());
            talk.data(2, new byte[8]);
            talk.data(3, new byte[8]);
            talk.data(4, new byte[8]);
            talk.data(5, new byte[8]);
            talk.acked();
            talk.data(6, new byte[0]);
        });

        assertThat(told).hasValue(1);
        assertThat(result.body()).hasSize(40);
    }

    @Test
    void aServerThatDoesNotHearTheLastAcknowledgementHearsItAgain() throws Exception {
        AtomicInteger again = new AtomicInteger();
        Result result = get(Wishes.PLAIN, talk -> {
            talk.data(1, text("hi"));
            talk.data(1, text("hi"));
            talk.acked();
            again.set(talk.acked());
        });

        assertThat(result.defects()).isEmpty();
        for (int i = 0; i < 50 && again.get() == 0; i++) {
            pause(10);
        }
        assertThat(again).hasValue(1);
    }

    @Test
    void dataAfterTheLastBlockIsNoted() throws IOException {
        Result result = get(Wishes.PLAIN, talk -> {
            talk.data(1, text("hi"));
            talk.data(2, text("there"));
        });

        assertThat(result.body()).isEqualTo(text("hi"));
        assertThat(result.defects()).containsExactly("data after the last block");
    }

    @Test
    void aWindowThatComesAgainInTheEndIsNoDefect() throws IOException {
        Result result = get(wishes(8, 4), talk -> {
            talk.oack("blksize", "8", "windowsize", "4");
            talk.acked();
            talk.data(1, new byte[8]);
            talk.data(2, new byte[8]);
            talk.data(3, new byte[2]);
            talk.data(1, new byte[8]);
            talk.data(2, new byte[8]);
            talk.data(3, new byte[2]);
        });

        assertThat(result.body()).hasSize(18);
        assertThat(result.defects()).isEmpty();
    }

    @Test
    void blocksThatAllComeTwiceAreNoted() throws IOException {
        Result result = get(Wishes.PLAIN, talk -> {
            for (int block = 1; block <= 6; block++) {
                talk.data(block, new byte[block == 6 ? 0 : 512]);
                talk.data(block, new byte[block == 6 ? 0 : 512]);
                talk.acked();
                talk.acked();
            }
        });

        assertThat(result.body()).hasSize(5 * 512);
        assertThat(result.defects()).containsExactly("blocks come more than once");
    }

    @Test
    void aBlockOutOfTurnAndAnAckAreNoted() throws IOException {
        Result result = get(Wishes.PLAIN, talk -> {
            talk.data(2, text("no"));
            talk.ack(1);
            talk.data(1, text("hi"));
        });

        assertThat(result.body()).isEqualTo(text("hi"));
        assertThat(result.defects()).containsExactly("block 2 when 1 was next", "an ACK to a read request");
    }

    @Test
    void anotherPortIsToldErrorFiveAndTheTransferGoesOn() throws IOException {
        AtomicInteger code = new AtomicInteger();
        Result result = get(Wishes.PLAIN, talk -> {
            talk.data(1, new byte[512]);
            talk.acked();
            try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                byte[] packet = Talk.dataPacket(2, text("evil"));
                stranger.send(new DatagramPacket(packet, packet.length, talk.phone));
                DatagramPacket answer = new DatagramPacket(new byte[100], 100);
                stranger.setSoTimeout(500);
                stranger.receive(answer);
                code.set(answer.getData()[1] == 5 ? answer.getData()[3] : -1);
            }
            talk.data(2, text("good"));
        });

        assertThat(new String(result.body(), 512, 4, StandardCharsets.US_ASCII)).isEqualTo("good");
        assertThat(result.defects()).containsExactly("answers from two ports");
        assertThat(code).hasValue(5);
    }

    @Test
    void anAnswerFromAnotherAddressIsNone() {
        assertThatThrownBy(() -> get(Wishes.PLAIN, talk -> {
                    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.7"))) {
                        byte[] packet = Talk.dataPacket(1, text("hi"));
                        other.send(new DatagramPacket(packet, packet.length, talk.phone));
                    }
                }))
                .hasMessage("no answer within 600 ms (an answer from 127.0.0.7 instead of 127.0.0.1)");
    }

    @Test
    void aServerMayAnswerFromItsListeningPort() throws IOException {
        Result result = get(Wishes.PLAIN, talk -> talk.sendFromMain(Talk.dataPacket(1, text("hi"))));

        assertThat(result.body()).isEqualTo(text("hi"));
        assertThat(result.defects()).isEmpty();
    }

    @Test
    void textIsDecoded() throws IOException {
        Wishes wishes = new Wishes("netascii", OptionalInt.empty(), OptionalInt.empty(), false, OptionalInt.empty());

        Result result = get(wishes, talk -> talk.serve(text("a\r\nb\r\0c\rd")));

        assertThat(result.body()).isEqualTo(text("a\nb\rc\rd"));
        assertThat(result.defects()).containsExactly("a CR in netascii with neither LF nor NUL behind it");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 0, 512", "0, 0, 2000", "1428, 1, 5000", "64, 4, 1024"})
    void sendsAFile(int blockSize, int windowSize, int length) throws IOException {
        Wishes wishes = blockSize == 0 ? Wishes.PLAIN : wishes(blockSize, windowSize);
        try (ScriptedTftpServer server = new ScriptedTftpServer()) {
            Result result = client(wishes).put("127.0.0.1", server.port(), "x.log", bytes(length));

            assertThat(result.error()).isEmpty();
            assertThat(result.defects()).isEmpty();
            assertThat(server.taken("x.log")).isEqualTo(bytes(length));
            assertThat(server.asked().get(0).options())
                    .isEqualTo(
                            blockSize == 0
                                    ? Map.of()
                                    : Map.of(
                                            "blksize", Integer.toString(blockSize),
                                            "windowsize", Integer.toString(windowSize),
                                            "tsize", Integer.toString(length),
                                            "timeout", "1"));
        }
    }

    @Test
    void anUploadGoesOnAfterALossAndDoesNotAnswerAnAckTwice() throws IOException {
        AtomicInteger packets = new AtomicInteger();
        try (ScriptedTftpServer server = new ScriptedTftpServer(talk -> {
            talk.ack(0);
            talk.ack(0);
            talk.receive(500); // lost
            talk.receive(500);
            talk.ack(9);
            talk.ack(1);
            for (byte[] data = talk.receive(300); data.length > 0; data = talk.receive(300)) {
                packets.incrementAndGet();
                talk.ack(data[3]);
            }
        })) {
            Result result = client(Wishes.PLAIN).put("127.0.0.1", server.port(), "x.log", bytes(1200));

            assertThat(result.error()).isEmpty();
            assertThat(result.defects()).containsExactly("an ACK of block 9, which was not sent");
            assertThat(packets).hasValue(2);
        }
    }

    @Test
    void aRefusedUploadSaysWhy() throws IOException {
        try (ScriptedTftpServer server = new ScriptedTftpServer(talk -> talk.error(2, "read only"))) {
            Result result = client(Wishes.PLAIN).put("127.0.0.1", server.port(), "x.log", bytes(3));

            assertThat(result.error()).hasValue(2);
            assertThat(result.message()).isEqualTo("read only");
        }
    }

    @Test
    void anUnknownHostAndAForeignSourceAreNamed() throws IOException {
        assertThatThrownBy(() -> client(Wishes.PLAIN).get("no.such.host.invalid", 69, "x"))
                .hasMessage("unknown host: no.such.host.invalid");
        TftpClient stranger = new TftpClient(Optional.of(InetAddress.getByName("192.0.2.1")), 100, Wishes.PLAIN, 0);
        assertThatThrownBy(() -> stranger.get("127.0.0.1", 69, "x")).hasMessageStartingWith("no port for a transfer: ");
    }
}
