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

/** Phones that read, over real sockets; {@link TraceTest} has the rules. {@code nNUMBER} has so many octets. */
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
