// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeGenerator;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;

    @BeforeEach
    void start() {
        core = CoreHarness.in(folder);
        phone = core.phone(1);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private Device create(Device.Editor editor) throws RefusedException {
        return core.devices.create("test", editor.build());
    }

    @Test
    void fillsGapsAndNeverOverwrites() throws RefusedException {
        create(Device.create("d").mac(phone.mac).vendor("Other").description("mine"));
        phone.boot();
        Device device = phone.device();
        assertThat(device.id()).isEqualTo("d");
        assertThat(device.vendor()).isEqualTo("Other");
        assertThat(device.model()).isEqualTo("A20");
        assertThat(device.version()).isEqualTo("1.0");
        assertThat(device.ip()).isEqualTo(phone.ip);
        assertThat(device.description()).isEqualTo("mine");
        core.provisioner.provision(phone.request("common.cfg")
                .header("X-Serial", "s1")
                .header("X-Uuid", "u1")
                .build());
        assertThat(phone.device().sn()).isEqualTo("s1");
        assertThat(phone.device().uuid()).isEqualTo("u1");
        core.provisioner.provision(phone.request("common.cfg")
                .header("X-Serial", "s2")
                .header("X-Uuid", "u2")
                .build());
        assertThat(phone.device().sn()).isEqualTo("s1");
        assertThat(phone.device().uuid()).isEqualTo("u1");
    }

    @Test
    void refreshesAddressAndVersion() {
        phone.boot();
        phone.from("192.0.2.99").saying("Acme A20 1.1").boot();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.99");
        assertThat(phone.device().version()).isEqualTo("1.1");
        assertThat(core.auditOf(phone.device().id())).last().asString().isEqualTo("phone 192.0.2.99 update ip version");
    }

    @Test
    void writesNothingWhenNothingChanged() {
        phone.boot();
        phone.boot();
        int commits = core.store.commits();
        Device before = phone.device();
        for (int i = 0; i < 10; i++) {
            assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
            phone.get("common.cfg");
        }
        assertThat(core.store.commits()).isEqualTo(commits);
        assertThat(phone.device()).isSameAs(before);
    }

    @Test
    void takesAnAddressFromADeviceNotSeenLately() throws RefusedException {
        phone.boot();
        create(Device.create("gone").mac(core.phone(9).mac).ip("192.0.2.50"));
        phone.from("192.0.2.50").boot();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.50");
        assertThat(core.devices.get("gone").orElseThrow().ip()).isNull();
        assertThat(core.devices.get("gone").orElseThrow().has("ip")).isFalse();
    }

    @Test
    void sharesTheAddressOfADeviceThatIsThere() {
        phone.boot();
        CoreHarness.Phone other = core.phone(9).from("192.0.2.50");
        other.boot();
        phone.from("192.0.2.50").boot();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.50");
        assertThat(other.device().ip()).isEqualTo("192.0.2.50");
    }

    @Test
    void takesNoAddressFromSeveralBehindOneRouter() throws RefusedException {
        phone.boot();
        create(Device.create("one").mac(core.phone(8).mac).ip("192.0.2.50"));
        create(Device.create("two").mac(core.phone(9).mac).ip("192.0.2.50"));
        phone.from("192.0.2.50").boot();
        assertThat(core.devices.get("one").orElseThrow().ip()).isEqualTo("192.0.2.50");
        assertThat(core.devices.get("two").orElseThrow().ip()).isEqualTo("192.0.2.50");
    }

    @Test
    void aKnownPhoneIsServedWhileTheStoreIsAway() {
        phone.boot();
        core.store.away(true);
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        assertThat(phone.from("192.0.2.50").boot().status()).isEqualTo(Status.SERVED);
        assertThat(phone.saying("Acme A20 7.0").boot().status()).isEqualTo(Status.SERVED);
        assertThat(phone.device().version()).isEqualTo("1.0");
        core.store.away(false);
        phone.boot();
        assertThat(phone.device().version()).isEqualTo("7.0");
        assertThat(phone.device().ip()).isEqualTo("192.0.2.50");
    }

    @Test
    void anAddressAloneIsStoredWithoutKeepingThePhoneWaiting() {
        phone.boot();
        phone.boot();
        core.store.hold();
        assertThat(phone.from("192.0.2.50").get("common.cfg").status()).isEqualTo(Status.SERVED);
        assertThat(core.store.waiting()).isEqualTo(1);
        core.store.release();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.50");
    }

    @Test
    void neverAssociatesADeviceWhoseKeysAreThereButNullOrEmpty() throws RefusedException {
        create(Device.create("null").mac(phone.mac).other("plugin", null).other("config", null));
        create(Device.create("empty").mac(core.phone(2).mac).plugin("").config(""));
        phone.boot();
        core.phone(2).boot();
        for (String id : new String[] {"null", "empty"}) {
            Device device = core.devices.get(id).orElseThrow();
            assertThat(device.version()).as("updated otherwise").isEqualTo("1.0");
            assertThat(device.plugin()).isNullOrEmpty();
            assertThat(device.config()).isNullOrEmpty();
            assertThat(device.configured()).isFalse();
        }
        assertThat(core.configs.all()).hasSize(4);
    }

    @Test
    void completesADeviceThatAnAdministratorMadeInAdvance() throws RefusedException {
        create(Device.create("d").mac(phone.mac));
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        assertThat(phone.device().plugin()).isEqualTo("acme-2");
        assertThat(phone.device().config()).startsWith("autoprov");
        assertThat(phone.device().configured()).isTrue();
    }

    private String claim(String username) throws RefusedException {
        phone.boot();
        core.lines.associate(
                "test",
                core.line(core.master(), username).code(),
                phone.device().id(),
                0,
                phone.ip);
        return phone.device().id();
    }

    @Test
    void notesTheAccountThatThePhoneRunsOnceItFetchedIt() throws RefusedException {
        phone.boot();
        assertThat(phone.device().remoteStateSipUsername()).startsWith("ap");
        claim("user1");
        assertThat(phone.device().remoteStateSipUsername()).startsWith("ap");
        phone.get("common.cfg");
        core.provisioner.provision(phone.request(phone.hex + ".cfg")
                .action(PhoneRequest.Action.LOOK)
                .build());
        assertThat(phone.device().remoteStateSipUsername()).startsWith("ap");
        phone.boot();
        assertThat(phone.device().remoteStateSipUsername()).isEqualTo("user1");
        assertThat(core.auditOf(phone.device().id()).toString()).doesNotContain("secret-user1");
    }

    @Test
    void notesTheAccountOfTheDevicesOwnConfigNotOfAParent() throws RefusedException {
        core.config("parent", java.util.List.of(), Map.of("sip_lines", Map.of("1", Map.of("username", "inherited"))));
        core.config("child", java.util.List.of("parent"), Map.of());
        create(Device.create("d").mac(phone.mac).plugin("acme-1").config("child"));
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=inherited");
        assertThat(phone.device().remoteStateSipUsername()).isNull();
    }

    @Test
    void notesTheAccountAlsoWhenTheAddressIsBeingStoredAtTheSameTime() throws RefusedException {
        claim("user1");
        core.devices.trust("test", phone.device().id(), "192.0.2.50");
        core.store.hold();
        assertThat(phone.from("192.0.2.50").boot().status()).isEqualTo(Status.SERVED);
        core.store.release();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.50");
        assertThat(phone.device().remoteStateSipUsername()).isEqualTo("user1");
    }

    @Test
    void notesTheAccountOfALaterClaimToo() throws RefusedException {
        String id = claim("user1");
        phone.boot();
        core.devices.reset("test", id);
        claim("user2");
        phone.boot();
        assertThat(phone.device().remoteStateSipUsername()).isEqualTo("user2");
    }

    @Test
    void notesTheAccountAtTheNextFetchWhenTheStoreWasAway() throws RefusedException {
        claim("user1");
        core.store.away(true);
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        core.store.away(false);
        phone.boot();
        assertThat(phone.device().remoteStateSipUsername()).isEqualTo("user1");
    }

    @Test
    void theSecureUpdaterChangesNothingAndTheSecureRetrieverAddsNothing() throws RefusedException {
        core.close();
        core = CoreHarness.in(folder, "identification_updater", "secure", "identification_retriever", "secure");
        phone = core.phone(1);
        assertThat(phone.boot().status()).isEqualTo(Status.NOT_FOUND);
        assertThat(core.devices.all()).isEmpty();
        core.config("c", java.util.List.of(), Map.of());
        Device device =
                create(Device.create("d").mac(phone.mac).plugin("acme-1").config("c"));
        assertThat(phone.boot().status()).as("the first address is trusted").isEqualTo(Status.SERVED);
        assertThat(phone.device()
                        .sameContent(device.edit().trustedAddress(phone.ip).build()))
                .isTrue();
    }

    @Test
    void anUnclaimedPhoneGetsAnotherPluginWhenItsModelBecomesKnown() throws RefusedException {
        core.acme1.support = info -> info.model() == null ? SupportLevel.COMPLETE : SupportLevel.IMPROBABLE;
        core.acme2.support = info -> info.model() == null ? SupportLevel.PROBABLE : SupportLevel.EXACT;
        core.services.get("acme identifier").close();
        core.identifier(
                "acme", request -> FakeGenerator.identify("Acme", request).withVendor("Acme"));
        PhoneRequest unnamed = PhoneRequest.from(Protocol.TFTP, CoreHarness.address(phone.ip))
                .path(phone.hex + ".cfg")
                .build();
        core.provisioner.provision(unnamed);
        assertThat(phone.device().plugin()).isEqualTo("acme-1");
        phone.boot();
        assertThat(phone.device().plugin()).isEqualTo("acme-2");
        assertThat(phone.device().model()).isEqualTo("A20");
    }

    @Test
    void aPluginThatSomebodyChoseStays() throws RefusedException {
        core.acme1.support = info -> info.model() == null ? SupportLevel.COMPLETE : SupportLevel.IMPROBABLE;
        core.acme2.support = info -> info.model() == null ? SupportLevel.PROBABLE : SupportLevel.EXACT;
        create(Device.create("d").mac(phone.mac).vendor("Acme").plugin("brio-1").isNew(true));
        phone.boot();
        assertThat(phone.device().plugin()).isEqualTo("brio-1");
        CoreHarness.Phone claimed = core.phone(2);
        create(Device.create("e").mac(claimed.mac).vendor("Acme").plugin("acme-1"));
        claimed.boot();
        assertThat(claimed.device().plugin()).isEqualTo("acme-1");
    }
}
