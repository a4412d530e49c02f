// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.testing.SubjectCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;

    private void start(Object... settings) {
        core = CoreHarness.in(folder, settings);
        phone = core.phone(1);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private void claim() throws RefusedException {
        phone.boot();
        core.lines.associate(
                "test", core.line(core.master(), "user1").code(), phone.device().id(), 0, phone.ip);
    }

    private PhoneReply steal(String ip) {
        return core.phone(1).from(ip).saying("Acme A20 6.6.6").boot();
    }

    @Test
    void aClaimedDevicesSecretsGoOnlyToItsAddress() throws RefusedException {
        start();
        claim();
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=user1:secret-user1@");
        PhoneReply stolen = steal("203.0.113.66");
        assertThat(stolen.status()).isEqualTo(Status.NOT_FOUND);
        assertThat(stolen.content()).isNull();
        assertThat(CoreHarness.text(phone.boot())).contains("user1");
    }

    @Test
    void anUnprovenRequestChangesNothingOnTheDevice() throws RefusedException {
        start();
        claim();
        phone.boot();
        Device before = phone.device();
        int commits = core.store.commits();
        steal("203.0.113.66");
        core.phone(1).from("203.0.113.66").get("common.cfg");
        core.phone(1).from("203.0.113.66").upload(phone.hex + ".log", "forged");
        assertThat(phone.device()).isSameAs(before);
        assertThat(core.store.commits()).isEqualTo(commits);
    }

    @Test
    void openFilesAreServedToAnybody() throws RefusedException {
        start();
        claim();
        assertThat(core.phone(1).from("203.0.113.66").get("common.cfg").status())
                .isEqualTo(Status.SERVED);
    }

    @Test
    void anUnclaimedDevicesOnboardingFileIsServedToAnybodyWhoKnowsTheMac() {
        start();
        phone.boot();
        assertThat(core.phone(1).from("203.0.113.66").boot().status()).isEqualTo(Status.SERVED);
    }

    @Test
    void withoutATrustedAddressTheFirstOneBecomesIt() throws RefusedException {
        start();
        core.config("c", java.util.List.of(), Map.of());
        core.devices.create(
                "test",
                Device.create("d").mac(phone.mac).plugin("acme-1").config("c").build());
        assertThat(phone.get("common.cfg").status()).isEqualTo(Status.SERVED);
        assertThat(phone.device().trustedAddress())
                .as("an open file claims nothing")
                .isNull();
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
        assertThat(phone.device().trustedAddress()).isEqualTo(phone.ip);
        assertThat(core.auditOf("d")).anyMatch(line -> line.equals("phone 192.0.2.1 trust 192.0.2.1"));
        assertThat(steal("203.0.113.66").status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void trustMovesOnlyByAnAdministrator() throws RefusedException {
        start();
        claim();
        phone.boot();
        core.devices.trust("admin", phone.device().id(), "203.0.113.66");
        assertThat(phone.boot().status()).isEqualTo(Status.NOT_FOUND);
        assertThat(core.phone(1).from("203.0.113.66").boot().status()).isEqualTo(Status.SERVED);
        core.devices.trust("admin", phone.device().id(), null);
        assertThat(core.phone(1).from("192.0.2.88").boot().status()).isEqualTo(Status.SERVED);
        assertThat(core.phone(1).device().trustedAddress()).isEqualTo("192.0.2.88");
    }

    @Test
    void aKnownPhoneIsAdmittedFirstAlsoWhileTheStoreIsAway() throws RefusedException {
        start();
        claim();
        core.devices.trust("admin", phone.device().id(), null);
        core.store.away(true);
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "172.16.0.1, true",
        "192.168.7.7, true",
        "127.0.0.1, true",
        "169.254.1.1, true",
        "fe80::1, true",
        "fd00::1, true",
        "::1, true",
        "203.0.113.66, false",
        "172.32.0.1, false",
        "8.8.8.8, false",
        "2001:db8::1, false",
        "::ffff:8.8.8.8, false",
        "::ffff:10.0.0.1, true"
    })
    void networkAdmitsLocalAddressesOnly(String ip, boolean admitted) throws RefusedException {
        start("phones_secrets_source", "network");
        claim();
        assertThat(steal(ip).status()).isEqualTo(admitted ? Status.SERVED : Status.NOT_FOUND);
    }

    @Test
    void anyAdmitsEverybody() throws RefusedException {
        start("phones_secrets_source", "any");
        claim();
        assertThat(steal("203.0.113.66").status()).isEqualTo(Status.SERVED);
    }

    @Test
    void theTenantsUrlKeyAdmits() throws RefusedException {
        start("phones_http_auth", "url_key");
        core.tenants.setProvisioningKey("test", core.master(), "master-key");
        core.devices.create("test", Device.create("d").mac(phone.mac).build());
        phone.get("master-key/" + phone.hex + ".cfg");
        core.lines.associate("test", core.line(core.master(), "user1").code(), "d", 0, "192.0.2.1");
        assertThat(core.phone(1)
                        .from("203.0.113.66")
                        .get("master-key/" + phone.hex + ".cfg")
                        .status())
                .isEqualTo(Status.SERVED);
    }

    @Test
    void aCertificateThatNamesTheMacAdmits() throws RefusedException {
        start();
        claim();
        assertThat(withCertificate("CN=001122334401, O=Acme").status()).isEqualTo(Status.SERVED);
        assertThat(withCertificate("CN=A20 00:11:22:33:44:01").status()).isEqualTo(Status.SERVED);
        assertThat(withCertificate("CN=001122334402, O=Acme").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(withCertificate("O=Acme").status()).isEqualTo(Status.NOT_FOUND);
    }

    private PhoneReply withCertificate(String subject) {
        PhoneRequest request = core.phone(1)
                .from("203.0.113.66")
                .request(phone.hex + ".cfg")
                .certificate(new SubjectCertificate(subject))
                .build();
        return core.provisioner.provision(request);
    }

    @Test
    void judgesByTheStateOfTheConfig() throws RefusedException {
        start();
        claim();
        Admission admission = new Admission(core.ledger, core.settings);
        PhoneRequest request = PhoneRequest.from(Protocol.TFTP, CoreHarness.address("203.0.113.1"))
                .build();
        Device device = phone.device();
        assertThat(admission.judge(device, request, "203.0.113.1")).isEqualTo(Admission.Verdict.UNPROVEN);
        assertThat(admission.judge(device, request, phone.ip)).isEqualTo(Admission.Verdict.PROVEN);
        assertThat(admission.judge(device.edit().trustedAddress(null).build(), request, "203.0.113.1"))
                .isEqualTo(Admission.Verdict.FIRST);
        assertThat(admission.judge(device.edit().config("nowhere").build(), request, "203.0.113.1"))
                .isEqualTo(Admission.Verdict.UNCLAIMED);
        assertThat(admission.judge(Device.create("x").mac(new MacAddress(9)).build(), request, "203.0.113.1"))
                .isEqualTo(Admission.Verdict.UNCLAIMED);
    }
}
