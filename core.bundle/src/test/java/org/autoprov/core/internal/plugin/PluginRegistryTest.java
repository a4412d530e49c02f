// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeGenerator;
import org.autoprov.core.request.PhoneReply.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class PluginRegistryTest {

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

    @Test
    void ofTwoServicesOfOnePluginTheLaterServesUntilItGoes() {
        FakeGenerator next = new FakeGenerator("acme-2", "Acme");
        Plugin old = core.plugins.snapshot().get("acme-2");
        FakeGenerator earlier = core.acme2;
        var first = core.services.get("acme-2");
        core.plugin(next);
        core.phone(1).boot();
        assertThat(next.renders.get()).isPositive();
        assertThat(earlier.renders).hasValue(0);
        assertThat(core.plugins.snapshot().get("acme-2")).isNotSameAs(old);
        core.services.get("acme-2").close();
        assertThat(core.plugins.snapshot().get("acme-2")).isSameAs(old);
        first.close();
        assertThat(core.plugins.snapshot().get("acme-2")).isNull();
    }

    @Test
    void whatARenewedPluginMadeBeforeIsMadeAnew() {
        core.phone(1).boot();
        int before = core.acme2.renders.get();
        core.phone(1).boot();
        assertThat(core.acme2.renders).hasValue(before);
        core.plugins.renew("acme-2");
        core.phone(1).boot();
        assertThat(core.acme2.renders).hasValue(before + 1);
        core.services.get("acme-2").close();
        assertThat(core.plugins.snapshot().get("acme-2")).isNull();
    }

    @Test
    void onlyEnabledPluginsIdentifyAssociateAndServe() {
        core.plugins.enable(id -> id.equals("acme-1"));
        assertThat(core.plugins.snapshot().plugins()).containsOnlyKeys("acme-1");
        assertThat(core.plugins.snapshot().identifiers())
                .extracting(PluginRegistry.Identifier::family)
                .containsExactly("acme");
        core.phone(1).boot();
        assertThat(core.phone(1).device().plugin()).isEqualTo("acme-1");
        core.plugins.enable(id -> false);
        assertThat(core.phone(1).boot().status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void tellsObserversOfEachSnapshot() {
        List<PluginRegistry.Snapshot> seen = new ArrayList<>();
        core.plugins.observe(seen::add);
        core.services.get("brio-1").close();
        assertThat(seen).isNotEmpty();
        assertThat(seen.get(seen.size() - 1)).isSameAs(core.plugins.snapshot());
    }

    @Test
    void aRequestWaitsForAFamilyThatIsBeingUpdated() throws InterruptedException {
        CoreHarness.Phone phone = core.phone(1).saying("Brio B1 1");
        phone.boot();
        core.framework.bundleState(Bundle.STOPPING);
        core.services.get("brio-1").close();
        core.framework.bundleState(Bundle.ACTIVE);
        assertThat(core.plugins.isSettled()).isFalse();
        Thread back = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            core.plugin(core.brio);
        });
        back.start();
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        assertThat(core.plugins.isSettled()).isTrue();
        back.join();
    }

    @Test
    void aRequestDoesNotWaitForAFamilyThatIsUninstalled() {
        core.phone(1).saying("Brio B1 1").boot();
        core.framework.bundleState(Bundle.STOPPING);
        core.services.get("brio-1").close();
        core.plugins.endGap();
        long start = System.nanoTime();
        assertThat(core.phone(1).saying("Brio B1 1").boot().status()).isEqualTo(Status.NOT_FOUND);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1000);
    }
}
