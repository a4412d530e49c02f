// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.ChangeEvent;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private String one;
    private String two;
    private AutoCloseable following;
    private final List<ChangeEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws RefusedException {
        core = CoreHarness.in(folder);
        one = core.tenant("one");
        two = core.tenant("two");
        following = new Changes(core.ledger).follow(events::add);
    }

    @AfterEach
    void stop() throws Exception {
        following.close();
        core.close();
    }

    /** Waits for the change that was asked for. */
    private ChangeEvent event(Kind kind, String id, String action) {
        Predicate<ChangeEvent> wanted = event -> event.entry().kind() == kind
                && event.entry().id().equals(id)
                && event.entry().action().equals(action);
        await().until(() -> events.stream().anyMatch(wanted));
        return events.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Test
    void eachChangeIsToldOnceInTheOrderOfTheCommitsWithItsLineInTheAuditLog() throws RefusedException {
        int before = core.store.allAudit().size();
        for (int i = 0; i < 50; i++) {
            core.devices.create("anna", Device.create("d" + i).tenant(one).build());
            core.devices.delete("bert", "d" + i);
        }
        await().until(() -> events.size() == 100);
        assertThat(events).extracting(ChangeEvent::number).isSorted().doesNotHaveDuplicates();
        assertThat(events.get(99).number() - events.get(0).number())
                .as("no gap")
                .isEqualTo(99);
        assertThat(events)
                .extracting(ChangeEvent::entry)
                .isEqualTo(core.store.allAudit().subList(before, before + 100));
    }

    @Test
    void whoFollowsSeesWhatItIsToldIn() throws Exception {
        List<Boolean> there = new CopyOnWriteArrayList<>();
        try (AutoCloseable other = new Changes(core.ledger)
                .follow(event -> there.add(core.devices.get(event.entry().id()).isPresent()))) {
            assertThat(other).isNotNull();
            core.devices.create("test", Device.create("d").build());
            await().until(() -> there.size() == 1);
        }
        assertThat(there).containsExactly(true);
    }

    @Test
    void aDeviceConcernsItsOwnersBeforeAndAfterAndTheTenantsOfItsLines() throws RefusedException {
        core.devices.create("test", Device.create("d").tenant(one).build());
        assertThat(event(Kind.DEVICE, "d", "create").tenants()).containsExactly(one);
        core.devices.update(
                "test", core.devices.get("d").orElseThrow().edit().tenant(two).build());
        assertThat(event(Kind.DEVICE, "d", "update").tenants()).containsExactlyInAnyOrder(one, two);

        core.devices.create("test", Device.create("g").tenant(one).shared(true).build());
        Line line = core.line(two, "u");
        core.lines.associate("test", line.code(), "g", 1, null);
        assertThat(event(Kind.DEVICE, "g", "associate").tenants()).containsExactlyInAnyOrder(one, two);
        assertThat(event(Kind.LINE, line.id(), "associate").tenants()).containsExactly(two);
        core.devices.delete("test", "g");
        assertThat(event(Kind.DEVICE, "g", "delete").tenants())
                .as("also those who lose a port by it")
                .containsExactlyInAnyOrder(one, two);
        core.lines.delete("test", line.id());
        assertThat(event(Kind.LINE, line.id(), "delete").tenants()).containsExactly(two);
    }

    @Test
    void aNewPhoneThatIsClaimedConcernsTheMasterAndItsNewOwner() throws RefusedException {
        core.phone(1).boot();
        String device = core.phone(1).device().id();
        core.lines.associate("test", core.line(one, "u").code(), device, 0, null);
        assertThat(event(Kind.DEVICE, device, "associate").tenants()).containsExactlyInAnyOrder(core.master(), one);
    }

    @Test
    void tenantsConcernThemselvesAndConfigsNobodyInParticular() throws RefusedException {
        String three = core.tenant("three");
        assertThat(event(Kind.TENANT, three, "create").tenants()).containsExactly(three);
        core.config("c", List.of(), Map.of());
        assertThat(event(Kind.CONFIG, "c", "create").tenants()).isEmpty();
    }

    @Test
    void whatIsNotStoredIsNotTold() throws RefusedException {
        core.store.away(true);
        assertThatThrownBy(() -> core.devices.create("test", Device.create("d").build()))
                .isInstanceOf(RefusedException.class);
        core.store.away(false);
        core.devices.create("test", Device.create("e").build());
        event(Kind.DEVICE, "e", "create");
        assertThat(events).extracting(event -> event.entry().id()).containsExactly("e");
    }

    @Test
    void noSecretIsTold() throws RefusedException {
        core.phone(1).boot();
        Line line = core.line(one, "u");
        core.lines.associate("test", line.code(), core.phone(1).device().id(), 0, null);
        core.lines.renewCode("test", line.id());
        core.tenants.setProvisioningKey("test", one, "secret-key");
        event(Kind.TENANT, one, "update");
        assertThat(events.toString())
                .doesNotContain("secret-", line.code())
                .doesNotContain(core.lines.get(line.id()).orElseThrow().code());
    }

    @Test
    void anEventsTenantsCannotBeChanged() throws RefusedException {
        core.devices.create("test", Device.create("d").tenant(one).build());
        Set<String> tenants = event(Kind.DEVICE, "d", "create").tenants();
        assertThatThrownBy(() -> tenants.add("x")).isInstanceOf(UnsupportedOperationException.class);
    }
}
