// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autoprov.itest.acme.Behaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor whose code never returns and ignores interrupts. */
class StubbornPluginIT {

    private static final long PATIENCE_NANOS = 1_000_000_000L;

    @TempDir
    Path folder;

    private static Phone.Reply ask(ServerProcess server, String family, int number) throws IOException {
        try (Phone phone = Phone.acme(server.phones(), VendorBundle.vendor(family), number)) {
            return phone.own(family);
        }
    }

    private static void othersAreServedFor(ServerProcess server, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            assertThat(ask(server, "good", 1).status()).isEqualTo(200);
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
            Thread.sleep(50);
        }
    }

    private static void askInTheBackground(ServerProcess server, int number) {
        Thread asking = new Thread(() -> {
            try {
                ask(server, "bad", number);
            } catch (IOException e) {
                // nobody answers it
            }
        });
        asking.setDaemon(true);
        asking.start();
    }

    @Test
    void isSuspendedAndCanBeReplaced() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            VendorBundle.of("good", "1.0").drop(server.plugins(), "good.jar");
            VendorBundle.of("bad", "1.0")
                    .plugin("bad-v1", "1", Behaviour.STUBBORN_GENERATE)
                    .drop(server.plugins(), "bad.jar");
            Waits.until(() ->
                    server.log().contains("family bad 1.0") && server.log().contains("family good"));
            askInTheBackground(server, 5);
            othersAreServedFor(server, 4);
            assertThat(server.shell("plugins").ok()).contains("suspended");
            assertThat(server.log()).contains("ignores interrupts");
            VendorBundle.of("bad", "2.0").drop(server.plugins(), "bad.jar");
            Waits.asserted(
                    () -> assertThat(ask(server, "bad", 6).value("bundle")).isEqualTo("2.0"));
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void anUpgradeToItDoesNotStopThePluginsFolder() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            VendorBundle.of("good", "1.0").drop(server.plugins(), "good.jar");
            VendorBundle.of("bad", "1.0").drop(server.plugins(), "bad.jar");
            Waits.until(() ->
                    server.log().contains("family bad 1.0") && server.log().contains("family good"));
            assertThat(ask(server, "bad", 5).status()).isEqualTo(200); // known now: the upgrade makes its files anew
            VendorBundle.of("bad", "2.0")
                    .plugin("bad-v1", "1", Behaviour.STUBBORN_GENERATE)
                    .drop(server.plugins(), "bad.jar");
            Waits.until(() -> server.log().contains("family bad 2.0"));
            othersAreServedFor(server, 2);
            VendorBundle.of("other", "1.0").drop(server.plugins(), "other.jar");
            Waits.asserted(() -> assertThat(ask(server, "other", 7).status()).isEqualTo(200));
            Files.delete(server.plugins().resolve("bad.jar"));
            Waits.until(() -> !server.shell("plugins").ok().contains("bad-v1"));
        }
    }
}
