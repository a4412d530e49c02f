// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.itest.acme.Behaviour;
import org.autoprov.itest.acme.EverySecondActivator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are started anew, and their settings, in the running server. */
class PluginReloadIT {

    private static final int RELOADS = 5;

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static Administrator administrator;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data")).ready();
        administrator = new Administrator(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void install(VendorBundle bundle, String family) throws IOException {
        bundle.drop(server.plugins(), family + ".jar");
        Waits.until(() -> server.log().contains("family " + family + " "));
    }

    private static Phone.Reply ask(String family, int number) throws IOException {
        try (Phone phone = Phone.acme(server.phones(), VendorBundle.vendor(family), number)) {
            return phone.own(family);
        }
    }

    private static HttpResponse<String> reload(String plugin) throws Exception {
        return administrator.send("POST", "/0.2/pg_mgr/reload", "{\"id\":\"" + plugin + "\"}");
    }

    @Test
    void aSuspendedPluginServesAgain() throws Exception {
        install(VendorBundle.of("stuck", "1.0").plugin("stuck-v1", "1", Behaviour.STUBBORN_AT_FIRST), "stuck");
        Thread caller = new Thread(() -> {
            try {
                ask("stuck", 1);
            } catch (IOException e) {
                // this one gets no answer
            }
        });
        caller.start();
        Waits.until(() -> server.shell("plugins").ok().contains("suspended"));
        server.shell("plugin", "reload", "stuck-v1").ok();
        assertThat(ask("stuck", 2).status()).isEqualTo(200);
        assertThat(server.shell("plugins").ok().lines().filter(line -> line.contains("stuck-v1")))
                .singleElement()
                .asString()
                .contains("active")
                .doesNotContain("failure");
        assertThat(server.shell("device 001122000002").ok()).contains("autoprov");
        caller.join(20_000);
    }

    @Test
    void aBundleThatDoesNotStartAgainIsOneSentenceAndItsDevicesAreUnconfigured() throws Exception {
        install(VendorBundle.of("fine", "1.0"), "fine");
        install(
                VendorBundle.of("moody", "1.0").header("Bundle-Activator", EverySecondActivator.class.getName()),
                "moody");
        assertThat(ask("moody", 11).status()).isEqualTo(200);

        HttpResponse<String> failed = reload("moody-v1");
        assertThat(failed.statusCode()).isEqualTo(400);
        assertThat(failed.body().strip()).hasLineCount(1).contains("moody.jar is not in service");
        assertThat(ask("moody", 11).status()).isEqualTo(404);
        assertThat(administrator.get("/0.2/dev_mgr/devices").toString())
                .contains("\"mac\":\"00:11:22:00:00:0b\"")
                .containsPattern("\\{[^{}]*00:11:22:00:00:0b[^{}]*\"configured\":false");
        assertThat(ask("fine", 12).status()).isEqualTo(200);

        assertThat(reload("moody-v1").statusCode()).isEqualTo(204);
        assertThat(ask("moody", 11).status()).isEqualTo(200);
        assertThat(server.shell("audit").ok()).containsPattern("reload +plugin +moody +failed");
        assertThat(reload("other-v1").body()).contains("plugin other-v1 is not installed");
    }

    @Test
    void noRequestIsLostWhileAPluginIsReloaded() throws Exception {
        install(VendorBundle.of("busy", "1.0"), "busy");
        assertThat(ask("busy", 21).status()).isEqualTo(200);
        URI phones = server.phones();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Thread caller = new Thread(() -> {
            try (Phone phone = Phone.acme(phones, "Busy", 21)) {
                while (!enough.get()) {
                    Phone.Reply reply = phone.own("busy");
                    if (reply.status() == 200 && "1.0".equals(reply.value("bundle"))) {
                        served.incrementAndGet();
                    } else {
                        wrong.add(reply.status() + " " + reply.body());
                    }
                }
            } catch (IOException e) {
                wrong.add(e.toString());
            }
        });
        caller.start();
        for (int i = 0; i < RELOADS; i++) {
            assertThat(reload("busy-v1").statusCode()).isEqualTo(204);
        }
        enough.set(true);
        caller.join(20_000);
        assertThat(wrong).isEmpty();
        assertThat(served.get()).isGreaterThan(RELOADS);
    }

    @Test
    void whatABundleLetsBeSetIsSetForItsPhonesAndStaysSo() throws Exception {
        install(
                VendorBundle.of("tuned", "1.0")
                        .plugin("tuned-v1", "1", Behaviour.SERVE)
                        .fact("\"settings\": [{ \"id\": \"ring\", \"type\": \"integer\", \"value\": 3,"
                                + " \"description\": \"Ring tone\" }]")
                        .template("phone.cfg.ftl", "ring=${plugin_settings.ring}\n"),
                "tuned");
        String settings = "/0.2/pg_mgr/plugins/tuned-v1/configure";
        assertThat(ask("tuned", 31).value("ring")).isEqualTo("3");
        assertThat(administrator.get(settings).toString()).contains("Ring tone", "\"value\":3");
        assertThat(administrator.get("/0.2/pg_mgr/plugins/tuned-v1").toString()).contains("srv.configure");

        assertThat(administrator
                        .send("PUT", settings + "/ring", "{\"param\":{\"value\":7}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(ask("tuned", 31).value("ring")).isEqualTo("7");
        HttpResponse<String> wrong = administrator.send("PUT", settings + "/ring", "{\"param\":{\"value\":\"loud\"}}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("ring must be a whole number");

        server.restart();
        assertThat(ask("tuned", 31).value("ring")).isEqualTo("7");
        server.shell("plugin", "set", "tuned-v1", "ring").ok();
        assertThat(ask("tuned", 31).value("ring")).isEqualTo("3");
    }
}
