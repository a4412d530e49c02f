// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.Token;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirroredTenantsTest {

    private static final String MASTER = "11111111-2222-4333-8444-555555555555";

    @TempDir
    Path folder;

    private CoreHarness core;
    private Tokens tokens;
    private MirroredTenants mirror;

    @BeforeEach
    void start() {
        core = CoreHarness.in(folder);
        tokens = new Tokens(core.ledger);
        mirror = new MirroredTenants(core.ledger, tokens, core.devices, core.lines);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void theMasterTenantChangesItsIdWithAllThatItHas() throws RefusedException {
        String former = core.master();
        String one = core.tenant("one");
        core.tenants.setProvisioningKey("test", former, "master-key");
        core.phone(1).boot();
        core.phone(2).boot();
        String line = core.line(former, "u").id();
        String other = core.line(one, "v").id();
        Token token = tokens.create("test", null, List.of("#"), null, "").token();

        mirror.adoptMaster("identity", MASTER);

        assertThat(core.master()).isEqualTo(MASTER);
        assertThat(core.tenants.all()).extracting(Tenant::id).containsExactlyInAnyOrder(MASTER, one);
        assertThat(core.tenants.get(one).orElseThrow().parent()).isEqualTo(MASTER);
        assertThat(core.tenants.findByKey("master-key")).contains(core.tenants.master());
        assertThat(core.devices.all()).hasSize(2).allMatch(Device::isNew).allMatch(d -> MASTER.equals(d.tenant()));
        assertThat(core.lines.get(line).orElseThrow().tenant()).isEqualTo(MASTER);
        assertThat(core.lines.get(other).orElseThrow().tenant()).isEqualTo(one);
        assertThat(tokens.get(token.id()).orElseThrow().tenant()).isEqualTo(MASTER);

        int commits = core.store.commits();
        mirror.adoptMaster("identity", MASTER);
        assertThat(core.store.commits()).as("nothing is left to do").isEqualTo(commits);
        Ledger reread = new Ledger(core.store);
        assertThat(reread.tenants().master()).isEqualTo(core.tenants.master());
        assertThat(new Tokens(reread).get(token.id())).isEqualTo(tokens.get(token.id()));
    }

    @Test
    void aTenantThatIsKnownCanBecomeTheMaster() throws RefusedException {
        String one = core.tenants.create("test", MASTER, "one", null).id();
        core.devices.create("test", Device.create("d").tenant(one).build());

        mirror.adoptMaster("identity", MASTER);

        assertThat(core.tenants.all()).extracting(Tenant::id).containsExactly(MASTER);
        assertThat(core.devices.get("d").orElseThrow().isNew()).isTrue();
    }

    @Test
    void aPhoneThatIsQuickerDoesNotStopIt() throws RefusedException {
        core.phone(1).boot();
        core.store.beforeNextWrite(() -> {
            try {
                core.devices.trust("test", core.phone(1).device().id(), "192.0.2.77");
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        mirror.adoptMaster("identity", MASTER);
        assertThat(core.phone(1).device().tenant()).isEqualTo(MASTER);
        assertThat(core.phone(1).device().trustedAddress()).isEqualTo("192.0.2.77");
    }

    @Test
    void aTenantGoesWithAllThatItHas() throws RefusedException {
        String one = core.tenant("one");
        String below = core.tenants.create("test", null, "below", one).id();
        core.tenants.setProvisioningKey("test", one, "a-key-123");
        core.devices.create("test", Device.create("d").tenant(one).build());
        core.devices.create("test", Device.create("e").tenant(below).build());
        core.line(one, "u");
        Token token = tokens.create("test", one, List.of("#"), null, "").token();

        mirror.delete("identity", one);

        assertThat(core.tenants.get(one)).isEmpty();
        assertThat(core.tenants.findByKey("a-key-123")).isEmpty();
        assertThat(core.tenants.get(below).orElseThrow().parent()).isEqualTo(core.master());
        assertThat(core.devices.all()).extracting(Device::id).containsExactly("e");
        assertThat(core.lines.all()).isEmpty();
        assertThat(tokens.get(token.id())).isEmpty();
        mirror.delete("identity", one);
    }

    @Test
    void refusesTheMasterAndWhatIsNoUuid() {
        assertThatThrownBy(() -> mirror.delete("identity", core.master()))
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(Reason.CONFLICT);
        assertThatThrownBy(() -> mirror.adoptMaster("identity", "master"))
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void itsLinesLeaveTheGatewaysOfOthersWhichStay() throws RefusedException {
        String one = core.tenant("one");
        String two = core.tenant("two");
        core.devices.create(
                "test", Device.create("theirs").tenant(two).shared(true).build());
        core.devices.create(
                "test", Device.create("own").tenant(one).shared(true).build());
        core.lines.associate("test", core.line(one, "u").code(), "theirs", 1, null);
        core.lines.associate("test", core.line(two, "v").code(), "theirs", 2, null);
        core.lines.associate("test", core.line(two, "w").code(), "own", 1, null);

        mirror.delete("identity", one);

        assertThat(core.devices.all()).extracting(Device::id).containsExactly("theirs");
        assertThat(core.lines.ofDevice("theirs"))
                .extracting(line -> line.username())
                .containsExactly("v");
        assertThat(core.configs.get("theirs").orElseThrow().rawConfig().toString())
                .contains("v")
                .doesNotContain("secret-u");
        assertThat(core.lines.all()).extracting(line -> line.username()).containsExactlyInAnyOrder("v", "w");
        assertThat(core.lines.all())
                .filteredOn(line -> line.username().equals("w"))
                .noneMatch(line -> line.isBound());
    }

    @Test
    void theMasterKeepsItsWebhookUnderItsNewId() throws RefusedException {
        Webhook webhook = new Webhook("https://hooks.example/", "secret-".repeat(4), Set.of("device"));
        core.tenants.update("test", core.tenants.master().withWebhook(webhook));
        mirror.adoptMaster("identity", MASTER);
        assertThat(core.tenants.master().webhook()).isEqualTo(webhook);
        assertThat(new Ledger(core.store).tenants().master().webhook()).isEqualTo(webhook);
    }
}
