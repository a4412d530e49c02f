// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of phones that read, as tables. The file {@code nNUMBER} has so many octets. */
final class ReadConversationTest {

    @TempDir
    Path folder;

    private LiveServer live;

    @BeforeEach
    void open() throws IOException {
        live = new LiveServer();
        for (int length : new int[] {0, 1, 8, 16, 20, 24, 100, 511, 512, 513, 1024, 1500, 4096, 20_000}) {
            live.core.put("n" + length, LiveServer.bytes(length));
            Path file = folder.resolve("n" + length);
            Files.write(file, LiveServer.bytes(length));
            live.core.put("disk/n" + length, file);
        }
        live.core.put("text", "a\nb\rc\r\n".getBytes(StandardCharsets.US_ASCII));
        for (Status status : Status.values()) {
            if (status != Status.SERVED) {
                live.core.replies.put(status.name(), PhoneReply.of(status, "private reason"));
            }
        }
    }

    @AfterEach
    void leavesNothingBehind() {
        await().atMost(Duration.ofSeconds(8)).until(() -> live.count("running") == 0);
        live.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // RFC 1350: lock step, the short block ends it
                "> RRQ n0 octet; < DATA 1 0; > ACK 1; < nothing 300",
                "> RRQ n1 octet; < DATA 1 1; > ACK 1; < nothing 300",
                "> RRQ n511 octet; < DATA 1 511; > ACK 1",
                "> RRQ n512 octet; < DATA 1 512; > ACK 1; < DATA 2 0; > ACK 2; < nothing 300",
                "> RRQ n513 OCTET; < DATA 1 512; > ACK 1; < DATA 2 1; > ACK 2",
                "> RRQ /n1024 octet; < DATA 1 512; > ACK 1; < DATA 2 512; > ACK 2; < DATA 3 0; > ACK 3",
                "> RRQ disk/n0 octet; < DATA 1 0; > ACK 1",
                "> RRQ disk/n513 octet; < DATA 1 512; > ACK 1; < DATA 2 1; > ACK 2",
                // RFC 2347: only what is known is acknowledged, and with the OACK the client goes on by ACK 0
                "> RRQ n8 octet foo=bar; < DATA 1 8; > ACK 1",
                "> RRQ n20 octet foo=1 BLKSIZE=16; < OACK blksize=16; > ACK 0; < DATA 1 16; > ACK 1; < DATA 2 4; > ACK 2",
                "> RRQ n8 octet blksize=16; < OACK blksize=16; > ERROR 8 no; < nothing 300",
                // RFC 2348
                "> RRQ n16 octet blksize=8; < OACK blksize=8; > ACK 0; < DATA 1 8; > ACK 1; < DATA 2 8; > ACK 2; < DATA 3 0; > ACK 3",
                "> RRQ n100 octet blksize=65464; < OACK blksize=65464; > ACK 0; < DATA 1 100; > ACK 1",
                "> RRQ n8 octet blksize=7; < nothing 300",
                "> RRQ n8 octet blksize=65465; < nothing 300",
                "> RRQ n8 octet blksize=x; < nothing 300",
                "> RRQ n8 octet blksize=16 blksize=16; < nothing 300",
                // RFC 2349
                "> RRQ n513 octet tsize=0; < OACK tsize=513; > ERROR 0 thanks",
                "> RRQ disk/n4096 octet tsize=0; < OACK tsize=4096; > ACK 0; < DATA 1 512; > ERROR 0 enough; < nothing 300",
                "> RRQ n513 netascii tsize=0; < DATA 1 512; > ERROR 0 enough",
                "> RRQ n8 octet timeout=1; < OACK timeout=1; < OACK timeout=1; > ACK 0; < DATA 1 8; > ACK 1",
                "> RRQ n8 octet timeout=0; < DATA 1 8; > ACK 1",
                "> RRQ n8 octet timeout=256; < DATA 1 8; > ACK 1",
                // RFC 7440
                "> RRQ n20 octet blksize=8 windowsize=2; < OACK blksize=8 windowsize=2; > ACK 0; < DATA 1 8; < DATA 2 8; > ACK 2; < DATA 3 4; > ACK 3",
                "> RRQ n20 octet blksize=8 windowsize=9; < OACK blksize=8 windowsize=9; > ACK 0; < DATA 1 8; < DATA 2 8; < DATA 3 4; > ACK 3",
                "> RRQ n100 octet windowsize=65535; < OACK windowsize=64; > ACK 0; < DATA 1 100; > ACK 1",
                "> RRQ n24 octet blksize=8 windowsize=2; < OACK blksize=8 windowsize=2; > ACK 0; < DATA 1 8; < DATA 2 8; > ACK 1; < DATA 2 8; < DATA 3 8; > ACK 3; < DATA 4 0; > ACK 4",
                "> RRQ n24 octet blksize=8 windowsize=2; < OACK blksize=8 windowsize=2; > ACK 0; < DATA 1 8; < DATA 2 8; > ACK 0; < DATA 1 8; < DATA 2 8; > ACK 0; < nothing 100; > ACK 2; < DATA 3 8; < DATA 4 0; > ACK 4",
                // lost packets: each side repeats its last one
                "> RRQ n8 octet; < DATA 1 8; < DATA 1 8; > ACK 1; < nothing 300",
                "> RRQ n513 octet; < DATA 1 512; > ACK 1; < DATA 2 1; < DATA 2 1; < DATA 2 1; > ACK 2",
                "> RRQ n16 octet blksize=8; < OACK blksize=8; < OACK blksize=8; > ACK 0; < DATA 1 8; > ERROR 0 x",
                // an acknowledgement again: answered once, then never (the sorcerer's apprentice)
                "> RRQ n1500 octet; < DATA 1 512; > ACK 1; < DATA 2 512; > ACK 1; < DATA 2 512; > ACK 1; > ACK 1; < nothing 100; > ACK 2; < DATA 3 476; > ACK 3",
                "> RRQ n1500 octet; < DATA 1 512; < DATA 1 512; > ACK 1; > ACK 1; < DATA 2 512; < nothing 100; > ACK 2; > ACK 2; < DATA 3 476; < DATA 3 476; > ACK 3; > ACK 3; < nothing 300",
                // a late one is nothing, a wrong one is an error
                "> RRQ n4096 octet; < DATA 1 512; > ACK 1; < DATA 2 512; > ACK 2; < DATA 3 512; > ACK 1; < nothing 100; > ACK 3; < DATA 4 512; > ERROR 0 x",
                "> RRQ n4096 octet; < DATA 1 512; > ACK 5; < ERROR 4 Illegal block number; > ACK 1; < nothing 300",
                "> RRQ n4096 octet; < DATA 1 512; > ACK 65535; < ERROR 4 Illegal block number",
                "> RRQ n4096 octet blksize=600; < OACK blksize=600; > ACK 65535; < ERROR 4 Illegal block number",
                "> RRQ n4096 octet; < DATA 1 512; > DATA 1 5; < ERROR 4 Illegal TFTP operation",
                "> RRQ n4096 octet; < DATA 1 512; > ERROR 3 full; < nothing 1300",
                // the request again: the same transfer
                "> RRQ n513 octet; < DATA 1 512; > RRQ n513 octet; < nothing 50; > ACK 1; < DATA 2 1; > ACK 2; < nothing 300",
                "> RRQ n4096 octet; < DATA 1 512; > ACK 1; < DATA 2 512; > RRQ n4096 octet; < nothing 100; > ACK 2; < DATA 3 512; > ERROR 0 x",
                // another request from the same port: the phone began anew
                "> RRQ n4096 octet; < DATA 1 512; > RRQ n8 octet; < DATA 1 8; > ACK 1; < nothing 300",
                // netascii
                "> RRQ text netascii; < DATA 1 11; > ACK 1",
                "> RRQ text netascii blksize=8; < OACK blksize=8; > ACK 0; < DATA 1 8; < DATA 1 8; > ACK 1; < DATA 2 3; > ACK 2",
                // what core says
                "> RRQ none octet; < ERROR 1 File not found; < nothing 300",
                "> RRQ NOT_FOUND octet; < ERROR 1 File not found",
                "> RRQ DIRECTORY octet; < ERROR 1 File not found",
                "> RRQ NOT_WRITABLE octet; < ERROR 2 Access violation",
                "> RRQ TOO_LARGE octet; < ERROR 3 File too large",
                "> RRQ FAILED octet; < ERROR 0 internal error",
                "> RRQ UNAVAILABLE octet; < ERROR 0 service unavailable",
                "> RRQ STORED octet; < ERROR 0 internal error",
                "> RRQ bug octet; < ERROR 0 internal error",
                "> RRQ bug-at-once octet; < ERROR 0 internal error",
                "> RRQ ../../etc/passwd octet; < ERROR 1 Invalid filename",
                "> RRQ a\\b octet; < ERROR 1 Invalid filename",
                "> RRQ n8 mail; < ERROR 0 mode not supported",
                "> RRQ n8 binary; < ERROR 0 mode not supported",
                // nonsense gets no answer
                "> RRQ n8; < nothing 300",
                "> RRQ n8 octet blksize; < nothing 300",
                "> ACK 1; < nothing 300",
                "> DATA 1 5; < nothing 300",
                "> ERROR 1 x; < nothing 300"
            })
    void goesAsTheTraceSays(String trace) throws IOException {
        try (Phone phone = live.phone()) {
            phone.play(trace);
        }
    }

    @Test
    void tellsCoreWhoAsksAndWhere() throws IOException {
        try (Phone phone = live.phone()) {
            phone.play("> RRQ //a/./b/../n8 octet; < ERROR 1 File not found");
        }
        PhoneRequest request = live.core.last;
        assertThat(request.protocol()).isEqualTo(Protocol.TFTP);
        assertThat(request.action()).isEqualTo(PhoneRequest.Action.READ);
        assertThat(request.path()).isEqualTo("a/n8");
        assertThat(request.client().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(request.server().getPort()).isEqualTo(live.port());
        assertThat(request.server().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void answersFromPortOfItsOwn() throws IOException {
        try (Phone one = live.phone();
                Phone other = live.phone()) {
            one.play("> RRQ n513 octet; < DATA 1 512");
            other.play("> RRQ n513 octet; < DATA 1 512");
            assertThat(one.tid.getPort()).isNotEqualTo(live.port()).isNotEqualTo(other.tid.getPort());
            one.play("> ACK 1; < DATA 2 1; > ACK 2");
            other.play("> ACK 1; < DATA 2 1; > ACK 2");
            assertThat(one.content.toByteArray()).isEqualTo(LiveServer.bytes(513));
        }
    }

    @Test
    void tellsStrangerThatItIsOneAndGoesOn() throws IOException {
        try (Phone phone = live.phone();
                Phone stranger = live.phone()) {
            phone.play("> RRQ n513 octet; < DATA 1 512");
            stranger.tid = phone.tid;
            stranger.play("> ACK 1; < ERROR 5 Unknown TID; > ERROR 5 you too; < nothing 300");
            phone.play("> ACK 1; < DATA 2 1; > ACK 2");
        }
        assertThat(live.count("errorsSent.5")).isEqualTo(1);
        await().until(() -> live.count("finished") == 1);
    }

    @Test
    void keepsSilentTowardsOneThatHasJustFinished() throws IOException {
        try (Phone phone = live.phone()) {
            phone.play("> RRQ n8 octet; < DATA 1 8; > ACK 1; > ACK 1; < nothing 300");
        }
    }

    @ParameterizedTest
    @CsvSource({"timeout=1, 4", "blksize=512, 6"})
    void givesUpOnOneThatVanished(String option, int times) throws IOException {
        long start = System.nanoTime();
        int seen = 0;
        try (Phone phone = live.phone()) {
            phone.send("RRQ n8 octet " + option);
            while (phone.receive(times == 4 ? 2_500 : 5_000) != null) {
                seen++;
            }
        }
        // timeout=1: four times within four seconds. Else sooner at first, later then, for 16 seconds.
        assertThat(seen).isBetween(times - 1, times + 1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(22));
        assertThat(live.count("timeouts")).isEqualTo(1);
    }

    @Test
    void rollsOverToZeroAfterBlock65535() throws IOException {
        int length = 8 * 70_000 + 3;
        Path file = folder.resolve("large");
        Files.write(file, LiveServer.bytes(length));
        live.core.put("large", file);
        try (Phone phone = live.phone()) {
            phone.play("> RRQ large octet blksize=8; < OACK blksize=8; > ACK 0");
            for (int block = 1; block <= 70_001; block++) {
                int number = block & 0xffff;
                assertThat(phone.receive(8_000)).isEqualTo("DATA " + number + (block <= 70_000 ? " 8" : " 3"));
                phone.send("ACK " + number);
            }
            assertThat(phone.content.toByteArray()).isEqualTo(LiveServer.bytes(length));
        }
    }

    @Test
    void asksCoreOnceThoughTheRequestIsRepeated() throws IOException {
        live.core.put("slow", LiveServer.bytes(5));
        try (Phone phone = live.phone()) {
            while (live.core.asked.get() == 0) {
                phone.play("> RRQ slow octet; > RRQ slow octet; < nothing 100");
                live.core.slow.release(live.core.asked.get() == 0 ? 1 : 0);
            }
            live.core.slow.release();
            phone.play("< DATA 1 5; > ACK 1");
        }
        assertThat(live.core.asked.get()).isEqualTo(1);
        assertThat(live.count("repeatedRequests")).isPositive();
    }

    @Test
    void goesOnWithImageThatIsReplacedMeanwhile() throws IOException {
        Path file = folder.resolve("image");
        Files.write(file, LiveServer.bytes(300_000));
        live.core.put("image", file);
        try (Phone phone = live.phone()) {
            phone.play("> RRQ image octet blksize=60000; < OACK blksize=60000; > ACK 0; < DATA 1 60000");
            Path other = folder.resolve("other");
            Files.write(other, LiveServer.bytes(100));
            Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            phone.play("> ACK 1; < DATA 2 60000; > ACK 2; < DATA 3 60000; > ACK 3; < DATA 4 60000; > ACK 4");
            phone.play("< DATA 5 60000; > ACK 5; < DATA 6 0; > ACK 6");
            assertThat(phone.content.toByteArray()).isEqualTo(LiveServer.bytes(300_000));
        }
    }

    @Test
    void saysErrorWhenFileIsGone() throws IOException {
        Path file = folder.resolve("gone");
        Files.write(file, LiveServer.bytes(300));
        live.core.put("gone", file);
        Files.delete(file);
        try (Phone phone = live.phone()) {
            phone.play("> RRQ gone octet; < ERROR 0 internal error");
        }
    }
}
