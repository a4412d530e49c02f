// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
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
}
