// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones ask without a pause while their family is replaced: none is refused, none gets another's file. */
class UpgradeUnderLoadIT {

    private static final int PHONES = 20;
    private static final int THREADS = 4;
    private static final long BETWEEN_MILLIS = 150;

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data")).set("log.level=warn").ready();
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        VendorBundle.of("beta", "1.0").drop(server.plugins(), "beta.jar");
        Waits.until(() -> server.shell("plugins").ok().contains("acme-v1")
                && server.shell("plugins").ok().contains("beta-v1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(String version) throws IOException {
        return VendorBundle.of("acme", version)
                .at(folder.resolve("acme-" + version + ".jar"))
                .toString();
    }

    private interface Change {
        void make(int turn) throws Exception;
    }

    private static void underLoad(int turns, Change change) throws Exception {
        URI phones = server.phones();
        underLoad(number -> Phone.acme(phones, "Acme", number), turns, change);
    }

    private static void underLoad(IntFunction<Telephone> kind, int turns, Change change) throws Exception {
        Set<String> bundles = ConcurrentHashMap.newKeySet();
        try (Load load = new Load(kind, PHONES, THREADS, reply -> bundles.add(reply.value("bundle")))) {
            String before = server.shell("devices").ok();
            for (int turn = 0; turn < turns; turn++) {
                long served = load.served();
                change.make(turn);
                Waits.until(() -> load.served() > served + PHONES);
                Thread.sleep(BETWEEN_MILLIS);
            }
            load.finish();
            assertThat(load.faults()).isEmpty();
            assertThat(load.served()).isGreaterThan(turns * (long) PHONES);
            assertThat(bundles).containsExactlyInAnyOrder("1.0", "2.0");
            assertThat(server.shell("devices").ok().lines())
                    .hasSameSizeAs(before.lines().toList());
        }
        assertThat(server.log()).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    void losesNoRequestWhenFilesAreReplaced() throws Exception {
        underLoad(10, turn -> {
            String version = turn % 2 == 0 ? "2.0" : "1.0";
            VendorBundle.of("acme", version).drop(server.plugins(), "acme.jar");
            Waits.until(() -> server.shell("felix:lb -s plugin.acme").ok().contains("(" + version + ".0)"));
        });
    }

    @Test
    void losesNoRequestWhenTheShellUpgrades() throws Exception {
        String[] versions = {path("2.0"), path("1.0")};
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        Waits.until(() -> server.shell("felix:lb -s plugin.acme").ok().contains("(1.0.0)"));
        underLoad(10, turn -> server.shell("upgrade", versions[turn % 2]).ok());
    }

    @Test
    void losesNoRequestWhenFelixUpdates() throws Exception {
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        Waits.until(() -> server.shell("felix:lb -s plugin.acme").ok().contains("(1.0.0)"));
        String list = server.shell("felix:lb -s plugin.acme").ok();
        var id = java.util.regex.Pattern.compile("(?m)^\\s*([0-9]+)\\s*\\|").matcher(list);
        assertThat(id.find()).isTrue();
        String[] versions = {path("2.0"), path("1.0")};
        underLoad( // an even number: the file in the folder is what serves at the end
                4,
                turn -> server.shell("felix:update " + id.group(1) + " file:" + versions[turn % 2])
                        .ok());
    }

    @Test
    void losesNoRequestByTftpEither() throws Exception {
        String[] versions = {path("2.0"), path("1.0")};
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        Waits.until(() -> server.shell("felix:lb -s plugin.acme").ok().contains("(1.0.0)"));
        URI tftp = server.tftp();
        underLoad(
                number -> TftpPhone.acme(tftp, number),
                10,
                turn -> server.shell("upgrade", versions[turn % 2]).ok());
    }
}
