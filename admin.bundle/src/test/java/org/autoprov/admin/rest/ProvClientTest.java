// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each thing that the known client does works. */
final class ProvClientTest {

    private LiveApi api;
    private ProvClient client;

    @BeforeEach
    void open() throws IOException {
        api = new LiveApi();
        client = new ProvClient(api.port(), "master", FakeIdentity.SUB);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static void refused(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ProvClient.RefusedCallException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.status).isEqualTo(status));
    }

    @Test
    void asksForTheStatus() throws IOException {
        assertThat(client.get("/status").get("rest_api")).isEqualTo("ok");
    }

    @Test
    void worksWithDevices() throws IOException {
        Map<?, ?> made = client.create("/dev_mgr/devices", "device", Map.of("mac", "80:5e:c0:01:02:03", "vendor", "B"));
        client.create("/dev_mgr/devices", "device", Map.of("id", "second", "vendor", "A"));
        String path = "/dev_mgr/devices/" + made.get("id");
        Map<?, ?> device = (Map<?, ?>) client.get(path).get("device");
        assertThat(device.get("vendor")).isEqualTo("B");
        assertThat(device.get("is_new")).isEqualTo(false);
        assertThat((List<?>) client.list("/dev_mgr/devices", Map.of(), "vendor", "asc", null)
                        .get("devices"))
                .extracting(item -> (Object) ((Map<?, ?>) item).get("vendor"))
                .containsExactly("A", "B");
        assertThat((List<?>) client.list("/dev_mgr/devices", Map.of("id", "second"), "id", "desc", true)
                        .get("devices"))
                .hasSize(1);
        Map<String, Object> changed = new HashMap<>();
        device.forEach((key, value) -> changed.put((String) key, value));
        changed.put("description", "lobby");
        assertThat(client.put(path, Map.of("device", changed))).isEqualTo(204);
        assertThat(((Map<?, ?>) client.get(path).get("device")).get("description"))
                .isEqualTo("lobby");
        assertThat(client.post("/dev_mgr/reconfigure", Map.of("id", "second"))).isEqualTo(204);
        assertThat(client.post(
                        "/dev_mgr/dhcpinfo",
                        Map.of(
                                "dhcp_info",
                                Map.of(
                                        "op",
                                        "commit",
                                        "ip",
                                        "10.0.0.7",
                                        "mac",
                                        "80:5e:c0:01:02:03",
                                        "options",
                                        List.of()))))
                .isEqualTo(204);
        String operation = client.begin("/dev_mgr/synchronize", Map.of("id", "second"));
        assertThat(client.status(operation)).isEqualTo("fail");
        assertThat(client.delete(operation)).isEqualTo(204);
        assertThat(client.delete(path)).isEqualTo(204);
        refused(404, () -> client.delete(path));
    }

    @Test
    void createsAConfigWhereReplacingFoundNone() throws IOException {
        Map<String, Object> config = Map.of(
                "id", "c", "X_type", "registrar", "displayname", "C", "parent_ids", List.of(), "raw_config", Map.of());
        client.create("/dev_mgr/devices", "device", Map.of("id", "d"));
        assertThat(client.put("/dev_mgr/devices/d", Map.of("device", Map.of("id", "d", "config", "c"))))
                .isEqualTo(204);
        refused(404, () -> client.put("/cfg_mgr/configs/c", Map.of("config", config)));
        assertThat(client.create("/cfg_mgr/configs", "config", config).get("id"))
                .isEqualTo("c");
        assertThat(client.put("/cfg_mgr/configs/c", Map.of("config", config))).isEqualTo(204);
        assertThat(client.get("/cfg_mgr/configs/c").get("config")).isEqualTo(config);
        assertThat(client.get("/cfg_mgr/configs/c/raw").get("raw_config")).isInstanceOf(Map.class);
        assertThat((List<?>) client.listOfType("registrar").get("configs")).hasSize(1);
        assertThat((List<?>) client.listOfType("device").get("configs")).isEmpty();
        assertThat((List<?>) client.list(
                                "/cfg_mgr/configs",
                                Map.of("id", "c", "X_type", "registrar"),
                                "displayname",
                                "asc",
                                null)
                        .get("configs"))
                .hasSize(1);
        assertThat(client.delete("/cfg_mgr/configs/c")).isEqualTo(204);
        refused(404, () -> client.delete("/cfg_mgr/configs/c"));
    }

    @Test
    void asksForAnOnboardingConfig() throws IOException {
        api.configs.configs.put("autoprov", Config.of("autoprov", List.of(), Map.of()));
        LiveApi.Answer answer = api.call("POST", "/0.2/cfg_mgr/autocreate", "sub", "{}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsEntry("location", "/0.2/cfg_mgr/autocreate/autoprov7f9c");
        assertThat(answer.body()).isEqualTo("{\"id\":\"autoprov7f9c\"}");
    }

    @Test
    void setsAndUnsetsParameters() throws IOException {
        Map<String, Object> none = new HashMap<>();
        none.put("value", null);
        assertThat(client.put("/configure/locale", Map.of("param", Map.of("value", "fr_FR"))))
                .isEqualTo(204);
        assertThat(client.get("/configure/locale").get("param")).isEqualTo(Map.of("value", "fr_FR"));
        assertThat(client.put("/configure/locale", Map.of("param", none))).isEqualTo(204);
        assertThat(client.get("/configure/locale").get("param")).isEqualTo(none);
        assertThat((List<?>) client.get("/configure").get("params")).hasSize(7);
        refused(400, () -> client.put("/configure/locale", Map.of("param", Map.of())));
    }

    @Test
    void worksWithPluginsAndTheirPackages() throws IOException {
        String update = client.begin("/pg_mgr/install/update", Map.of());
        api.core.last.progress(0, 0);
        assertThat(client.status(update)).isEqualTo("update|progress;0");
        String install = client.begin("/pg_mgr/install/install", Map.of("id", FakeServer.OFFERED));
        assertThat(client.status(install)).isEqualTo("install|progress(download|progress;0/5120)");
        assertThat(client.delete(install)).isEqualTo(204);
        assertThat(client.get("/pg_mgr/plugins").get("plugins")).asString().contains(FakeServer.PLUGIN);
        assertThat(client.get("/pg_mgr/plugins/acme-1.2/info").get("plugin_info"))
                .asString()
                .contains("version=1.4");
        assertThat((Map<?, ?>) client.get("/pg_mgr/install/installed").get("pkgs"))
                .hasSize(1);
        assertThat((Map<?, ?>) client.get("/pg_mgr/install/installable").get("pkgs"))
                .hasSize(1);
        String packages = "/pg_mgr/plugins/acme-1.2/install";
        assertThat(client.status(client.begin(packages + "/install", Map.of("id", "A1-fw"))))
                .isEqualTo("install_pkg|progress");
        api.core.packages.add("A1-fw");
        assertThat(client.get(packages + "/installed").get("pkgs"))
                .isEqualTo(Map.of("A1-fw", Map.of("version", "8.1", "description", "Firmware for A1")));
        assertThat(client.get(packages + "/installable").get("pkgs")).asString().contains("dsize=900");
        assertThat(client.status(client.begin(packages + "/upgrade", Map.of("id", "A1-fw"))))
                .isEqualTo("install_pkg|progress");
        assertThat(client.post(packages + "/uninstall", Map.of("id", "A1-fw"))).isEqualTo(204);
        assertThat(client.post("/pg_mgr/install/uninstall", Map.of("id", FakeServer.PLUGIN)))
                .isEqualTo(204);
        refused(404, () -> client.get("/pg_mgr/plugins/acme-1.2/info"));
    }
}
