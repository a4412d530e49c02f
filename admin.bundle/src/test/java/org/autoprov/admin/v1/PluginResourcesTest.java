// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TrackedOperation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginResourcesTest {

    @TempDir
    Path folder;

    private final FakePlugins plugins = new FakePlugins();
    private V1Harness server;
    private String master;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder, plugins);
        server.packages = plugins.new Packages();
        server.repository = plugins.new Offers();
        master = server.core.master();
        for (String tenant : List.of(server.east, server.east1, server.west)) {
            server.core.devices.create(
                    "test",
                    Device.create("d-" + tenant).tenant(tenant).plugin("acme-1").build());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private V1Harness.Answer master(String method, String path) throws RefusedException {
        return server.call(master, method, path, null);
    }

    @Test
    void countsOnlyReachedDevicesAndTellsFailuresToTheMaster() throws RefusedException {
        V1Harness.Answer own = server.call(server.east, "GET", "/1/plugins", null);
        assertThat(own.at("items.0.id")).isEqualTo("acme-1");
        assertThat(own.at("items.0.devices")).isEqualTo(2L);
        assertThat(own.at("items.1.devices")).isEqualTo(0L);
        assertThat(own.at("items.0.packages")).isEqualTo(Map.of("installable", List.of("fw"), "installed", List.of()));
        assertThat(own.text()).doesNotContain("foreign device");
        V1Harness.Answer one = master("GET", "/1/plugins/acme-1");
        assertThat(one.at("devices")).isEqualTo(3L);
        assertThat(one.at("failures")).isEqualTo(2L);
        assertThat(one.at("suspended")).isEqualTo(true);
        assertThat(one.at("bundle")).isEqualTo("1.2.3");
        assertThat(one.at("last_failure").toString()).contains("foreign device");
        assertThat(server.call(server.west, "GET", "/1/plugins/acme", null).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /1/plugins/cool-1",
        "POST, /1/plugins/acme-1/upgrade",
        "POST, /1/plugins/acme-1/reload",
        "DELETE, /1/plugins/acme-1",
        "POST, /1/repository/update",
        "GET, /1/repository",
        "POST, /1/plugins/acme-1/packages/fw",
        "DELETE, /1/plugins/acme-1/packages/fw",
        "PUT, /1/plugins/acme-1/packages/files/fw.zip"
    })
    void onlyTheMasterChangesWhatBelongsToAll(String method, String path) throws RefusedException {
        assertThat(server.call(server.east, method, path, null).status()).isEqualTo(403);
        assertThat(plugins.calls).isEmpty();
        assertThat(server.operations.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/1/plugins/cool-1, plugin.install, cool-1, install cool-1",
        "/1/plugins/acme-1/upgrade, plugin.upgrade, acme-1, upgrade acme-1",
        "/1/repository/update, repository.update, '', update",
        "/1/plugins/acme-1/packages/fw, package.install, acme-1/fw, install acme-1 fw"
    })
    void beginsOperationsOfTheWholeServer(String path, String kind, String subject, String call)
            throws RefusedException {
        V1Harness.Answer begun = master("POST", path);
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.at("kind")).isEqualTo(kind);
        assertThat(begun.at("subject")).isEqualTo(subject);
        assertThat(begun.at("tenant")).isNull();
        assertThat(begun.at("current")).isEqualTo(3L);
        assertThat(plugins.calls).singleElement().asString().endsWith(call);
        assertThat(master("GET", begun.header("Location")).status()).isEqualTo(200);
        assertThat(server.call(server.east, "GET", begun.header("Location"), null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void reloadsInTheBackgroundAndTellsHowItEnded() throws RefusedException {
        String good = master("POST", "/1/plugins/acme-1/reload").header("Location");
        String bad = master("POST", "/1/plugins/brio-1/reload").header("Location");
        assertThat(master("GET", good).at("state")).isIn("waiting", "progress");
        plugins.reloading.countDown();
        Awaitility.await()
                .until(() -> server.operations.all().stream()
                        .map(TrackedOperation::operation)
                        .allMatch(operation -> operation.isDone()));
        assertThat(master("GET", good).at("state")).isEqualTo("success");
        assertThat(master("GET", bad).at("state")).isEqualTo("fail");
        assertThat(master("GET", bad).at("reason")).isEqualTo("it does not start again");
    }

    @Test
    void tellsWhatCannotBe() throws RefusedException {
        assertThat(master("POST", "/1/plugins/acme-1").status()).isEqualTo(409);
        assertThat(master("POST", "/1/plugins/nothing").status()).isEqualTo(404);
        assertThat(master("POST", "/1/plugins/nothing/reload").status()).isEqualTo(404);
        assertThat(master("DELETE", "/1/plugins/acme").status()).isEqualTo(404);
        assertThat(master("POST", "/1/plugins/acme-1/packages/nothing").status())
                .isEqualTo(404);
        assertThat(server.call(master, "POST", "/1/repository/update", Map.of("url", "http://evil.example"))
                        .status())
                .isEqualTo(422);
        assertThat(plugins.calls).isEmpty();
        assertThat(master("DELETE", "/1/plugins/acme-1").status()).isEqualTo(204);
        assertThat(plugins.calls).singleElement().asString().endsWith(" uninstall acme-1");
    }

    @Test
    void showsTheRepositoryBesideWhatIsInstalled() throws RefusedException {
        V1Harness.Answer repository = master("GET", "/1/repository");
        assertThat(repository.at("location")).isEqualTo("folder");
        assertThat(repository.at("plugins.0.installed_bundle")).isEqualTo("1.2.3");
        assertThat(repository.at("plugins.0.bundle")).isEqualTo("1.3.0");
        assertThat(repository.at("plugins.1.installed_bundle")).isNull();
    }

    @Test
    void takesAFileAndListsWhatItBrought() throws RefusedException {
        byte[] file = "content".getBytes(StandardCharsets.UTF_8);
        V1Harness.Answer put = server.call(
                master,
                "PUT",
                "/1/plugins/acme-1/packages/files/fw%20a.zip",
                file,
                "Content-Type",
                "application/octet-stream");
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.at("name")).isEqualTo("fw");
        assertThat(put.at("files.0")).isEqualTo("firmware/a.rom");
        assertThat(plugins.calls).singleElement().asString().endsWith(" put fw a.zip content");
        V1Harness.Answer list = server.call(server.east, "GET", put.header("Location"), null);
        assertThat(list.at("items.0.version")).isEqualTo("2");
        assertThat(list.at("items.0.installed.bytes")).isEqualTo(7L);
        assertThat(server.call(
                                master,
                                "PUT",
                                "/1/plugins/acme-1/packages/files/fw.zip",
                                "bad".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(422);
        assertThat(master("DELETE", "/1/plugins/acme-1/packages/fw").status()).isEqualTo(204);
        assertThat(master("GET", "/1/plugins/other/packages").status()).isEqualTo(404);
    }

    @Test
    void worksWithoutAnythingThatHasPackages() throws RefusedException {
        server.packages = null;
        assertThat(master("GET", "/1/plugins").status()).isEqualTo(200);
        assertThat(master("GET", "/1/plugins/acme-1/packages").status()).isEqualTo(404);
        assertThat(master("POST", "/1/plugins/acme-1/packages/fw").status()).isEqualTo(404);
    }
}
