// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that phones send. */
@Timeout(60)
final class UploadTest {

    private LiveServer live;

    @BeforeEach
    void open() throws IOException {
        live = new LiveServer();
    }

    @AfterEach
    void close() {
        live.close();
    }

    private static String put(String... fields) {
        return "PUT /log.txt HTTP/1.1\r\nHost: x\r\n" + RawPhone.lines(fields) + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void keepsWhatPhoneSends(String method) throws IOException {
        try (RawPhone phone = live.phone()) {
            for (int i = 0; i < 2; i++) {
                phone.send(method + " /log.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
                RawPhone.Reply reply = phone.reply();
                assertThat(reply.status()).isEqualTo(201);
                assertThat(reply.body()).isEmpty();
            }
        }
        assertThat(live.core.uploaded).asString().isEqualTo("hello");
        assertThat(live.core.announced).isEqualTo(5);
        assertThat(live.core.last.action()).isEqualTo(PhoneRequest.Action.WRITE);
    }

    @Test
    void keepsChunkedUpload() throws IOException {
        try (RawPhone phone = live.phone()) {
            phone.send(put("Transfer-Encoding: chunked") + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
            assertThat(phone.reply().status()).isEqualTo(201);
        }
        assertThat(live.core.uploaded).asString().isEqualTo("hello!");
        assertThat(live.core.announced).isNegative();
    }

    @Test
    void continuesOnlyWhenFileIsWanted() throws IOException {
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 5", "Expect: 100-continue"));
            assertThat(phone.reply().status()).isEqualTo(100);
            assertThat(phone.send("hello").reply().status()).isEqualTo(201);
        }
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 99999999", "Expect: 100-continue"));
            assertThat(phone.reply().status()).isEqualTo(413);
        }
        live.core.readsUploads = false;
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 5", "Expect: 100-continue"));
            RawPhone.Reply reply = phone.reply();
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void refusesWhatIsTooLargeWhileItComes() throws IOException {
        try (RawPhone phone = live.phone()) {
            phone.send(put("Transfer-Encoding: chunked"));
            String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
            for (int i = 0; i < 11; i++) {
                phone.send(chunk);
            }
            assertThat(phone.reply().status()).isEqualTo(413);
        }
    }

    @Test
    void tellsPhoneThatSendsMegabytesAtOnce() throws IOException {
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 1000000"));
            phone.send(new byte[1_000_000]);
            assertThat(phone.reply().status()).isEqualTo(413);
        }
    }

    @Test
    void answersUnwantedUploadAndServesOn() throws IOException {
        live.core.readsUploads = false;
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 50000") + "x".repeat(50_000));
            assertThat(phone.reply().status()).isEqualTo(405);
        }
        try (RawPhone phone = live.phone()) {
            assertThat(phone.get("/none").reply().status()).isEqualTo(404);
        }
    }

    @Test
    void survivesPhoneThatLeavesInTheMiddle() throws IOException {
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 50") + "half");
        }
        try (RawPhone phone = live.phone()) {
            phone.send(put("Content-Length: 50") + "half");
            phone.socket.shutdownOutput();
            assertThat(phone.reply().status()).isIn(0, 400);
        }
        assertThat(live.core.uploaded).isNull();
    }

    @Test
    void slowUploadsNeverTakeAllThreads() throws IOException {
        List<RawPhone> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(live.phone().send(put("Content-Length: 50") + "half"));
            }
            Awaitility.await().untilAsserted(() -> {
                try (RawPhone phone = live.phone()) {
                    RawPhone.Reply reply =
                            phone.send(put("Content-Length: 1") + "x").reply();
                    assertThat(reply.status()).isEqualTo(503);
                    assertThat(reply.headers()).containsKey("Retry-After");
                }
            });
            try (RawPhone phone = live.phone()) {
                assertThat(phone.get("/none").reply().status()).isEqualTo(404);
            }
            assertThat(slow.get(0).send("x".repeat(46)).reply().status()).isEqualTo(201);
        } finally {
            for (RawPhone phone : slow) {
                phone.close();
            }
        }
    }

    @Test
    void endsUploadThatTrickles() throws IOException {
        ListenerOptions options = new ListenerOptions("127.0.0.1", 0, 0, 16_384, 30_000, 1_000, 1_000, 100, 8, 4);
        try (LiveServer impatient = new LiveServer(options);
                RawPhone phone = impatient.phone()) {
            phone.send(put("Content-Length: 500") + "x");
            assertThat(phone.reply().status()).isIn(0, 400);
            Awaitility.await().untilAsserted(() -> {
                try (RawPhone next = impatient.phone()) {
                    assertThat(next.send(put("Content-Length: 1") + "x").reply().status())
                            .isEqualTo(201);
                }
            });
        }
    }

    @Test
    void tellsWhenStoreIsAway() throws IOException {
        live.core.replies.put("log.txt", PhoneReply.of(PhoneReply.Status.UNAVAILABLE, "away"));
        try (RawPhone phone = live.phone()) {
            assertThat(phone.send(put("Content-Length: 1") + "x").reply().status())
                    .isEqualTo(503);
        }
    }
}
