// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageResourcesTest {

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder, new FakePlugins());
        device("e1", server.east, "acme-1", "A20", "1.0");
        device("e2", server.east1, "acme-1", "A20", "1.1");
        device("e3", server.east, "acme-1", "A30", null);
        device("w1", server.west, "gone-1", "G1", "9");
        device("w2", server.west, null, null, null);
    }

    private void device(String id, String tenant, String plugin, String model, String version) throws RefusedException {
        server.core.devices.create(
                "test",
                Device.create(id)
                        .tenant(tenant)
                        .plugin(plugin)
                        .vendor("Acme")
                        .model(model)
                        .version(version)
                        .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private V1Harness.Answer get(String tenant, String query) throws RefusedException {
        return server.call(tenant, "GET", "/1/usage" + query, null);
    }

    @Test
    void groupsByPluginModelAndVersion() throws RefusedException {
        V1Harness.Answer all = get(server.core.master(), "");
        assertThat(all.at("devices")).isEqualTo(5L);
        assertThat(all.at("missing")).isEqualTo(1L);
        assertThat(all.at("plugins.0.plugin")).isEqualTo("acme-1");
        assertThat(all.at("plugins.0.installed")).isEqualTo(true);
        assertThat(all.at("plugins.0.devices")).isEqualTo(3L);
        assertThat(all.at("plugins.0.states")).isEqualTo(Map.of("unconfigured", 3L, "autoprov", 0L, "configured", 0L));
        assertThat(all.at("plugins.0.models.0.model")).isEqualTo("A20");
        assertThat(all.at("plugins.0.models.0.versions.1.version")).isEqualTo("1.1");
        assertThat(all.at("plugins.0.models.1.versions.0.version")).isNull();
        assertThat(all.at("plugins.1.plugin")).isEqualTo("gone-1");
        assertThat(all.at("plugins.1.installed")).isEqualTo(false);
        assertThat(all.at("plugins.2.plugin")).isNull();
        assertThat(all.text()).doesNotContain("\"ids\"");
    }

    @Test
    void countsReachedDevicesOnly() throws RefusedException {
        V1Harness.Answer own = get(server.east, "?devices=true");
        assertThat(own.at("devices")).isEqualTo(3L);
        assertThat(own.at("missing")).isEqualTo(0L);
        assertThat(own.at("plugins.0.models.0.versions.0.ids")).isEqualTo(List.of("e1"));
        assertThat(own.text()).doesNotContain("w1");
        assertThat(get(server.east1, "").at("devices")).isEqualTo(1L);
        assertThat(get(server.east, "?tenant=" + server.east).at("devices")).isEqualTo(2L);
        assertThat(get(server.east, "?tenant=" + server.west).status()).isEqualTo(404);
    }

    @Test
    void choosesByPluginAndModel() throws RefusedException {
        String master = server.core.master();
        assertThat(get(master, "?plugin=").at("devices")).isEqualTo(1L);
        assertThat(get(master, "?plugin=acme-1&model=A30").at("devices")).isEqualTo(1L);
        assertThat(get(master, "?model=none").at("plugins")).isEqualTo(List.of());
        assertThat(get(master, "?devices=perhaps").status()).isEqualTo(400);
    }
}
