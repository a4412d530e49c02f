// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {

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

    private void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(reason);
    }

    @Test
    void aTenantIsFoundByIdNameAndKey() throws RefusedException {
        Tenant one = core.tenants.create("test", null, "one", null);
        assertThat(one.parent()).isEqualTo(core.master());
        assertThat(core.tenants.find("one")).contains(one);
        assertThat(core.tenants.find(one.id())).contains(one);
        core.tenants.create("test", null, "one", one.id());
        assertThat(core.tenants.find("one")).as("ambiguous").isEmpty();
        Tenant keyed = core.tenants.setProvisioningKey("test", one.id(), "first-key");
        assertThat(core.tenants.findByKey("first-key")).contains(keyed);
        core.tenants.setProvisioningKey("test", one.id(), "second-key");
        assertThat(core.tenants.findByKey("first-key")).isEmpty();
        assertThat(core.tenants.findByKey(null)).isEmpty();
        assertThat(core.store.allAudit().toString()).doesNotContain("first-key").doesNotContain("second-key");
        assertThat(keyed.toString()).doesNotContain("first-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "has space", "has/slash1", "........", "..........", "ümlaut-key"})
    void refusesKeysThatAreNoPathElement(String key) {
        assertRefused(Reason.INVALID, () -> core.tenants.setProvisioningKey("test", core.master(), key));
    }

    @Test
    void refusesWhatContradicts() throws RefusedException {
        Tenant one = core.tenants.create("test", null, "one", null);
        core.tenants.setProvisioningKey("test", one.id(), "shared-key");
        assertRefused(Reason.CONFLICT, () -> core.tenants.setProvisioningKey("test", core.master(), "shared-key"));
        assertRefused(Reason.NOT_FOUND, () -> core.tenants.setProvisioningKey("test", "nowhere", "some-key-1"));
        assertRefused(Reason.CONFLICT, () -> core.tenants.create("test", one.id(), "two", null));
        assertRefused(Reason.INVALID, () -> core.tenants.create("test", "no-uuid", "two", null));
        assertRefused(Reason.INVALID, () -> core.tenants.create("test", null, " ", null));
        assertRefused(Reason.NOT_FOUND, () -> core.tenants.create("test", null, "two", "nowhere"));
    }

    @Test
    void keysAndCodesAreThereAtEveryMomentOfAnUpdate() throws InterruptedException {
        TenantDirectory tenants = new TenantDirectory();
        LineDirectory lines = new LineDirectory();
        Tenant tenant = new Tenant("t", 1, "t", null, "a-key-123");
        Line line = new Line("l", 1, "t", "123456", CoreHarness.account("u"), null, "d", 1);
        tenants.put(tenant);
        lines.put(line);
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean missed = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                if (tenants.byKey("a-key-123") == null
                        || lines.byCode("123456") == null
                        || lines.ofDevice("d").isEmpty()) {
                    missed.set(true);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 20_000; i++) {
            tenants.put(tenant);
            lines.put(line);
        }
        done.set(true);
        reader.join();
        assertThat(missed).isFalse();
    }

    private static final String ID = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final Webhook WEBHOOK =
            new Webhook("https://hooks.example/a?token=secret-query", "secret-".repeat(4), Set.of("device", "line"));

    @Test
    void aTenantIsMadeWithAllThatItHasOrNotAtAll() throws RefusedException {
        Tenant wanted = new Tenant(ID.toUpperCase(Locale.ROOT), 7, "one", null, "secret-key", WEBHOOK);
        Tenant one = core.tenants.create("anna", wanted);
        assertThat(one).isEqualTo(new Tenant(ID, 1, "one", core.master(), "secret-key", WEBHOOK));
        assertThat(core.tenants.findByKey("secret-key")).contains(one);
        assertThat(new Ledger(core.store).tenants().get(ID)).isEqualTo(one);
        assertThat(core.auditOf(ID)).containsExactly("anna create one");

        Tenant other = new Tenant("bbbbbbbb-0000-4000-8000-000000000001", 0, "two", ID, "secret-key");
        assertRefused(Reason.CONFLICT, () -> core.tenants.create("test", other));
        assertRefused(Reason.INVALID, () -> core.tenants.create("test", other.withProvisioningKey("short")));
        assertRefused(
                Reason.INVALID,
                () -> core.tenants.create(
                        "test",
                        other.withProvisioningKey(null).withWebhook(new Webhook("x", "y".repeat(24), Set.of()))));
        assertRefused(Reason.CONFLICT, () -> core.tenants.create("test", wanted.withProvisioningKey(null)));
        assertThat(core.tenants.all()).hasSize(2);
        assertThat(one.toString() + WEBHOOK).doesNotContain("secret-");
    }

    @Test
    void oneOfTwoWhoChooseAnIdAtOnceIsRefused() {
        core.store.beforeNextWrite(() -> {
            try {
                core.tenants.create("faster", ID, "faster", null);
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertRefused(Reason.CONFLICT, () -> core.tenants.create("late", ID, "late", null));
        assertThat(core.tenants.get(ID).orElseThrow().name()).isEqualTo("faster");
    }

    @Test
    void anUpdateReplacesNameKeyAndWebhookAndNothingElse() throws RefusedException {
        Tenant one = core.tenants.create("test", ID, "one", null);
        Tenant changed = core.tenants.update("anna", new Tenant(ID, 1, "new", "elsewhere", "secret-key", WEBHOOK));
        assertThat(changed).isEqualTo(new Tenant(ID, 2, "new", core.master(), "secret-key", WEBHOOK));
        int commits = core.store.commits();
        assertThat(core.tenants.update("anna", changed)).isSameAs(changed);
        assertThat(core.store.commits()).as("nothing differs").isEqualTo(commits);
        assertRefused(Reason.STALE, () -> core.tenants.update("late", one));
        assertRefused(Reason.NOT_FOUND, () -> core.tenants.update("test", new Tenant("x", 0, "x", null, null)));
        assertRefused(Reason.INVALID, () -> core.tenants.update("test", changed.withName("x".repeat(201))));
        assertThat(core.tenants.update("bert", changed.withRevision(0).withWebhook(null)))
                .isEqualTo(new Tenant(ID, 3, "new", core.master(), "secret-key"));
        assertThat(core.auditOf(ID))
                .containsExactly(
                        "test create one", "anna update new, provisioning_key, webhook", "bert update webhook");
        assertThat(core.store.allAudit().toString()).doesNotContain("secret-");
    }

    @Test
    void aRefusedKeyLeavesNameAndWebhookAsTheyWere() throws RefusedException {
        Tenant one = core.tenants.create("test", ID, "one", null);
        core.tenants.setProvisioningKey("test", core.master(), "master-key");
        assertRefused(
                Reason.CONFLICT,
                () -> core.tenants.update(
                        "test",
                        one.withName("new").withProvisioningKey("master-key").withWebhook(WEBHOOK)));
        assertThat(core.tenants.get(ID)).contains(one);
    }

    @Test
    void oneOfTwoWhoTakeAKeyAtOnceIsRefused() throws RefusedException {
        Tenant one = core.tenants.create("test", ID, "one", null);
        core.store.beforeNextWrite(() -> {
            try {
                core.tenants.setProvisioningKey("faster", core.master(), "same-key-1");
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertRefused(Reason.CONFLICT, () -> core.tenants.update("late", one.withProvisioningKey("same-key-1")));
        assertThat(core.tenants.findByKey("same-key-1")).contains(core.tenants.master());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example",
                "/a",
                "ftp://hooks.example/",
                "https://",
                "https:///a",
                "https://user:pw@hooks.example/",
                "https://user@hooks.example/",
                "https://hooks.example/#part",
                "https://hooks.example/a b",
                "https://hooks.example/\n",
                "javascript:alert(1)",
                "mailto:a@hooks.example"
            })
    void refusesUrlsThatNoWebhookCanHave(String url) {
        assertRefused(
                Reason.INVALID,
                () -> core.tenants.update(
                        "test", core.tenants.master().withWebhook(new Webhook(url, "y".repeat(24), Set.of()))));
    }

    @Test
    void refusesWeakSecretsAndTooMuchOfAnything() {
        String url = "https://hooks.example/";
        Set<String> many = IntStream.range(0, 51).mapToObj(i -> "e" + i).collect(Collectors.toSet());
        for (Webhook wrong : List.of(
                new Webhook(url, "y".repeat(23), Set.of()),
                new Webhook(url, "y".repeat(201), Set.of()),
                new Webhook(url, "y".repeat(24) + "ü", Set.of()),
                new Webhook(url, "y".repeat(24) + " ", Set.of()),
                new Webhook(url, "y".repeat(24) + "\n", Set.of()),
                new Webhook(url + "y".repeat(2_000), "y".repeat(24), Set.of()),
                new Webhook(url, "y".repeat(24), many),
                new Webhook(url, "y".repeat(24), Set.of("x".repeat(51))))) {
            assertRefused(
                    Reason.INVALID,
                    () -> core.tenants.update("test", core.tenants.master().withWebhook(wrong)));
        }
    }
}
