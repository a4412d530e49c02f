// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator's own templates beside the bundle's. */
class CustomTemplatesIT {

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data")).ready();
        VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
        Waits.until(() -> server.log().contains("family acme"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Phone.Reply ask() throws IOException {
        try (Phone phone = Phone.acme(server.phones(), "Acme", 1)) {
            return phone.own("acme");
        }
    }

    private static void awaitValue(String name, String value) {
        Waits.asserted(() -> assertThat(ask().value(name)).isEqualTo(value));
    }

    @Test
    void winsSurvivesUpgradeAndUninstallAndIsReportedWhenFaulty() throws Exception {
        awaitValue("bundle", "1.0");
        String user = ask().value("user");
        Path templates = Files.createDirectories(server.data().resolve("templates/acme-v1"));
        Path own = templates.resolve("phone.cfg.ftl");

        Files.writeString(own, "bundle=${bundle}\nmac=${device.mac}\nours=1\n");
        awaitValue("ours", "1"); // without a restart

        VendorBundle.of("acme", "2.0").drop(server.plugins(), "acme.jar");
        awaitValue("bundle", "2.0");
        assertThat(ask().value("ours")).isEqualTo("1");

        Files.delete(server.plugins().resolve("acme.jar"));
        Waits.asserted(() -> assertThat(ask().status()).isEqualTo(404));
        assertThat(own).exists();
        VendorBundle.of("acme", "2.0").drop(server.plugins(), "acme.jar");
        awaitValue("ours", "1");

        Files.writeString(own, "bundle=mine\n\n<#if >\n");
        awaitValue("ours", null);
        assertThat(ask().value("bundle")).isEqualTo("2.0"); // the bundle's own goes on
        assertThat(ask().value("user")).isEqualTo(user);
        Waits.asserted(() -> assertThat(server.log().lines().filter(line -> line.contains("phone.cfg.ftl")))
                .anySatisfy(line -> assertThat(line).contains("acme-v1").contains("line 3")));

        Files.writeString(own, "bundle=mine\n${nosuch}\n"); // faulty only when it is used
        Waits.asserted(() -> {
            assertThat(ask().value("bundle")).isEqualTo("2.0");
            assertThat(server.log()).contains("nosuch");
        });

        Files.writeString(own, "bundle=mine\n");
        awaitValue("bundle", "mine");
        Files.writeString(templates.resolve("A10.phone.cfg.ftl"), "bundle=model\n");
        awaitValue("bundle", "model");
        Files.writeString(templates.resolve("001122000001.acme.ftl"), "bundle=phone\n");
        awaitValue("bundle", "phone");

        server.restart();
        assertThat(ask().value("bundle")).isEqualTo("phone");

        Files.delete(templates.resolve("001122000001.acme.ftl"));
        Files.delete(templates.resolve("A10.phone.cfg.ftl"));
        Files.delete(own);
        awaitValue("bundle", "2.0");
        assertThat(ask().value("user")).isEqualTo(user);
    }
}
