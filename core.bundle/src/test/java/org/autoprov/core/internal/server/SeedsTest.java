// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeStore;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {

    @TempDir
    Path folder;

    @Test
    void theFirstStartMakesTheConfigsThatClientsKnow() {
        try (CoreHarness core = CoreHarness.in(folder)) {
            assertThat(core.configs.all())
                    .extracting(Config::id)
                    .containsExactlyInAnyOrder("base", "default", "defaultconfigdevice", "autoprov");
            assertThat(core.configs.all()).noneMatch(Config::deletable).noneMatch(Config::isTransient);
            Config autoprov = core.configs.get("autoprov").orElseThrow();
            assertThat(autoprov.role()).isEqualTo(Config.ROLE_AUTOCREATE);
            assertThat(autoprov.parentIds()).containsExactly("base", "defaultconfigdevice");
            assertThat(autoprov.type()).isEqualTo("internal");
            assertThat(core.configs.get("default").orElseThrow().type()).isEqualTo("registrar");
            assertThat(core.configs.get("defaultconfigdevice").orElseThrow().type())
                    .isEqualTo("device");
            assertThat(core.tenants.all()).hasSize(1);
            assertThat(core.tenants.master().id())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(core.store.commits()).as("one transaction").isEqualTo(1);
        }
    }

    @Test
    void passwordsOfTwoServersDiffer() {
        FakeStore one = new FakeStore();
        FakeStore other = new FakeStore();
        Ledger first = new Ledger(one);
        Ledger second = new Ledger(other);
        for (String name : List.of("admin_password", "user_password")) {
            Object password =
                    first.configs().get("defaultconfigdevice").rawConfig().get(name);
            assertThat(password).asString().hasSize(12);
            assertThat(second.configs().get("defaultconfigdevice").rawConfig().get(name))
                    .isNotEqualTo(password);
        }
        assertThat(one.allAudit().toString())
                .doesNotContain(first.configs()
                        .get("defaultconfigdevice")
                        .rawConfig()
                        .get("admin_password")
                        .toString());
    }

    @Test
    void theSecondStartMakesNothingAndKnowsEverything() throws Exception {
        FakeStore store = new FakeStore();
        Device device;
        String line;
        try (CoreHarness core = CoreHarness.over(folder, store)) {
            core.phone(1).boot();
            line = core.line(core.master(), "u").id();
            core.lines.associate(
                    "test",
                    core.lines.get(line).orElseThrow().code(),
                    core.phone(1).device().id(),
                    0,
                    null);
            device = core.phone(1).device();
        }
        int commits = store.commits();
        try (CoreHarness core = CoreHarness.over(folder, store)) {
            assertThat(core.phone(1).device()).isEqualTo(device);
            assertThat(core.lines.ofDevice(device.id())).extracting(l -> l.id()).containsExactly(line);
            assertThat(core.configs.get(device.id())).isPresent();
            assertThat(core.phone(1).boot().status().http()).isEqualTo(200);
            assertThat(store.commits()).as("only the fetched account").isEqualTo(commits + 1);
        }
    }

    @Test
    void anUnreadableDocumentIsLeftAloneAndInNobodysWay() throws Exception {
        FakeStore store = new FakeStore();
        new Ledger(store);
        store.plant(Kind.DEVICE, "newer", "{\"schema\":2}");
        store.plant(Kind.DEVICE, "torn", "{\"schema\":1,");
        store.plant(Kind.LINE, "odd", "{\"schema\":1,\"device\":7}");
        store.plant(Kind.DEVICE, "good", "{\"schema\":1,\"tenant_uuid\":\"t\"}");
        Ledger ledger = new Ledger(store);
        assertThat(ledger.devices().size()).isEqualTo(1);
        assertThat(ledger.devices().get("good")).isNotNull();
        assertThat(store.document(Kind.DEVICE, "newer").json()).isEqualTo("{\"schema\":2}");
        assertThat(store.document(Kind.DEVICE, "torn")).isNotNull();
    }

    @Test
    void aFirstStartThatCannotBeStoredFails() {
        FakeStore store = new FakeStore();
        store.away(true);
        assertThatThrownBy(() -> new Ledger(store))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the database is away");
    }
}
