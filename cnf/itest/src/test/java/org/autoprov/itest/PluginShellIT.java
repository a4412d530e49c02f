// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.itest.acme.Behaviour;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vendor bundles by the shell: Autoprov's own commands and Felix's. */
class PluginShellIT {

    private static final int FAILED = 1;

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

    private static Phone.Reply ask(String family, int number) throws IOException {
        return ask(family, number, "1.0");
    }

    private static Phone.Reply ask(String family, int number, String firmware) throws IOException {
        try (Phone phone = Phone.acme(server.phones(), VendorBundle.vendor(family), number, firmware, "127.0.0.1")) {
            return phone.own(family);
        }
    }

    private static String jar(String family, String version) throws IOException {
        return VendorBundle.of(family, version)
                .at(folder.resolve(family + "-" + version + ".jar"))
                .toString();
    }

    private static void assertRefused(Program.Result result, String... words) {
        assertThat(result.status()).as(result.out() + result.err()).isEqualTo(FAILED);
        assertThat(result.err().lines())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).startsWith("autoprov:").contains(words));
        assertThat(result.out()).isEmpty();
    }

    @Test
    void installsUpgradesAndUninstalls() throws Exception {
        assertThat(server.shell("install", jar("acme", "1.0")).ok()).contains("acme-v1");
        assertThat(ask("acme", 1).value("bundle")).isEqualTo("1.0");
        String user = ask("acme", 1).value("user");

        assertThat(server.shell("upgrade", "file:" + jar("acme", "2.0")).ok()).contains("acme-v1");
        assertThat(ask("acme", 1).value("bundle")).isEqualTo("2.0");
        assertThat(server.shell("plugins").ok()).contains("acme-v1");

        server.restart();
        assertThat(ask("acme", 1).value("bundle")).isEqualTo("2.0");
        assertThat(ask("acme", 1).value("user")).isEqualTo(user);

        server.shell("uninstall acme").ok();
        assertThat(ask("acme", 1).status()).isEqualTo(404);
        assertThat(server.shell("device 001122000001").ok()).contains("unconfigured");
        try (var files = Files.list(server.plugins())) {
            assertThat(files).noneMatch(file -> file.toString().contains("acme"));
        }
        server.restart();
        assertThat(ask("acme", 1).status()).isEqualTo(404);
    }

    @Test
    void refusesWithOneLineAndStatusOne() throws Exception {
        assertRefused(server.shell("install nosuch"), "nosuch");
        assertRefused(server.shell("upgrade snom"), "snom", "not installed");
        assertRefused(server.shell("uninstall nosuch"), "nosuch");
        Path noJar = Files.writeString(folder.resolve("text.jar"), "no jar at all");
        assertRefused(server.shell("install", noJar.toString()), "text.jar");
        server.shell("install", jar("twice", "1.0")).ok();
        assertRefused(server.shell("install", jar("twice", "1.0")), "installed already");
        assertRefused(server.shell("upgrade", jar("twice", "1.0")), "installed already");
    }

    @Test
    void hasItsOwnExitStatuses() {
        assertThat(server.shell("status").status()).isZero();
        assertThat(server.shell("no-such-command").status()).isEqualTo(64);
        assertThat(server.shell("device").status()).isEqualTo(64);
        assertThat(server.shell("device ffffffffffff").status()).isEqualTo(FAILED);
        Program.Result nobody =
                Program.autoprov("shell", "--data", folder.resolve("none").toString(), "status");
        assertThat(nobody.status()).isEqualTo(69);
        assertThat(nobody.err().lines()).hasSize(1).allMatch(line -> line.startsWith("autoprov:"));
    }

    @Test
    void remembersWhichPluginsAreEnabled() throws Exception {
        Path file = VendorBundle.of("lines", "1.0")
                .plugin("lines-v1", "1\\.", Behaviour.SERVE)
                .plugin("lines-v2", "2\\.", Behaviour.SERVE)
                .at(folder.resolve("lines.jar"));
        server.shell("install", file.toString()).ok();
        assertThat(ask("lines", 51, "1.0").value("plugin")).isEqualTo("lines-v1");
        assertThat(ask("lines", 52, "2.0").value("plugin")).isEqualTo("lines-v2");

        server.shell("uninstall lines-v2").ok();
        assertThat(ask("lines", 51, "1.0").status()).isEqualTo(200);
        assertThat(ask("lines", 52, "2.0").status()).isEqualTo(404);
        server.restart();
        assertThat(server.shell("plugins").ok()).contains("lines-v1").doesNotContain("lines-v2");
        assertThat(ask("lines", 52, "2.0").status()).isEqualTo(404);

        assertThat(server.shell("install lines-v2").ok()).contains("lines-v2");
        assertThat(ask("lines", 52, "2.0").status()).isEqualTo(200);
        server.shell("uninstall lines-v1").ok();
        server.shell("uninstall lines-v2").ok();
        assertThat(server.shell("felix:lb plugin.lines").out()).doesNotContain("plugin.lines");
    }

    @Test
    void installsOnePluginOfAShippedFamily() throws Exception {
        assertThat(server.shell("install yealink-v86").ok())
                .contains("yealink-v86")
                .doesNotContain("yealink-v85");
        try (Phone phone = Phone.yealink(server.phones(), 1, "127.0.0.1")) {
            assertThat(phone.get("/" + phone.mac() + ".cfg").status()).isEqualTo(200);
        }
        assertThat(server.shell("install yealink").ok()).contains("yealink-v85");
        server.shell("uninstall yealink").ok();
        assertThat(server.shell("available").ok()).contains("yealink").contains("snom");
    }

    private static String bundleId(String family) {
        String list = server.shell("felix:lb -s plugin." + family).ok();
        Matcher id = Pattern.compile("(?m)^\\s*([0-9]+)\\s*\\|").matcher(list);
        assertThat(id.find()).as(list).isTrue();
        return id.group(1);
    }

    @Test
    void felixStopsStartsAndUpdatesAVendorBundle() throws Exception {
        server.shell("install", jar("updated", "1.0")).ok();
        assertThat(ask("updated", 61).value("bundle")).isEqualTo("1.0");
        String id = bundleId("updated");

        server.shell("felix:update " + id + " file:" + jar("updated", "2.0")).ok();
        Waits.asserted(() -> assertThat(ask("updated", 61).value("bundle")).isEqualTo("2.0"));

        server.shell("felix:stop " + id).ok();
        Waits.asserted(() -> assertThat(ask("updated", 61).status()).isEqualTo(404));
        server.shell("felix:start " + id).ok();
        Waits.asserted(() -> assertThat(ask("updated", 61).status()).isEqualTo(200));

        server.shell("felix:uninstall " + id).ok();
        Waits.asserted(() -> assertThat(ask("updated", 61).status()).isEqualTo(404));
    }

    @Test
    void felixInstallsAVendorBundle() throws Exception {
        String said = server.shell("felix:install file:" + jar("byhand", "1.0")).ok();
        Matcher id = Pattern.compile("([0-9]+)").matcher(said);
        assertThat(id.find()).as(said).isTrue();
        server.shell("felix:start " + id.group(1)).ok();
        Waits.asserted(() -> assertThat(ask("byhand", 71).value("bundle")).isEqualTo("1.0"));
        assertThat(server.shell("plugins").ok()).contains("byhand-v1");
        server.restart();
        Waits.asserted(() -> assertThat(ask("byhand", 71).status()).isEqualTo(200));
    }
}
