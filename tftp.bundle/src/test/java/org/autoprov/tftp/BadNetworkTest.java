// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every transfer ends right, whatever the network does. */
final class BadNetworkTest {

    @TempDir
    Path folder;

    /** A reader as phones have them: repeats its last packet after a while, reports holes of the window. */
    private static byte[] read(Relay relay, String name, int block, int window) throws IOException {
        try (Phone phone = new Phone("127.0.0.1", relay.port())) {
            String last = "RRQ " + name + " octet blksize=" + block + " windowsize=" + window;
            phone.send(last);
            int expected = 1;
            int inWindow = 0;
            boolean opened = false;
            boolean reported = false;
            for (int silence = 0; silence < 60; ) {
                int before = phone.content.size();
                byte[] kept = phone.content.toByteArray();
                String packet = phone.receive(300);
                if (packet == null) {
                    silence++;
                    phone.send(last);
                    reported = false;
                    continue;
                }
                assertThat(packet).doesNotStartWith("ERROR");
                silence = 0;
                if (packet.startsWith("OACK")) {
                    if (!opened || expected == 1) {
                        opened = true;
                        last = "ACK 0";
                        phone.send(last);
                    }
                    continue;
                }
                String[] words = packet.split(" ");
                int number = Integer.parseInt(words[1]);
                if (number != (expected & 0xffff)) {
                    phone.content.reset();
                    phone.content.write(kept);
                    int ahead = (short) (number - expected);
                    if (ahead > 0 && !reported || ahead == -1) {
                        last = "ACK " + (expected - 1 & 0xffff);
                        phone.send(last);
                        inWindow = 0;
                        reported = ahead > 0;
                    }
                    continue;
                }
                reported = false;
                expected++;
                inWindow++;
                boolean end = phone.content.size() - before < block;
                if (inWindow == window || end) {
                    inWindow = 0;
                    last = "ACK " + number;
                    phone.send(last);
                }
                if (end) {
                    phone.send(last); // and hope that one of the two arrives
                    return phone.content.toByteArray();
                }
            }
            throw new SocketTimeoutException(name);
        }
    }

    @Test
    @Timeout(120)
    void everyReadEndsRight() throws Exception {
        Path image = folder.resolve("image");
        Files.write(image, LiveServer.bytes(150_000));
        ExecutorService phones = Executors.newFixedThreadPool(16);
        try (LiveServer live = new LiveServer()) {
            live.core.put("cfg", LiveServer.bytes(4_096));
            live.core.put("image", image);
            List<Future<byte[]>> reads = new ArrayList<>();
            List<byte[]> expected = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                int number = i;
                boolean small = i % 2 == 0;
                reads.add(phones.submit(() -> {
                    try (Relay relay = new Relay(live.port(), number, 5, 5, 10)) {
                        return read(relay, small ? "cfg" : "image", small ? 512 : 1_428, 1 + number % 16);
                    }
                }));
                expected.add(LiveServer.bytes(small ? 4_096 : 150_000));
            }
            for (int i = 0; i < reads.size(); i++) {
                assertThat(reads.get(i).get(100, TimeUnit.SECONDS))
                        .as("phone " + i)
                        .isEqualTo(expected.get(i));
            }
            assertThat(live.count("retransmissions")).isPositive();
        } finally {
            phones.shutdownNow();
        }
    }

    /**
     * Programs retransmit after five seconds, some only so often: so short files, and all at once. No packet comes
     * twice, because curl takes the first part of a file for the second when an OACK does.
     */
    @Test
    @Timeout(120)
    void otherClientsEndRight() throws Exception {
        List<String> readers = Programs.installed(Programs.STURDY_READERS);
        List<String> writers = Programs.installed(Programs.WRITERS);
        assumeThat(readers).as("a TFTP client is installed").isNotEmpty();
        ExecutorService phones = Executors.newCachedThreadPool();
        try (LiveServer live = new LiveServer(LiveServer.limits(1_000, 1_000, 32))) {
            live.core.put("cfg", LiveServer.bytes(3_000));
            live.core.put("image", LiveServer.bytes(100_000));
            List<Future<Path>> reads = new ArrayList<>();
            List<Future<Path>> writes = new ArrayList<>();
            for (int i = 0; i < 2 * readers.size(); i++) {
                String command = readers.get(i % readers.size());
                Path out = folder.resolve("out" + i);
                reads.add(phones.submit(
                        () -> through(live, command, Programs.isPatient(command) ? "cfg" : "image", out)));
            }
            for (int i = 0; i < 2 * writers.size(); i++) {
                String command = writers.get(i % writers.size());
                Path in = Files.write(folder.resolve("in" + i), LiveServer.bytes(4_000 + i));
                String name = "up" + i;
                writes.add(phones.submit(() -> through(live, command, name, in)));
            }
            for (int i = 0; i < reads.size(); i++) {
                String command = readers.get(i % readers.size());
                assertThat(reads.get(i).get())
                        .as(command)
                        .hasBinaryContent(LiveServer.bytes(Programs.isPatient(command) ? 3_000 : 100_000));
            }
            for (int i = 0; i < writes.size(); i++) {
                writes.get(i).get();
                assertThat(live.core.uploaded.get("up" + i))
                        .as(writers.get(i % writers.size()))
                        .isEqualTo(LiveServer.bytes(4_000 + i));
            }
        } finally {
            phones.shutdownNow();
        }
    }

    private static Path through(LiveServer live, String command, String name, Path local) throws Exception {
        try (Relay relay = new Relay(live.port(), local.getFileName().hashCode(), 5, 0, 10)) {
            Programs.run(Programs.fill(command, "127.0.0.1", relay.port(), name, local));
        }
        return local;
    }

    @Test
    @Timeout(60)
    void everyWriteEndsRight() throws Exception {
        try (LiveServer live = new LiveServer()) {
            for (int seed = 0; seed < 8; seed++) {
                try (Relay relay = new Relay(live.port(), seed, 5, 5, 10);
                        Phone phone = new Phone("127.0.0.1", relay.port())) {
                    write(phone, "f" + seed, 40);
                }
                assertThat(live.core.uploaded.get("f" + seed)).hasSize(39 * 512 + 7);
            }
        }
    }

    private static void write(Phone phone, String name, int blocks) throws IOException {
        String packet = "WRQ " + name + " octet";
        for (int block = 0; block <= blocks; block++) {
            if (block > 0) {
                packet = "DATA " + block + (block < blocks ? " 512" : " 7");
            }
            int tries = 0;
            for (String answer = ""; !answer.equals("ACK " + block); answer = String.valueOf(phone.receive(300))) {
                assertThat(answer).doesNotStartWith("ERROR");
                if (answer.isEmpty() || answer.equals("null")) {
                    assertThat(tries++).isLessThan(30);
                    phone.send(packet);
                }
            }
        }
    }
}
