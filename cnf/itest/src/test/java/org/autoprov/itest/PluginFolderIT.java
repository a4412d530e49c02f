// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.autoprov.itest.acme.Behaviour;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vendor bundles that come and go as files, while the server runs. */
class PluginFolderIT {

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data")).ready();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void emptyTheFolder() throws IOException {
        try (var files = Files.list(server.plugins())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Waits.until(() -> !server.shell("plugins").ok().contains("-v"));
    }

    private static Phone.Reply ask(String family, int number, String firmware) throws IOException {
        try (Phone phone = Phone.acme(server.phones(), VendorBundle.vendor(family), number, firmware, "127.0.0.1")) {
            return phone.own(family);
        }
    }

    private static void awaitServed(String family, int number, String bundle) {
        Waits.asserted(() -> {
            Phone.Reply reply = ask(family, number, "1.0");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.value("bundle")).isEqualTo(bundle);
        });
    }

    @Test
    void installsUpgradesAndUninstallsByFile() throws Exception {
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        awaitServed("acme", 1, "1.0");
        String user = ask("acme", 1, "1.0").value("user");

        VendorBundle.of("acme", "2.0").drop(server.plugins(), "acme.jar");
        awaitServed("acme", 1, "2.0");
        assertThat(ask("acme", 1, "1.0").value("user")).isEqualTo(user);
        assertThat(server.shell("device 001122000001").ok()).contains("acme-v1").contains("autoprov");

        Files.delete(server.plugins().resolve("acme.jar"));
        Waits.asserted(() -> assertThat(ask("acme", 1, "1.0").status()).isEqualTo(404));
        assertThat(server.shell("devices --state unconfigured").ok()).contains("00:11:22:00:00:01");

        VendorBundle.of("acme", "2.0").drop(server.plugins(), "again.jar");
        awaitServed("acme", 1, "2.0");
        assertThat(ask("acme", 1, "1.0").value("user")).isEqualTo(user);
    }

    @Test
    void uninstallingLeavesTheOthersRunning() throws Exception {
        VendorBundle.of("leaving", "1.0").drop(server.plugins(), "leaving.jar");
        VendorBundle.of("staying", "1.0").drop(server.plugins(), "staying.jar");
        awaitServed("leaving", 11, "1.0");
        awaitServed("staying", 12, "1.0");
        Files.delete(server.plugins().resolve("leaving.jar"));
        Waits.asserted(() -> assertThat(ask("leaving", 11, "1.0").status()).isEqualTo(404));
        assertThat(ask("staying", 12, "1.0").status()).isEqualTo(200);
    }

    @Test
    void leavesAFileAloneThatIsStillBeingCopied() throws Exception {
        byte[] jar = VendorBundle.of("slow", "1.0").bytes();
        String before = server.log();
        int steps = 8;
        try (OutputStream out = Files.newOutputStream(server.plugins().resolve("slow.jar"))) {
            for (int i = 0; i < steps; i++) {
                out.write(Arrays.copyOfRange(jar, jar.length * i / steps, jar.length * (i + 1) / steps));
                out.flush();
                Thread.sleep(200);
            }
        }
        awaitServed("slow", 21, "1.0");
        assertThat(server.log().substring(before.length())).doesNotContain("ERROR");
    }

    @Test
    void survivesACopyThatPausesInTheMiddle() throws Exception {
        byte[] jar = VendorBundle.of("paused", "1.0").bytes();
        Path file = server.plugins().resolve("paused.jar");
        Files.write(file, Arrays.copyOf(jar, jar.length / 2));
        Waits.until(() -> server.log().contains("paused.jar is not a complete jar"));
        Files.write(file, jar);
        awaitServed("paused", 22, "1.0");
    }

    @Test
    void twoFirmwareLinesServeSideBySide() throws Exception {
        VendorBundle.of("lines", "1.0")
                .plugin("lines-v1", "1\\.", Behaviour.SERVE)
                .plugin("lines-v2", "2\\.", Behaviour.SERVE)
                .drop(server.plugins(), "lines.jar");
        Waits.asserted(() -> assertThat(ask("lines", 31, "1.0").value("plugin")).isEqualTo("lines-v1"));
        assertThat(ask("lines", 32, "2.5").value("plugin")).isEqualTo("lines-v2");
        assertThat(ask("lines", 31, "1.0").value("plugin")).isEqualTo("lines-v1");
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneIsBroken() throws Exception {
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        awaitServed("acme", 1, "1.0");
        VendorBundle.of("acme", "2.0").importing("com.example.missing").drop(server.plugins(), "acme.jar");
        Waits.until(() -> server.log().contains("com.example.missing"));
        assertThat(ask("acme", 1, "1.0").value("bundle")).isEqualTo("1.0");
        VendorBundle.of("acme", "3.0").drop(server.plugins(), "acme.jar");
        awaitServed("acme", 1, "3.0");
    }

    @Test
    void anOlderVersionUnderAnotherNameIsRefused() throws Exception {
        VendorBundle.of("acme", "2.0").drop(server.plugins(), "new.jar");
        awaitServed("acme", 1, "2.0");
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "old.jar");
        Waits.until(() -> server.log().contains("old.jar is ignored"));
        assertThat(ask("acme", 1, "1.0").value("bundle")).isEqualTo("2.0");
    }

    @Test
    void aFileThatMovesToAnotherNameStaysInstalled() throws Exception {
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        awaitServed("acme", 1, "1.0");
        Files.move(server.plugins().resolve("acme.jar"), server.plugins().resolve("renamed.jar"));
        Waits.until(() -> !Files.exists(server.plugins().resolve("acme.jar")));
        Thread.sleep(1500); // time for a wrong decision
        awaitServed("acme", 1, "1.0");
        Files.delete(server.plugins().resolve("renamed.jar"));
        Waits.asserted(() -> assertThat(ask("acme", 1, "1.0").status()).isEqualTo(404));
    }

    @Test
    void comesBackAfterARestart() throws Exception {
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        VendorBundle.of("beta", "1.0").drop(server.plugins(), "beta.jar");
        awaitServed("acme", 1, "1.0");
        awaitServed("beta", 41, "1.0");
        server.stop();
        VendorBundle.of("acme", "2.0")
                .drop(server.plugins(), "acme.jar"); // changed, removed and added while it is down
        Files.delete(server.plugins().resolve("beta.jar"));
        VendorBundle.of("gamma", "1.0").drop(server.plugins(), "gamma.jar");
        server.restart();
        assertThat(ask("acme", 1, "1.0").value("bundle")).isEqualTo("2.0"); // at once: it is there when it is ready
        assertThat(ask("gamma", 42, "1.0").status()).isEqualTo(200);
        assertThat(ask("beta", 41, "1.0").status()).isEqualTo(404);
        assertThat(server.shell("felix:lb plugin.beta").out()).doesNotContain("plugin.beta");
    }
}
