// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As {@link ConversationFuzzTest}, over real sockets, where threads meet as they like. */
final class RandomConversationTest {

    private static final int PACKETS = 15_000;
    private static final String[] REQUESTS = {
        "RRQ f octet timeout=1",
        "RRQ f octet timeout=1 blksize=8 windowsize=4",
        "RRQ image octet timeout=1 blksize=800",
        "RRQ f netascii timeout=1",
        "RRQ none octet",
        "RRQ bug octet",
        "WRQ up octet timeout=1",
        "WRQ up netascii timeout=1 blksize=16 windowsize=3",
        "WRQ NOT octet",
        "RRQ ../x octet",
        "RRQ f octet blksize=1"
    };

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void leavesNoTransferBehind() throws IOException {
        Path image = folder.resolve("image");
        Files.write(image, LiveServer.bytes(200_000));
        Random random = new Random(7);
        java.util.logging.Logger quiet = java.util.logging.Logger.getLogger("org.autoprov.tftp");
        quiet.setLevel(java.util.logging.Level.OFF);
        try (LiveServer live = new LiveServer()) {
            live.core.put("f", LiveServer.bytes(3_000));
            live.core.put("image", image);
            Phone[] phones = new Phone[12];
            for (int i = 0; i < phones.length; i++) {
                phones[i] = live.phone();
            }
            for (int i = 0; i < PACKETS; i++) {
                Phone phone = phones[random.nextInt(phones.length)];
                phone.content.reset();
                if (random.nextInt(4) > 0) {
                    phone.receive(1);
                }
                step(phone, random);
            }
            for (Phone phone : phones) {
                phone.close();
            }
            await().atMost(Duration.ofSeconds(40)).until(() -> live.count("running") == 0);
            try (Phone phone = live.phone()) {
                phone.play("> RRQ f octet blksize=4000; < OACK blksize=4000; > ACK 0; < DATA 1 3000; > ACK 1");
            }
            assertThat(live.count("finished")).isPositive();
        } finally {
            quiet.setLevel(null);
        }
    }

    private static void step(Phone phone, Random random) throws IOException {
        int number = random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(8);
        switch (random.nextInt(12)) {
            case 0, 1 -> phone.send(REQUESTS[random.nextInt(REQUESTS.length)]);
            case 2, 3, 4, 5 -> phone.send("ACK " + number);
            case 6, 7 -> phone.send("DATA " + number + ' ' + (random.nextBoolean() ? 512 : random.nextInt(700)));
            case 8 -> phone.send("ERROR " + random.nextInt(10) + " x");
            case 9 -> phone.send("OACK blksize=" + number);
            default -> {
                byte[] bytes = new byte[random.nextInt(80)];
                random.nextBytes(bytes);
                if (bytes.length > 1) {
                    bytes[0] = 0;
                    bytes[1] = (byte) random.nextInt(8);
                }
                phone.send(bytes, random.nextBoolean() || phone.tid == null ? phone.server : phone.tid);
            }
        }
    }
}
