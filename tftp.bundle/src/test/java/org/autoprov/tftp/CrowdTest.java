// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many at once: limits, fair turns, shared ports, shutdown. */
final class CrowdTest {

    @TempDir
    Path folder;

    @Test
    void doesNotHearRequestsOverLimitsUntilOthersEnd() throws IOException {
        for (TftpOptions options : new TftpOptions[] {LiveServer.limits(2, 10), LiveServer.limits(10, 2)}) {
            try (LiveServer live = new LiveServer(options);
                    Phone first = live.phone();
                    Phone second = live.phone();
                    Phone third = live.phone()) {
                live.core.put("f", LiveServer.bytes(5));
                first.play("> RRQ f octet; < DATA 1 5");
                second.play("> RRQ f octet; < DATA 1 5");
                third.play("> RRQ f octet; < nothing 100");
                assertThat(live.count("overLimit")).isEqualTo(1);
                first.play("> ACK 1");
                await().until(() -> live.count("running") == 1);
                third.play("> RRQ f octet; < DATA 1 5; > ACK 1");
            }
        }
    }

    @Test
    @Timeout(60)
    void smallFilesDoNotWaitForImages() throws Exception {
        Path image = folder.resolve("image");
        Files.write(image, LiveServer.bytes(4_000_000));
        ExecutorService phones = Executors.newFixedThreadPool(10);
        try (LiveServer live = new LiveServer()) {
            live.core.put("image", image);
            live.core.put("cfg", LiveServer.bytes(4_096));
            List<Future<byte[]>> images = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                images.add(phones.submit(() -> readImage(live)));
            }
            await().until(() -> live.count("bytesSent") > 1_000_000);
            long[] nanos = new long[20];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                try (Phone phone = live.phone()) {
                    phone.play("> RRQ cfg octet blksize=1024; < OACK blksize=1024; > ACK 0; < DATA 1 1024; > ACK 1");
                    phone.play(
                            "< DATA 2 1024; > ACK 2; < DATA 3 1024; > ACK 3; < DATA 4 1024; > ACK 4; < DATA 5 0; > ACK 5");
                }
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(150));
            for (Future<byte[]> each : images) {
                assertThat(each.get()).isEqualTo(LiveServer.bytes(4_000_000));
            }
        } finally {
            phones.shutdownNow();
        }
    }

    private static byte[] readImage(LiveServer live) throws IOException {
        try (Phone phone = live.phone()) {
            phone.socket.setReceiveBufferSize(1 << 20);
            phone.play("> RRQ image octet blksize=1000 windowsize=8; < OACK blksize=1000 windowsize=8; > ACK 0");
            for (int block = 1; block <= 4_001; block++) {
                assertThat(phone.receive(8_000)).startsWith("DATA " + block + ' ');
                if (block % 8 == 0 || block == 4_001) {
                    phone.send("ACK " + block);
                }
            }
            return phone.content.toByteArray();
        }
    }

    @Test
    void servesMoreTransfersThanItHasPorts() throws IOException {
        PortRange ports = new PortRange(42_100, 42_101);
        try (LiveServer live =
                new LiveServer(new TftpOptions("127.0.0.1", 0, false, ports, 100, 100, 0, 64, 1 << 20, 4))) {
            live.core.put("f", LiveServer.bytes(513));
            List<Phone> phones = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Phone phone = live.phone();
                phones.add(phone);
                phone.play("> RRQ f octet; < DATA 1 512");
                assertThat(phone.tid.getPort()).isBetween(42_100, 42_101);
            }
            for (Phone phone : phones) {
                phone.play("> ACK 1; < DATA 2 1; > ACK 2");
                phone.close();
            }
            await().until(() -> live.count("finished") == 5);
        }
    }

    @Test
    void servesFromOnePort() throws IOException {
        try (LiveServer live = new LiveServer(LiveServer.singlePort());
                Phone phone = live.phone();
                Phone other = live.phone();
                Phone stranger = live.phone()) {
            live.core.put("f", LiveServer.bytes(513));
            phone.play("> RRQ f octet; < DATA 1 512");
            other.play("> WRQ up octet; < ACK 0; > DATA 1 512; < ACK 1");
            assertThat(phone.tid.getPort()).isEqualTo(live.port());
            assertThat(other.tid.getPort()).isEqualTo(live.port());
            stranger.play("> ACK 1; < ERROR 5 Unknown TID");
            phone.play("> ACK 1; < DATA 2 1; > ACK 2; > RRQ f octet; < DATA 1 512; > ACK 1; < DATA 2 1; > ACK 2");
            other.play("> DATA 2 0; < ACK 2");
        }
    }

    @Test
    void letsTransfersEndWhenItIsShutDown() throws Exception {
        for (TftpOptions options : new TftpOptions[] {LiveServer.options("127.0.0.1"), LiveServer.singlePort()}) {
            LiveServer live = new LiveServer(options);
            live.core.put("f", LiveServer.bytes(513));
            try (Phone phone = live.phone();
                    Phone late = live.phone()) {
                phone.play("> RRQ f octet; < DATA 1 512");
                Thread closing = new Thread(() -> live.server.shutDown(5_000));
                closing.start();
                Thread.sleep(100);
                late.play("> RRQ f octet; < nothing 100");
                phone.play("> ACK 1; < DATA 2 1; > ACK 2");
                closing.join(2_000);
                assertThat(closing.isAlive()).isFalse();
            }
        }
    }

    @Test
    void waitsNoLongerThanItIsTold() throws IOException {
        LiveServer live = new LiveServer();
        live.core.put("f", LiveServer.bytes(513));
        try (Phone phone = live.phone()) {
            phone.play("> RRQ f octet; < DATA 1 512");
            long start = System.nanoTime();
            live.server.shutDown(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(live.count("running")).isZero();
    }
}
