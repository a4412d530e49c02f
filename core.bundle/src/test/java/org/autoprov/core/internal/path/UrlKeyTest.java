// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RequestEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // closing is all that is done with the subscription
class UrlKeyTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;
    private String other;

    private void start(Object... more) throws RefusedException {
        Object[] settings = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("phones_http_auth", "url_key"), java.util.Arrays.stream(more))
                .toArray();
        core = CoreHarness.in(folder, settings);
        phone = core.phone(1);
        core.tenants.setProvisioningKey("test", core.master(), "master-key");
        other = core.tenant("other");
        core.tenants.setProvisioningKey("test", other, "other-key");
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void aWrongOrMissingKeyMakesNoDevice() throws RefusedException {
        start();
        for (String path : List.of(
                phone.hex + ".cfg",
                "wrong-key/" + phone.hex + ".cfg",
                "",
                "/" + phone.hex + ".cfg",
                "master-key2/x.cfg",
                "MASTER-KEY/" + phone.hex + ".cfg")) {
            assertThat(phone.get(path).status()).as(path).isEqualTo(Status.NOT_FOUND);
        }
        assertThat(core.devices.all()).isEmpty();
    }

    @Test
    void theKeyIsTakenOffThePathAndPutIntoTheUrlsOfTheFile() throws RefusedException {
        start();
        PhoneReply reply = phone.get("master-key/" + phone.hex + ".cfg");
        assertThat(CoreHarness.text(reply)).contains("base=http://198.51.100.1:8667/master-key\n");
        assertThat(phone.get("master-key").status()).isEqualTo(Status.DIRECTORY);
    }

    @Test
    void anyTenantsKeyLetsANewPhoneInWhichLandsInTheMasterTenant() throws RefusedException {
        start();
        assertThat(phone.get("other-key/" + phone.hex + ".cfg").status()).isEqualTo(Status.SERVED);
        assertThat(phone.device().tenant()).isEqualTo(core.master());
    }

    @Test
    void aKeyOpensNoDeviceOfAnotherTenant() throws RefusedException {
        start();
        phone.get("other-key/" + phone.hex + ".cfg");
        core.lines.associate(
                "test", core.line(other, "u").code(), phone.device().id(), 0, phone.ip);
        assertThat(phone.get("master-key/" + phone.hex + ".cfg").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(phone.get("master-key/common.cfg").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(phone.get("other-key/" + phone.hex + ".cfg").status()).isEqualTo(Status.SERVED);
    }

    @Test
    void aKeyOpensDevicesOfAllTenantsWhenTheSettingSaysSo() throws RefusedException {
        start("phones_http_auth_tenant", false);
        phone.get("other-key/" + phone.hex + ".cfg");
        core.lines.associate(
                "test", core.line(other, "u").code(), phone.device().id(), 0, phone.ip);
        assertThat(phone.get("master-key/common.cfg").status()).isEqualTo(Status.SERVED);
    }

    @Test
    void tftpIsNotCoveredByTheKey() throws RefusedException {
        start();
        PhoneReply reply = core.provisioner.provision(PhoneRequest.from(Protocol.TFTP, CoreHarness.address(phone.ip))
                .path(phone.hex + ".cfg")
                .build());
        assertThat(core.devices.all()).hasSize(1);
        assertThat(reply.status()).as("no plugin: the request names no vendor").isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void whoAsksWithoutAKeyByTftpDoesNotLearnIt() throws RefusedException {
        start();
        PhoneRequest request = PhoneRequest.from(Protocol.TFTP, CoreHarness.address(phone.ip))
                .path(phone.hex + ".cfg")
                .server(CoreHarness.SERVER)
                .header("User-Agent", phone.agent + " " + phone.hex)
                .build();
        for (int i = 0; i < 2; i++) { // made, then kept
            assertThat(CoreHarness.text(core.provisioner.provision(request)))
                    .contains("base=http://198.51.100.1:8667\n")
                    .doesNotContain("master-key");
            assertThat(CoreHarness.text(phone.get("master-key/" + phone.hex + ".cfg")))
                    .contains("base=http://198.51.100.1:8667/master-key\n");
        }
    }

    @Test
    void theKeyIsInNoLogAndNoEvent() throws Exception {
        start();
        List<RequestEvent> events = new CopyOnWriteArrayList<>();
        try (AutoCloseable following = core.monitor.follow(events::add)) {
            phone.get("master-key/" + phone.hex + ".cfg");
            await().until(() -> events.size() == 1);
            assertThat(events.toString()).doesNotContain("master-key").contains(phone.hex + ".cfg");
        }
    }
}
