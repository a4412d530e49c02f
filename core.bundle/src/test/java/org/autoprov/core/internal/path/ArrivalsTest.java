// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeGenerator;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {

    @TempDir
    Path folder;

    private CoreHarness core;

    private CoreHarness start(Object... settings) {
        core = CoreHarness.in(folder, settings);
        return core;
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void anUnknownPhoneBecomesADeviceOfTheMasterTenant() {
        start();
        CoreHarness.Phone phone = core.phone(1);
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        Device device = phone.device();
        assertThat(device.id()).matches("[0-9a-f]{32}");
        assertThat(device.tenant()).isEqualTo(core.master());
        assertThat(device.isNew()).isTrue();
        assertThat(device.addedByRequest()).isTrue();
        assertThat(device.configured()).isTrue();
        assertThat(device.ip()).isEqualTo(phone.ip);
        assertThat(device.vendor()).isEqualTo("Acme");
        assertThat(device.model()).isEqualTo("A20");
        assertThat(device.version()).isEqualTo("1.0");
        assertThat(device.config()).startsWith("autoprov");
        Config config = core.configs.get(device.config()).orElseThrow();
        assertThat(config.isTransient()).isTrue();
        assertThat(config.parentIds()).containsExactly("autoprov");
        assertThat(core.store.document(org.autoprov.core.store.Kind.DEVICE, device.id()))
                .isNotNull();
        assertThat(core.auditOf(device.id())).first().isEqualTo("phone 192.0.2.1 create 00:11:22:33:44:01");
    }

    @Test
    void aHundredRequestsOfOnePhoneMakeOneDevice() throws Exception {
        start();
        CoreHarness.Phone phone = core.phone(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(100);
        try {
            List<Future<PhoneReply>> replies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String path = i % 2 == 0 ? phone.hex + ".cfg" : "common.cfg";
                replies.add(pool.submit(() -> {
                    go.await();
                    return phone.get(path);
                }));
            }
            go.countDown();
            for (Future<PhoneReply> reply : replies) {
                assertThat(reply.get().status()).isEqualTo(Status.SERVED);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(core.devices.all()).hasSize(1);
        assertThat(core.configs.all()).hasSize(5);
        assertThat(core.auditOf(phone.device().id()))
                .filteredOn(line -> line.contains("create"))
                .hasSize(1);
    }

    @Test
    void aHundredPhonesMakeAHundredDevicesWithAccountsOfTheirOwn() {
        start();
        java.util.Set<String> accounts = new java.util.HashSet<>();
        for (int i = 1; i <= 100; i++) {
            accounts.add(CoreHarness.text(core.phone(i).boot())
                    .lines()
                    .filter(l -> l.startsWith("line.1="))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(accounts).hasSize(100);
        assertThat(core.devices.all()).hasSize(100);
    }

    @Test
    void aTemplateThatCarriesAnAccountIsCopiedLiterally() throws RefusedException {
        start();
        core.configs.update(
                "test",
                core.configs
                        .get("autoprov")
                        .orElseThrow()
                        .withRawConfig(Map.of(
                                "sip_lines",
                                Map.of(
                                        "1",
                                        Map.of(
                                                "username",
                                                "apfixed",
                                                "password",
                                                "pbx-pass",
                                                "proxy_ip",
                                                "203.0.113.1")))));
        assertThat(CoreHarness.text(core.phone(1).boot())).contains("line.1=apfixed:pbx-pass@203.0.113.1:null\n");
    }

    @Test
    void anOnboardingCopyFollowsTheParentsOfItsTemplateOnly() throws RefusedException {
        start();
        CoreHarness.Phone phone = core.phone(1);
        String before = CoreHarness.text(phone.boot());
        String account =
                before.lines().filter(l -> l.startsWith("line.1=")).findFirst().orElseThrow();
        core.configs.update(
                "test",
                core.configs
                        .get("autoprov")
                        .orElseThrow()
                        .withRawConfig(
                                Map.of("sip_lines", Map.of("1", Map.of("username", "later", "password", "later")))));
        core.configs.update("test", core.configs.get("base").orElseThrow().withRawConfig(Map.of("X_base", "later")));
        assertThat(CoreHarness.text(phone.boot())).contains(account).contains("X_base=later");
    }

    @Test
    void withoutATemplateThePhoneIsTakenInUnconfigured() throws RefusedException {
        start();
        Config template = core.configs.get("autoprov").orElseThrow();
        core.configs.update(
                "test",
                new Config(
                        "autoprov",
                        0,
                        template.parentIds(),
                        template.rawConfig(),
                        null,
                        false,
                        false,
                        template.others()));
        CoreHarness.Phone phone = core.phone(1);
        assertThat(phone.boot().status()).isEqualTo(Status.NOT_FOUND);
        assertThat(phone.device().has("config")).isFalse();
        assertThat(phone.device().configured()).isFalse();
        core.configs.update(
                "test",
                new Config(
                        "autoprov",
                        0,
                        template.parentIds(),
                        template.rawConfig(),
                        Config.ROLE_AUTOCREATE,
                        false,
                        false,
                        template.others()));
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        assertThat(phone.device().configured()).isTrue();
    }

    @Test
    void ofSeveralFamiliesOfAVendorTheOneThatUnderstoodTheRequestIsChosen() {
        start();
        FakeGenerator sibling = new FakeGenerator("zeta-1", "Zeta");
        sibling.support = info -> SupportLevel.EXACT;
        core.plugin(sibling); // of the vendor too, surer, and of a greater id; but its phones ask otherwise
        core.acme1.support = info -> SupportLevel.PROBABLE;
        core.acme2.support = info -> SupportLevel.IMPROBABLE;
        core.phone(1).boot();
        assertThat(core.phone(1).device().plugin()).isEqualTo("acme-1");
        core.acme1.support = info -> SupportLevel.IMPROBABLE;
        core.phone(2).boot();
        assertThat(core.phone(2).device().plugin()).isEqualTo("zeta-1");
    }

    @Test
    void theHighestScoreWinsAndOfEqualsTheGreatestId() {
        start();
        core.plugin(new FakeGenerator("acme-10", "Acme"));
        core.phone(1).boot();
        assertThat(core.phone(1).device().plugin()).as("acme-2 beats acme-10").isEqualTo("acme-2");
        core.acme1.support = info -> SupportLevel.EXACT;
        core.phone(2).boot();
        assertThat(core.phone(2).device().plugin()).isEqualTo("acme-1");
        core.acme1.support = info -> {
            throw new IllegalStateException("a bug");
        };
        core.phone(3).boot();
        assertThat(core.phone(3).device().plugin()).isEqualTo("acme-2");
    }

    @Test
    void scoresAreOfWhatTheRequestSaysNotOfTheStoredDevice() {
        start();
        List<DeviceInfo> asked = new ArrayList<>();
        core.acme1.support = info -> {
            asked.add(info);
            return SupportLevel.NONE;
        };
        core.phone(1).boot();
        assertThat(asked).extracting(DeviceInfo::version).contains("1.0");
    }

    @Test
    void belowProbableNoPluginGetsThePhone() {
        start();
        for (SupportLevel level : List.of(SupportLevel.NONE, SupportLevel.IMPROBABLE, SupportLevel.UNKNOWN)) {
            core.acme1.support = info -> level;
            core.acme2.support = info -> level;
            CoreHarness.Phone phone = core.phone(10 + level.ordinal());
            assertThat(phone.boot().status()).isEqualTo(Status.NOT_FOUND);
            assertThat(phone.device().plugin()).isNull();
            assertThat(core.devices.problem(phone.device().id())).contains("it has no plugin");
        }
    }

    @Test
    void aDeviceKeepsItsPlugin() {
        start();
        CoreHarness.Phone phone = core.phone(1);
        phone.boot();
        core.acme1.support = info -> SupportLevel.EXACT;
        phone.saying("Acme A20 2.0").boot();
        assertThat(phone.device().plugin()).isEqualTo("acme-2");
        core.services.get("acme-2").close();
        assertThat(phone.boot().status()).isEqualTo(Status.NOT_FOUND);
        assertThat(phone.device().plugin()).isEqualTo("acme-2");
    }

    @Test
    void whoSaysNothingMakesNoDevice() {
        start();
        PhoneReply reply = core.provisioner.provision(PhoneRequest.from(Protocol.HTTP, CoreHarness.address("192.0.2.7"))
                .path("favicon.ico")
                .build());
        assertThat(reply.status()).isEqualTo(Status.NOT_FOUND);
        assertThat(core.devices.all()).isEmpty();
        assertThat(core.store.commits()).isEqualTo(1);
    }

    @Test
    void aNewDeviceThatCannotBeStoredIsToldToComeAgain() {
        start();
        core.store.away(true);
        CoreHarness.Phone phone = core.phone(1);
        assertThat(phone.boot().status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(core.devices.all()).isEmpty();
        core.store.away(false);
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
    }

    @Test
    void aNewPhoneTakesTheAddressOfOneThatIsGone() throws RefusedException {
        start();
        core.devices.create(
                "test",
                Device.create("old").mac(core.phone(9).mac).ip("192.0.2.1").build());
        CoreHarness.Phone phone = core.phone(1);
        phone.boot();
        assertThat(phone.device().ip()).isEqualTo("192.0.2.1");
        assertThat(core.devices.get("old").orElseThrow().ip()).isNull();
    }

    @Test
    void aNewPhoneSharesTheAddressOfOneThatIsThere() {
        start();
        CoreHarness.Phone there = core.phone(9).from("192.0.2.1");
        there.boot();
        core.phone(1).boot();
        assertThat(there.device().ip()).isEqualTo("192.0.2.1");
        assertThat(core.phone(1).device().ip()).isEqualTo("192.0.2.1");
    }

    @Test
    void aNewPhoneIsTakenInAlsoWhenTheOldHolderOfItsAddressChangesMeanwhile() throws RefusedException {
        start();
        core.devices.create(
                "test",
                Device.create("old").mac(core.phone(9).mac).ip("192.0.2.1").build());
        core.store.beforeNextWrite(() -> {
            try {
                core.devices.update(
                        "test",
                        core.devices
                                .get("old")
                                .orElseThrow()
                                .edit()
                                .description("x")
                                .build());
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(core.phone(1).boot().status()).isEqualTo(Status.SERVED);
        assertThat(core.devices.get("old").orElseThrow().ip()).isNull();
        assertThat(core.devices.get("old").orElseThrow().description()).isEqualTo("x");
    }

    @Test
    void dhcpMakesAndRefreshesDevicesWithoutServingAFile() {
        start();
        PhoneRequest.Builder lease = PhoneRequest.from(Protocol.DHCP, CoreHarness.address("192.0.2.50"))
                .dhcpOptions(Map.of(60, "Acme A20 1.0 001122334401"));
        core.provisioner.observe(lease.build());
        assertThat(core.phone(1).device().ip()).isEqualTo("192.0.2.50");
        core.provisioner.observe(PhoneRequest.from(Protocol.DHCP, CoreHarness.address("192.0.2.51"))
                .dhcpOptions(Map.of(60, "Acme A20 1.0 001122334401"))
                .build());
        assertThat(core.phone(1).device().ip()).isEqualTo("192.0.2.51");
        assertThat(core.phone(1).device().remoteStateSipUsername()).isNull();
    }
}
