// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeStore;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;

    @BeforeEach
    void start() throws RefusedException {
        core = CoreHarness.in(folder);
        phone = core.phone(1);
        core.config("c", List.of(), Map.of());
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private Device create() throws RefusedException {
        return core.devices.create(
                "test",
                Device.create("d")
                        .mac(phone.mac)
                        .plugin("acme-1")
                        .config("c")
                        .vendor("Acme")
                        .model("A20")
                        .build());
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(reason);
    }

    @Test
    void aDeviceIsStoredConfiguredIfPossible() throws RefusedException {
        Device device = create();
        assertThat(device.configured()).isTrue();
        assertThat(device.revision()).isEqualTo(1);
        assertThat(device.tenant()).isEqualTo(core.master());
        assertThat(device.isNew()).isTrue();
        assertThat(core.devices.get("d")).contains(device);
        assertRefused(Reason.CONFLICT, this::create);
        Device plain = core.devices.create(
                "test",
                Device.create("e")
                        .tenant(core.tenant("t"))
                        .configured(true)
                        .isNew(true)
                        .revision(7)
                        .build());
        assertThat(plain.configured()).isFalse();
        assertThat(plain.isNew()).isFalse();
        assertThat(plain.revision()).isEqualTo(1);
        assertThat(core.devices.problem("e")).contains("it has no plugin");
        assertRefused(
                Reason.INVALID,
                () -> core.devices.create(
                        "test", Device.create("f").tenant("nowhere").build()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"010.0.0.1", "1.2.3", "host", "1.2.3.4 ", "FE80::1", "fe80:0:0:0:0:0:0:1", "::ffff:1.2.3.4"})
    void refusesAnAddressThatIsNotCanonical(String ip) {
        assertRefused(
                Reason.INVALID,
                () -> core.devices.create("test", Device.create("x").ip(ip).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.1", "fe80::1"})
    void takesCanonicalAndEmptyAddresses(String ip) throws RefusedException {
        assertThat(core.devices
                        .create("test", Device.create("x").ip(ip).build())
                        .ip())
                .isEqualTo(ip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugin", "config", "mac", "uuid", "vendor", "model", "version", "options"})
    void aTriggerConfiguresAnew(String field) throws RefusedException {
        Device device = create();
        core.acme1.onGenerate = () -> {
            throw new IllegalStateException("not any more");
        };
        core.config("c2", List.of(), Map.of("X_fake", "refuse"));
        Device.Editor e = device.edit();
        Device changed = switch (field) {
            case "plugin" -> e.plugin("acme-9").build();
            case "config" -> e.config("c2").build();
            case "mac" -> e.mac(core.phone(2).mac).build();
            case "uuid" -> e.uuid("u").build();
            case "vendor" -> e.vendor("v").build();
            case "model" -> e.model("m").build();
            case "version" -> e.version("v").build();
            default -> e.options(Map.of("a", true)).build();
        };
        Device stored = core.devices.update("test", changed);
        assertThat(stored.configured()).isFalse();
        assertThat(stored.revision()).isEqualTo(2);
        assertThat(core.devices.problem("d")).isPresent();
    }

    @Test
    void whatIsNoTriggerKeepsConfiguredAsItWas() throws RefusedException {
        Device device = create();
        int renders = core.acme1.renders.get();
        Device stored = core.devices.update(
                "test",
                device.edit()
                        .ip("192.0.2.7")
                        .description("x")
                        .configured(false)
                        .other("X_site", 1L)
                        .build());
        assertThat(stored.configured()).isTrue();
        assertThat(core.acme1.renders).hasValue(renders);
    }

    @Test
    void anUpdateThatChangesNothingIsNotStored() throws RefusedException {
        Device device = create();
        int commits = core.store.commits();
        assertThat(core.devices.update("test", device)).isSameAs(device);
        assertThat(core.store.commits()).isEqualTo(commits);
    }

    @Test
    void aStaleRevisionIsRefusedAndZeroReplacesWhateverIsThere() throws RefusedException {
        Device first = create();
        core.devices.update("test", first.edit().description("a").build());
        assertRefused(
                Reason.STALE,
                () -> core.devices.update("test", first.edit().description("b").build()));
        assertThat(core.devices
                        .update(
                                "test",
                                first.edit().revision(0).description("b").build())
                        .revision())
                .isEqualTo(3);
        assertRefused(
                Reason.NOT_FOUND,
                () -> core.devices.update("test", Device.create("nowhere").build()));
    }

    @Test
    void whoIsOvertakenTriesAgain() throws RefusedException {
        Device device = create();
        core.store.beforeNextWrite(() -> {
            try {
                core.devices.trust("faster", "d", "192.0.2.9");
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        Device stored = core.devices.update(
                "test", device.edit().revision(0).description("mine").build());
        assertThat(stored.description()).isEqualTo("mine");
        assertThat(stored.trustedAddress()).as("it replaces whatever is stored").isNull();
        assertThat(stored.revision()).isEqualTo(3);
        assertThat(core.store.staleAnswers()).isEqualTo(1);
    }

    @Test
    void isNewFollowsTheTenant() throws RefusedException {
        Device device = create();
        String tenant = core.tenant("t");
        Device moved = core.devices.update("test", device.edit().tenant(tenant).build());
        assertThat(moved.isNew()).isFalse();
        assertThat(core.devices
                        .update("test", moved.edit().tenant(core.master()).build())
                        .isNew())
                .isTrue();
        assertThat(core.devices
                        .update(
                                "test",
                                core.devices
                                        .get("d")
                                        .orElseThrow()
                                        .edit()
                                        .tenant(null)
                                        .build())
                        .tenant())
                .isEqualTo(core.master());
        assertRefused(
                Reason.INVALID,
                () -> core.devices.update(
                        "test",
                        core.devices
                                .get("d")
                                .orElseThrow()
                                .edit()
                                .tenant("nowhere")
                                .build()));
    }

    @Test
    void theTransientConfigGoesWithItsLastDevice() throws RefusedException {
        phone.boot();
        String onboarding = phone.device().config();
        Device other = core.devices.create(
                "test", Device.create("other").config(onboarding).build());
        core.devices.update("test", phone.device().edit().config("c").build());
        assertThat(core.configs.get(onboarding)).as("still used").isPresent();
        core.devices.delete("test", other.id());
        assertThat(core.configs.get(onboarding)).isEmpty();
        core.devices.delete("test", phone.device().id());
        assertThat(core.configs.get("c")).as("not transient").isPresent();
        assertRefused(Reason.NOT_FOUND, () -> core.devices.delete("test", other.id()));
    }

    @Test
    void reconfigureNotesWhetherItWorks() throws RefusedException {
        create();
        core.services.get("acme-1").close();
        assertThat(core.devices.reconfigure("test", "d").configured()).isFalse();
        assertThat(core.devices.problem("d")).contains("its plugin acme-1 is not installed");
        core.plugin(core.acme1);
        assertThat(core.devices.reconfigure("test", "d").configured()).isTrue();
        assertThat(core.devices.problem("d")).isEmpty();
        assertRefused(Reason.NOT_FOUND, () -> core.devices.reconfigure("test", "nowhere"));
    }

    @Test
    void findsByWhateverPeopleHaveAtHand() throws RefusedException {
        core.devices.create(
                "test",
                Device.create("id1")
                        .mac(phone.mac)
                        .sn("SN-7")
                        .uuid("0a0a0a0a-1111-2222-3333-444444444444")
                        .ip("2001:db8::7")
                        .build());
        for (String text : List.of(
                "id1",
                "00-11-22-33-44-01",
                "001122334401",
                "SN-7",
                "0A0A0A0A-1111-2222-3333-444444444444",
                "2001:DB8:0::7")) {
            assertThat(core.devices.find(text)).as(text).map(Device::id).contains("id1");
        }
        assertThat(core.devices.find("nothing")).isEmpty();
        assertThat(core.devices.find(null)).isEmpty();
        core.devices.create("test", Device.create("id2").ip("2001:db8::7").build());
        assertThat(core.devices.find("2001:db8::7")).as("ambiguous").isEmpty();
    }

    @Test
    void previewsAFileExactlyAsTheDeviceGetsIt() throws RefusedException {
        create();
        Device before = core.devices.get("d").orElseThrow();
        String preview =
                new String(core.devices.preview("d", phone.hex + ".cfg").bytes(), StandardCharsets.UTF_8);
        assertThat(core.devices.get("d")).contains(before);
        assertThat(core.devices.lastSeen("d")).isZero();
        phone.saying("Acme A20 9");
        phone.server = null;
        assertThat(CoreHarness.text(phone.boot()).replaceAll("device=.*\n", ""))
                .isEqualTo(preview.replaceAll("device=.*\n", ""));
        assertThat(core.devices.lastSeen("d")).isPositive();
        assertRefused(Reason.NOT_FOUND, () -> core.devices.preview("d", "other.cfg"));
        assertRefused(Reason.NOT_FOUND, () -> core.devices.preview("d", phone.hex + ".log"));
        assertRefused(Reason.NOT_FOUND, () -> core.devices.preview("nowhere", "x"));
        assertThat(core.devices.files("d"))
                .extracting(PhoneFile::name)
                .containsExactly(phone.hex + ".cfg", phone.hex + ".log", "common.cfg");
        assertThat(core.devices.files("nowhere")).isEmpty();
        core.configs.update("test", core.configs.get("c").orElseThrow().withRawConfig(Map.of("X_fake", "refuse")));
        assertThatThrownBy(() -> core.devices.preview("d", phone.hex + ".cfg")).hasMessage("X_fake must not be refuse");
    }

    @Test
    void trustTakesAnAddressOnly() throws RefusedException {
        create();
        assertThat(core.devices.trust("test", "d", "2001:DB8::7").trustedAddress())
                .isEqualTo("2001:db8::7");
        assertRefused(Reason.INVALID, () -> core.devices.trust("test", "d", "host"));
        assertThat(core.devices.trust("test", "d", null).trustedAddress()).isNull();
    }

    @Test
    void clientsCannotSetWhatOnlyTheServerKnows() throws RefusedException {
        Device device = create();
        Device stored = core.devices.update(
                "test",
                device.edit()
                        .configured(false)
                        .isNew(false)
                        .remoteStateSipUsername("x")
                        .description("d")
                        .build());
        assertThat(stored.configured()).isTrue();
        assertThat(stored.isNew()).isTrue();
        assertThat(stored.remoteStateSipUsername()).isNull();
        assertThat(stored.description()).isEqualTo("d");
    }

    @Test
    void nothingChangesWhileTheStoreIsAway() throws RefusedException {
        Device device = create();
        core.store.away(true);
        assertRefused(
                Reason.UNAVAILABLE,
                () -> core.devices.update("test", device.edit().description("x").build()));
        assertRefused(Reason.UNAVAILABLE, () -> core.devices.delete("test", "d"));
        assertRefused(Reason.UNAVAILABLE, () -> core.devices.reset("test", "d"));
        assertThat(core.devices.get("d")).contains(device);
        assertRefused(Reason.UNAVAILABLE, () -> new Audit(core.store).newest(null, 10));
        core.store.away(false);
        assertThat(new Audit(core.store).newest("d", 10)).hasSize(1);
    }

    @Test
    void manyThreadsLoseNoChange() throws Exception {
        create();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 40; i++) {
            String ip = "192.0.2." + i;
            pool.submit(() -> core.devices.trust("test", "d", ip));
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        FakeStore store = core.store;
        assertThat(store.document(Kind.DEVICE, "d").revision())
                .isEqualTo(core.devices.get("d").orElseThrow().revision());
        assertThat(core.auditOf("d"))
                .hasSize((int) store.document(Kind.DEVICE, "d").revision());
    }

    @Test
    void itIsSharedUntilOnlyLinesOfItsOwnTenantAreLeft() throws RefusedException {
        String one = core.tenant("one");
        String two = core.tenant("two");
        Device device = core.devices.create(
                "test", Device.create("g").tenant(one).shared(true).build());
        assertThat(device.shared()).isTrue();
        assertThat(new Ledger(core.store).devices().get("g")).isEqualTo(device);
        core.lines.associate("test", core.line(one, "u").code(), "g", 1, null);
        String foreign = core.line(two, "v").id();
        core.lines.associate("test", core.lines.get(foreign).orElseThrow().code(), "g", 2, null);

        Device now = core.devices.get("g").orElseThrow();
        assertRefused(
                Reason.CONFLICT,
                () -> core.devices.update("test", now.edit().shared(false).build()));
        assertRefused(
                Reason.CONFLICT,
                () -> core.devices.update(
                        "test", now.edit().shared(false).revision(0).build()));
        assertThat(core.devices.get("g")).contains(now);
        core.lines.dissociate("test", foreign);
        Device own = core.devices.get("g").orElseThrow();
        Device alone = core.devices.update("test", own.edit().shared(false).build());
        assertThat(alone.shared()).isFalse();
        assertThat(alone.configured()).isEqualTo(own.configured());
        assertThat(new Ledger(core.store).devices().get("g").shared()).isFalse();
        assertRefused(
                Reason.CONFLICT,
                () -> core.lines.associate(
                        "test", core.lines.get(foreign).orElseThrow().code(), "g", 2, null));
    }

    @Test
    void aLineThatIsTiedMeanwhileKeepsItShared() throws RefusedException {
        String two = core.tenant("two");
        Device device = core.devices.create(
                "test",
                Device.create("g").tenant(core.tenant("one")).shared(true).build());
        core.store.beforeNextWrite(() -> {
            try {
                core.lines.associate("faster", core.line(two, "v").code(), "g", 1, null);
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertRefused(
                Reason.CONFLICT,
                () -> core.devices.update(
                        "late", device.edit().shared(false).revision(0).build()));
        assertThat(core.devices.get("g").orElseThrow().shared()).isTrue();
    }

    @Test
    void sharingAloneMakesNoFileAnew() throws RefusedException {
        Device device = create();
        core.acme1.onGenerate = () -> {
            throw new IllegalStateException("not asked");
        };
        Device shared = core.devices.update("test", device.edit().shared(true).build());
        assertThat(shared.revision()).isEqualTo(2);
        assertThat(shared.configured()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "here", "192.0.2.0/24", "FE80::1", "010.0.0.1"})
    void refusesToTrustWhatIsNoCanonicalAddress(String address) throws RefusedException {
        Device device = create();
        assertRefused(
                Reason.INVALID,
                () -> core.devices.update(
                        "test", device.edit().trustedAddress(address).build()));
        assertThat(core.devices.get("d")).contains(device);
    }

    @Test
    void theTrustedAddressIsSetAndTakenAway() throws RefusedException {
        Device device = create();
        Device trusting = core.devices.update(
                "test", device.edit().trustedAddress("2001:db8::7").build());
        assertThat(trusting.trustedAddress()).isEqualTo("2001:db8::7");
        assertThat(core.devices
                        .update("test", trusting.edit().trustedAddress(null).build())
                        .trustedAddress())
                .isNull();
    }

    private Device wanted(String id) {
        return Device.create(id)
                .mac(core.phone(id.hashCode() & 0x7f).mac)
                .plugin("acme-1")
                .config("c")
                .vendor("Acme")
                .model("A20")
                .build();
    }

    @Test
    void makesAndChangesManyInOneTransaction() throws RefusedException {
        Device before = create();
        int commits = core.store.commits();
        core.devices.putAll(
                "bulk", List.of(wanted("x"), before.edit().description("desk").build(), wanted("y")));
        assertThat(core.store.commits()).isEqualTo(commits + 1);
        assertThat(core.devices.get("x").orElseThrow().configured()).isTrue();
        assertThat(core.devices.get("x").orElseThrow().isNew()).isTrue();
        assertThat(core.devices.get("d").orElseThrow().description()).isEqualTo("desk");
        assertThat(core.auditOf("y")).containsExactly("bulk create");
        assertThat(core.auditOf("d")).endsWith("bulk update");
        Device now = core.devices.get("d").orElseThrow();
        core.devices.putAll("bulk", List.of(now));
        assertThat(core.devices.get("d").orElseThrow()).isEqualTo(now);
        assertThat(core.store.commits()).isEqualTo(commits + 1);
    }

    @Test
    void storesNoneOfManyWhenOneIsRefused() throws RefusedException {
        Device before = create();
        for (Device bad : List.of(
                wanted("d"),
                before.edit().revision(7).description("late").build(),
                wanted("y").edit().ip("nowhere").build(),
                wanted("y").edit().tenant("nobody").build(),
                wanted("gone").edit().revision(1).build())) {
            assertThatThrownBy(() -> core.devices.putAll("bulk", List.of(wanted("x"), bad)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("device " + bad.id() + ": ");
        }
        assertThat(core.devices.get("x")).isEmpty();
        assertThat(core.devices.get("d").orElseThrow()).isEqualTo(before);
    }

    @Test
    void aConfigThatManyLeaveGoesOnlyWhenNoneOfThemTakesIt() throws RefusedException {
        phone.boot();
        Device onboarding = phone.device();
        Device taker = core.devices.create("test", wanted("x"));
        core.devices.putAll(
                "bulk",
                List.of(
                        onboarding.edit().config("c").build(),
                        taker.edit().config(onboarding.config()).build()));
        assertThat(core.configs.get(onboarding.config())).isPresent();
        core.devices.putAll(
                "bulk",
                List.of(core.devices.get("x").orElseThrow().edit().config("c").build()));
        assertThat(core.configs.get(onboarding.config())).isEmpty();
    }

    @Test
    void previewsWithOtherParametersAndKeepsNothingOfIt() throws RefusedException {
        create();
        String name = phone.hex + ".cfg";
        byte[] before = core.devices.preview("d", name).bytes();
        String changed = new String(
                core.devices
                        .preview("d", name, Map.of("sip_transport", "tls", "X_new", Map.of("a", 1L)))
                        .bytes(),
                StandardCharsets.UTF_8);
        assertThat(changed).contains("sip_transport=tls\n", "X_new={a=1}\n");
        assertThat(core.devices.preview("d", name).bytes()).isEqualTo(before);
        assertThat(core.devices.get("d").orElseThrow().revision()).isEqualTo(1);
        assertThatThrownBy(() -> core.devices.preview("d", name, Map.of("sip_transport", "smoke")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sip_transport");
        assertThatThrownBy(() -> core.devices.preview("d", "nothing", Map.of())).isInstanceOf(RefusedException.class);
    }
}
