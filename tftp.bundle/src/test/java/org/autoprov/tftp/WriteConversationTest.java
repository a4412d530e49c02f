// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that write, over real sockets; {@link TraceTest} has the rules. */
final class WriteConversationTest {

    private LiveServer live;

    @BeforeEach
    void open() throws IOException {
        live = new LiveServer();
        for (Status status : Status.values()) {
            if (status != Status.SERVED) {
                live.core.replies.put(status.name(), PhoneReply.of(status, "private reason"));
            }
        }
    }

    @AfterEach
    void close() {
        live.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 100000", "4, 100000", "16, 2000000"})
    void keepsWhatPhoneSends(int window, int length) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (Phone phone = live.phone()) {
            phone.play("> WRQ up/f octet blksize=1000 windowsize=" + window + "; < OACK blksize=1000 windowsize="
                    + window);
            int blocks = length / 1_000 + 1;
            for (int block = 1; block <= blocks; block++) {
                int size = block < blocks ? 1_000 : 0;
                sent.write(Phone.fill(block, size));
                phone.send("DATA " + block + " " + size);
                if (block % window == 0 || block == blocks) {
                    phone.play("< ACK " + block);
                }
            }
        }
        assertThat(live.core.uploaded.get("up/f")).isEqualTo(sent.toByteArray());
        assertThat(live.core.last.action()).isEqualTo(PhoneRequest.Action.WRITE);
        assertThat(live.core.announced).isNegative();
    }

    @Test
    void refusesWhatGetsTooLarge() throws IOException {
        try (Phone phone = live.phone()) {
            phone.play("> WRQ f octet blksize=50000; < OACK blksize=50000");
            String answer = "";
            for (int block = 1; block <= 100 && !answer.startsWith("ERROR"); block++) {
                phone.send("DATA " + block + " 50000");
                answer = phone.receive(8_000);
            }
            assertThat(answer).isEqualTo("ERROR 3 File too large");
        }
    }

    @Test
    void translatesNetascii() throws IOException {
        try (Phone phone = live.phone()) {
            phone.play("> WRQ f netascii blksize=8; < OACK blksize=8");
            phone.send(data(1, "ab\r\ncd\0\r"), phone.tid);
            phone.play("< ACK 1");
            phone.send(data(2, "\0e\r"), phone.tid);
            phone.play("< ACK 2");
        }
        assertThat(live.core.uploaded.get("f")).asString().isEqualTo("ab\ncd\0\re\r");
    }

    private static byte[] data(int block, String text) {
        return ("\0\3\0" + (char) block + text).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void tellsCoreThatPhoneVanished() throws IOException {
        try (Phone phone = live.phone()) {
            phone.play("> WRQ f octet timeout=1; < OACK timeout=1; > DATA 1 512; < ACK 1");
            await().atMost(Duration.ofSeconds(14)).until(() -> live.count("timeouts") == 1);
        }
        await().until(() -> live.count("running") == 0);
        assertThat(live.core.uploaded).isEmpty();
    }

    @Test
    void takesOnlySoManyAtATime() throws IOException {
        try (LiveServer one = new LiveServer(LiveServer.limits(10, 10));
                Phone first = one.phone();
                Phone second = one.phone()) {
            first.play("> WRQ f octet; < ACK 0");
            second.play("> WRQ g octet; < ERROR 0 service unavailable");
            first.play("> DATA 1 1; < ACK 1");
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> second.play("> WRQ g octet; < ACK 0; > DATA 1 1; < ACK 1"));
        }
    }

    @Test
    void oneAddressGetsHalfOfThePlaces() throws IOException {
        try (LiveServer four = new LiveServer(LiveServer.limits(100, 100, 4));
                Phone first = four.phone();
                Phone second = four.phone();
                Phone third = four.phone();
                Phone neighbour = new Phone("127.0.0.2", "127.0.0.1", four.port())) {
            first.play("> WRQ f octet; < ACK 0");
            second.play("> WRQ g octet; < ACK 0");
            third.play("> WRQ h octet; < ERROR 0 service unavailable");
            neighbour.play("> WRQ h octet; < ACK 0; > DATA 1 1; < ACK 1");
        }
    }

    /** Core does not read, so what a phone sends beyond the room and its window is not kept. */
    @Test
    void keepsNoMoreThanItHasRoomFor() throws Exception {
        java.util.concurrent.CountDownLatch read = new java.util.concurrent.CountDownLatch(1);
        live.core.beforeUpload = body -> {
            body.read();
            read.await();
        };
        try (Phone phone = live.phone()) {
            phone.play("> WRQ f octet blksize=60000; < OACK blksize=60000");
            for (int block = 1; block <= 40; block++) {
                phone.send("DATA " + block + " 60000");
                phone.receive(20);
            }
            assertThat(live.count("bytesReceived")).isBetween(256L * 1_024, 512L * 1_024);
        }
        read.countDown();
    }
}
