// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.FileContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How connections live and end. */
@Timeout(60)
final class ConnectionTest {

    private static final FileContent SMALL = FileContent.generated("a", "text/plain", new byte[] {'a'}, "\"1\"");

    private static LiveServer live(ListenerOptions options) throws IOException {
        LiveServer live = new LiveServer(options);
        live.core.files.put("a", SMALL);
        return live;
    }

    private static LiveServer live() throws IOException {
        return live(LiveServer.options(0));
    }

    private static ListenerOptions impatient(long idleMillis, long requestMillis, int slowest) {
        return new ListenerOptions("127.0.0.1", 0, 0, 16_384, idleMillis, requestMillis, slowest, 20_000, 8, 4);
    }

    private static byte[] putBig(LiveServer live, Path folder, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(3).nextBytes(bytes);
        Path path = Files.write(folder.resolve("big"), bytes);
        live.core.files.put(
                "big",
                FileContent.onDisk(
                        "big",
                        "application/octet-stream",
                        path,
                        size,
                        Files.getLastModifiedTime(path).toInstant()));
        return bytes;
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (LiveServer live = live();
                RawPhone phone = live.phone()) {
            String one = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
            phone.send(one + "GET /none HTTP/1.1\r\nHost: x\r\n\r\n" + one + "GET /a");
            assertThat(phone.reply().status()).isEqualTo(200);
            assertThat(phone.reply().status()).isEqualTo(404);
            assertThat(phone.reply().status()).isEqualTo(200);
            phone.send(" HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(phone.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void closesWhenAskedTo() throws IOException {
        try (LiveServer live = live()) {
            for (String request :
                    new String[] {"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n"
                    }) {
                try (RawPhone phone = live.phone()) {
                    RawPhone.Reply reply = phone.send(request).reply();
                    assertThat(reply.body()).asString().isEqualTo("a");
                    assertThat(phone.isClosedByServer()).isTrue();
                }
            }
        }
    }

    @Test
    void keepsOldClientThatAsksForIt() throws IOException {
        try (LiveServer live = live();
                RawPhone phone = live.phone()) {
            for (int i = 0; i < 3; i++) {
                RawPhone.Reply reply = phone.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                        .reply();
                assertThat(reply.header("Connection")).isEqualToIgnoringCase("keep-alive");
                assertThat(reply.body()).asString().isEqualTo("a");
            }
        }
    }

    @Test
    void servesPhoneBesideTwoThousandIdleOnes() throws IOException {
        List<RawPhone> idle = new ArrayList<>();
        try (LiveServer live = live()) {
            for (int i = 0; i < 2_000; i++) {
                RawPhone phone = live.phone();
                idle.add(phone);
                if (i % 2 == 0) {
                    phone.send("GET /a HT");
                }
            }
            long start = System.nanoTime();
            try (RawPhone phone = live.phone()) {
                assertThat(phone.get("/a").reply().status()).isEqualTo(200);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(2_000);
            RawPhone last = idle.get(1_998);
            assertThat(last.send("TP/1.1\r\nHost: x\r\n\r\n").reply().status()).isEqualTo(200);
        } finally {
            for (RawPhone phone : idle) {
                phone.close();
            }
        }
    }

    @Test
    void endsConnectionWhoseHeaderTrickles() throws Exception {
        try (LiveServer live = live(impatient(5_000, 1_000, 1_000));
                RawPhone phone = live.phone()) {
            long start = System.nanoTime();
            CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> {
                try {
                    phone.send("GET /a HTTP/1.1\r\nX: ");
                    while (true) {
                        phone.send("y");
                        Thread.sleep(50);
                    }
                } catch (IOException | InterruptedException e) {
                    // the server has closed
                }
            });
            assertThat(phone.isClosedByServer()).isTrue();
            drip.get();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(900L, 4_000L);
            try (RawPhone next = live.phone()) {
                assertThat(next.get("/a").reply().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void endsIdleConnection() throws IOException {
        try (LiveServer live = live(impatient(1_000, 20_000, 1_000));
                RawPhone phone = live.phone()) {
            assertThat(phone.get("/a").reply().status()).isEqualTo(200);
            assertThat(phone.isClosedByServer()).isTrue();
        }
    }

    @Test
    void slowReadersHoldNoThread(@TempDir Path folder) throws IOException {
        List<RawPhone> slow = new ArrayList<>();
        try (LiveServer live = live(impatient(30_000, 20_000, 1_000))) {
            putBig(live, folder, 20_000_000);
            for (int i = 0; i < 50; i++) {
                RawPhone phone = live.phone();
                phone.socket.setReceiveBufferSize(4_096);
                slow.add(phone.get("/big"));
            }
            try (RawPhone phone = live.phone()) {
                assertThat(phone.get("/a").reply().status()).isEqualTo(200);
            }
        } finally {
            for (RawPhone phone : slow) {
                phone.close();
            }
        }
    }

    @Test
    void endsTransferToPhoneThatIsTooSlow(@TempDir Path folder) throws Exception {
        int size = 40_000_000;
        try (LiveServer live = live(impatient(30_000, 500, 2 * size));
                RawPhone phone = live.phone()) {
            putBig(live, folder, size);
            phone.get("/big");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (end - System.nanoTime() > 0) {
                phone.socket.getInputStream().read(new byte[100]);
                Thread.sleep(20);
            }
            // Only what was in the kernel's buffers still comes.
            assertThat(octetsUntilClosed(phone)).isLessThan(size - 1_000_000);
        }
    }

    private static long octetsUntilClosed(RawPhone phone) {
        long octets = 0;
        try {
            byte[] buffer = new byte[65_536];
            for (int n = 0; n >= 0; n = phone.socket.getInputStream().read(buffer)) {
                octets += n;
            }
        } catch (IOException e) {
            // a reset, as good as an end
        }
        return octets;
    }

    @Test
    void letsTransferEndWhenItShutsDown(@TempDir Path folder) throws Exception {
        try (LiveServer live = live();
                RawPhone phone = live.phone();
                RawPhone idle = live.phone()) {
            byte[] bytes = putBig(live, folder, 30_000_000);
            phone.socket.setReceiveBufferSize(65_536);
            phone.get("/big");
            while (phone.socket.getInputStream().available() == 0) {
                Thread.onSpinWait();
            }
            int port = live.port();
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> live.server.shutDown(10_000));
            Thread.sleep(200);
            assertThat(end).isNotDone();
            assertThatThrownBy(() -> new RawPhone(port)).isInstanceOf(ConnectException.class);
            assertThat(Arrays.equals(phone.reply().body(), bytes)).isTrue();
            end.get(5, TimeUnit.SECONDS);
            assertThat(idle.isClosedByServer()).isTrue();
            live.server.shutDown(10_000);
        }
    }

    @Test
    void doesNotWaitLongerThanItMay(@TempDir Path folder) throws Exception {
        try (LiveServer live = live();
                RawPhone phone = live.phone()) {
            putBig(live, folder, 30_000_000);
            phone.socket.setReceiveBufferSize(4_096);
            phone.get("/big");
            Thread.sleep(100);
            long start = System.nanoTime();
            live.server.shutDown(300);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(290L, 5_000L);
        }
    }

    @Test
    void saysWhenPortIsTaken() throws IOException {
        try (LiveServer live = live()) {
            ListenerOptions same =
                    new ListenerOptions("127.0.0.1", live.port(), 0, 16_384, 1_000, 1_000, 1_000, 10, 8, 4);
            assertThatThrownBy(() -> PhoneServer.open(same, live.core, live.monitor))
                    .isInstanceOf(IOException.class);
        }
    }
}
