// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigsTest {

    @TempDir
    Path folder;

    private CoreHarness core;

    @BeforeEach
    void start() {
        core = CoreHarness.in(folder);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private static void assertRefused(Reason reason, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(reason);
    }

    private void update(String id, Map<String, Object> raw) throws RefusedException {
        core.configs.update("test", core.configs.get(id).orElseThrow().withRawConfig(raw));
    }

    private void device(String id, int mac, String config) throws RefusedException {
        core.devices.create(
                "test",
                Device.create(id)
                        .mac(new MacAddress(mac))
                        .plugin("acme-1")
                        .config(config)
                        .build());
    }

    private boolean configured(String id) {
        return core.devices.get(id).orElseThrow().configured();
    }

    @Test
    void aChangeReachesTheDevicesOfAllDescendants() throws RefusedException {
        core.config("top", List.of(), Map.of());
        core.config("left", List.of("top"), Map.of());
        core.config("right", List.of("top"), Map.of());
        core.config("bottom", List.of("left", "right"), Map.of());
        core.config("apart", List.of(), Map.of());
        device("onTop", 1, "top");
        device("onBottom", 2, "bottom");
        device("onApart", 3, "apart");
        update("top", Map.of("X_fake", "refuse"));
        assertThat(configured("onTop")).isFalse();
        assertThat(configured("onBottom")).isFalse();
        assertThat(configured("onApart")).isTrue();
        assertThat(core.devices.problem("onBottom")).contains("X_fake must not be refuse");
        update("right", Map.of("X_fake", "fine"));
        assertThat(configured("onBottom")).isTrue();
        assertThat(configured("onTop")).isFalse();
        core.configs.delete("test", "right");
        assertThat(configured("onBottom")).isFalse();
        update("top", Map.of());
        assertThat(configured("onTop")).isTrue();
        assertThat(configured("onBottom")).isTrue();
        core.configs.delete("test", "bottom");
        assertThat(configured("onBottom")).isFalse();
        assertThat(core.devices.problem("onBottom")).contains("its config bottom does not exist");
        core.config("bottom", List.of(), Map.of());
        assertThat(configured("onBottom")).isTrue();
    }

    @Test
    void manyDevicesAreConfiguredAnewInTheBackground() throws RefusedException {
        core.config("shared", List.of(), Map.of());
        for (int i = 0; i < 700; i++) {
            device("d" + i, i, "shared");
        }
        update("shared", Map.of("X_fake", "refuse"));
        await().until(() -> core.devices.all().stream().noneMatch(Device::configured));
        update("shared", Map.of());
        await().until(() -> core.devices.all().stream().allMatch(Device::configured));
        assertThat(core.auditOf("d699"))
                .containsExactly("test create", "test configure X_fake must not be refuse", "test configure");
    }

    @Test
    void anUpdateThatChangesNothingIsNotStored() throws RefusedException {
        core.config("c", List.of(), Map.of("X_a", 1L));
        int commits = core.store.commits();
        core.configs.update("test", Config.of("c", List.of(), Map.of("X_a", 1L)));
        assertThat(core.store.commits()).isEqualTo(commits);
    }

    @Test
    void revisionsGuardChanges() throws RefusedException {
        core.config("c", List.of(), Map.of());
        Config first = core.configs.get("c").orElseThrow();
        assertThat(first.revision()).isEqualTo(1);
        core.configs.update("test", first.withRawConfig(Map.of("X_a", 1L)));
        assertRefused(
                Reason.STALE,
                "changed meanwhile",
                () -> core.configs.update("test", first.withRawConfig(Map.of("X_a", 2L))));
        assertThat(core.configs
                        .update("test", first.withRevision(0).withRawConfig(Map.of("X_a", 3L)))
                        .revision())
                .isEqualTo(3);
        assertRefused(Reason.CONFLICT, "exists", () -> core.config("c", List.of(), Map.of()));
        assertRefused(
                Reason.NOT_FOUND,
                "no config",
                () -> core.configs.update("test", Config.of("nowhere", List.of(), Map.of())));
        assertRefused(Reason.NOT_FOUND, "no config", () -> core.configs.delete("test", "nowhere"));
    }

    @Test
    void rolesTransientsAndProtectedConfigsKeepTheirRules() throws RefusedException {
        Config second = new Config("second", 0, List.of(), Map.of(), Config.ROLE_AUTOCREATE, false, true, Map.of());
        assertRefused(Reason.CONFLICT, "held by the config autoprov", () -> core.configs.create("test", second));
        Config odd = new Config("odd", 0, List.of(), Map.of(), "king", false, true, Map.of());
        assertRefused(Reason.INVALID, "role must be one of", () -> core.configs.create("test", odd));
        core.configs.create("test", new Config("t", 0, List.of(), Map.of(), null, true, true, Map.of()));
        assertRefused(Reason.INVALID, "transient", () -> core.config("below", List.of("t"), Map.of()));
        core.config("parent", List.of(), Map.of());
        core.config("child", List.of("parent"), Map.of());
        assertRefused(
                Reason.INVALID,
                "transient",
                () -> core.configs.update(
                        "test", new Config("parent", 0, List.of(), Map.of(), null, true, true, Map.of())));
        assertRefused(Reason.CONFLICT, "not deletable", () -> core.configs.delete("test", "base"));
        core.configs.delete("test", "parent");
        assertThat(core.configs.flattened("child")).isPresent();
    }

    @Test
    void parametersAreValidatedBeforeAnythingIsStored() throws RefusedException {
        assertRefused(
                Reason.INVALID,
                "Custom fields must start with `X_` : foo",
                () -> core.config("c", List.of(), Map.of("foo", 1L)));
        assertThat(core.configs.get("c")).isEmpty();
        core.config("ntp", List.of(), Map.of("ntp_enabled", true, "ntp_ip", "192.0.2.1"));
        assertRefused(Reason.INVALID, "ntp_ip", () -> core.config("c", List.of("ntp"), Map.of("ntp_enabled", true)));
    }

    @Test
    void templatesOfDevicesAreStoredWithoutNulls() throws RefusedException {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("locale", null);
        raw.put("X_a", new LinkedHashMap<>(java.util.Collections.singletonMap("b", null)));
        core.configs.create("test", new Config("t", 0, List.of(), raw, null, false, true, Map.of("X_type", "device")));
        assertThat(core.configs.get("t").orElseThrow().rawConfig()).isEqualTo(Map.of("X_a", Map.of()));
        core.configs.create("test", Config.of("plain", List.of(), raw));
        assertThat(core.configs.get("plain").orElseThrow().rawConfig()).isEqualTo(raw);
    }

    @Test
    void autocreateCopiesTheTemplate() throws RefusedException {
        Config made = core.configs.autocreate("test");
        assertThat(made.id()).matches("autoprov[0-9a-f-]{36}");
        assertThat(made.isTransient()).isTrue();
        assertThat(made.parentIds()).containsExactly("autoprov");
        assertThat(core.configs.get(made.id())).contains(made);
        update("autoprov", Map.of());
        assertRefused(Reason.CONFLICT, "sip_lines.1", () -> core.configs.autocreate("test"));
    }

    @Test
    void theAuditLogHoldsNoParameter() throws RefusedException {
        core.config("c", List.of(), Map.of("admin_password", "hush-hush"));
        update("c", Map.of("admin_password", "hush-again"));
        core.configs.delete("anna", "c");
        assertThat(core.auditOf("c")).containsExactly("test create", "test update", "anna delete");
        assertThat(core.store.allAudit().toString()).doesNotContain("hush");
    }
}
