// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder without room, and one that has become read-only. */
class DiskIT {

    private static final int KNOWN = 5;

    @TempDir
    Path folder;

    private static String user(URI phones, int number) throws IOException {
        try (Phone phone = Phone.acme(phones, "Acme", number)) {
            Phone.Reply reply = phone.own("acme");
            assertThat(reply.status()).isEqualTo(200);
            return reply.value("user");
        }
    }

    private static void assertRefused(Program.Result result) {
        assertThat(result.status()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1).allMatch(line -> line.startsWith("autoprov:"));
        assertThat(result.out()).isEmpty();
    }

    @Test
    void servesKnownPhonesAndRefusesChangesWhileTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        boolean mounted =
                Program.run(Map.of(), "mount", List.of("-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()))
                                .status()
                        == 0;
        Assumptions.assumeTrue(mounted, "mounting a small file system is not allowed here");
        try {
            Path data = disk.resolve("data");
            String[] users = new String[KNOWN + 1];
            try (ServerProcess server = ServerProcess.in(data).ready()) {
                VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
                Waits.until(() -> server.log().contains("family acme"));
                for (int number = 1; number <= KNOWN; number++) {
                    users[number] = user(server.phones(), number);
                }
                Path ballast = disk.resolve("ballast");
                fill(ballast);

                int refused = 0;
                for (int number = 100; number < 400; number++) { // some pages of the log file may still be free
                    try (Phone phone = Phone.acme(server.phones(), "Acme", number)) {
                        Phone.Reply reply = phone.own("acme");
                        assertThat(reply.status()).isIn(200, 503);
                        refused += reply.status() == 503 ? 1 : 0;
                    }
                    if (refused == 5) {
                        break;
                    }
                }
                assertThat(refused).isEqualTo(5);
                for (int number = 1; number <= KNOWN; number++) {
                    assertThat(user(server.phones(), number)).isEqualTo(users[number]);
                }
                assertRefused(server.shell("line add --tenant master --user x --password y"));
                assertRefused(server.shell("install snom"));
                assertThat(server.shell("plugins").ok()).contains("acme-v1").doesNotContain("snom");
                assertThat(server.shell("lines").ok()).contains("no such line");
                assertThat(server.log()).doesNotContain("\tat ");

                Files.delete(ballast);
                Waits.until(() -> server.shell("line add --tenant master --user x --password y")
                                .status()
                        == 0);
                assertThat(user(server.phones(), 500)).isNotNull();
                for (int number = 1; number <= KNOWN; number++) {
                    assertThat(user(server.phones(), number)).isEqualTo(users[number]);
                }
                String later = user(server.phones(), 500);
                server.restart();
                assertThat(user(server.phones(), 500)).isEqualTo(later);
                assertThat(user(server.phones(), 1)).isEqualTo(users[1]);
                assertThat(server.shell("lines").ok()).contains("master");
            }
        } finally {
            Program.run(Map.of(), "umount", List.of("-l", disk.toString())).ok();
        }
    }

    private static void fill(Path file) {
        byte[] some = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException e) {
            // full, as it should be
        }
    }

    @Test
    void servesKnownPhonesWhenTheFolderHasBecomeReadOnly() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        ServerProcess.Start start = ServerProcess.in(data);
        if (System.getProperty("user.name").equals("root")) { // root may write whatever the mode says
            Assumptions.assumeTrue(
                    Program.run(Map.of(), "setpriv", List.of("--reuid=65534", "--clear-groups", "true"))
                                    .status()
                            == 0,
                    "becoming another user is not allowed here");
            Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Program.run(Map.of(), "chown", List.of("65534", data.toString())).ok();
            start.by("setpriv", "--reuid=65534", "--clear-groups");
        }
        try (ServerProcess server = start.ready()) {
            VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
            Waits.until(() -> server.log().contains("family acme"));
            String user = user(server.phones(), 1);
            mode(data, "a-w");
            try {
                assertThat(user(server.phones(), 1)).isEqualTo(user);
                assertRefused(server.shell("install snom"));
                assertThat(server.shell("plugins").ok()).contains("acme-v1").doesNotContain("snom");
                assertThat(user(server.phones(), 1)).isEqualTo(user);
                assertThat(server.log()).doesNotContain("\tat ");
            } finally {
                mode(data, "u+w");
            }
            server.shell("install snom").ok();
            server.restart();
            assertThat(user(server.phones(), 1)).isEqualTo(user);
        }
    }

    private static void mode(Path root, String change) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all.filter(Files::isDirectory)::iterator) {
                Program.run(Map.of(), "chmod", List.of(change, path.toString())).ok();
            }
        }
    }
}
