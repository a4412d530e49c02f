// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three Acme phones and a Brio behind one NAT router. */
class SharedAddressTest {

    private static final String NAT = "192.0.2.200";

    @TempDir
    Path folder;

    private CoreHarness core;
    private Collection<Device> before;

    @BeforeEach
    void start() throws IOException {
        core = CoreHarness.in(folder);
        core.acme1.support = info -> org.autoprov.core.plugin.SupportLevel.IMPROBABLE;
        for (int number = 1; number <= 3; number++) {
            core.phone(number).from(NAT).boot();
        }
        core.phone(4).from(NAT).saying("Brio B1 1.0").boot();
        before = List.copyOf(core.devices.all());
        file("acme-2", "acme.rom");
        file("brio-1", "brio.rom");
        file("acme-1", "old.rom");
    }

    @AfterEach
    void stop() {
        assertThat(core.devices.all()).containsExactlyInAnyOrderElementsOf(before);
        core.close();
    }

    private void file(String plugin, String name) throws IOException {
        Path file = folder.resolve("files").resolve(plugin).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private PhoneRequest.Builder tftp(String path) {
        return PhoneRequest.from(Protocol.TFTP, CoreHarness.address(NAT))
                .path(path)
                .server(CoreHarness.SERVER);
    }

    private PhoneReply get(String path) {
        return core.provisioner.provision(tftp(path).build());
    }

    @Test
    void whoeverAsksGetsTheFirmwareOfAnyPluginBehindTheAddress() {
        assertThat(CoreHarness.text(get("acme.rom"))).isEqualTo("acme.rom");
        assertThat(CoreHarness.text(get("brio.rom"))).isEqualTo("brio.rom");
        assertThat(get("old.rom").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(get("../acme.rom").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(get("").status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void whatTheRequestSaysOfItsSenderCounts() {
        PhoneRequest brio = tftp("acme.rom").header("User-Agent", "Brio B1 1.0").build();
        assertThat(core.provisioner.provision(brio).status()).isEqualTo(Status.NOT_FOUND);
        PhoneRequest acme =
                tftp("acme.rom").header("User-Agent", "Acme A20 1.0").build();
        assertThat(core.provisioner.provision(acme).status()).isEqualTo(Status.SERVED);
    }

    @Test
    void commonFilesAreGivenAndSecretsAreNot() throws RefusedException {
        assertThat(get("common.cfg").status()).isEqualTo(Status.SERVED);
        core.lines.associate(
                "test",
                core.line(core.master(), "u").code(),
                core.phone(1).device().id(),
                0,
                NAT);
        before = List.copyOf(core.devices.all());
        // With nothing but the address, as the identifier of a family that does not read file names would have it.
        core.services.get("acme identifier").close();
        core.services.get("brio identifier").close();
        assertThat(get(core.phone(1).hex + ".cfg").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(get(core.phone(2).hex + ".cfg").status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void nobodyWritesWithoutSayingWhoItIs() throws IOException {
        PhoneRequest request = tftp(core.phone(9).hex + ".log")
                .action(PhoneRequest.Action.WRITE)
                .build();
        core.services.get("acme identifier").close();
        core.services.get("brio identifier").close();
        PhoneReply reply = core.provisioner.upload(request, new ByteArrayInputStream(new byte[1]), 1);
        assertThat(reply.status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void thousandsBehindOneAddressAreNotLookedThroughForEachFile() {
        for (int number = 0; number < 1_100; number++) {
            core.ledger
                    .devices()
                    .put(Device.create("d" + number).ip(NAT).plugin("acme-2").build());
        }
        assertThat(get("acme.rom").status()).isEqualTo(Status.SERVED);
        for (int number = 0; number < 1_100; number++) {
            core.ledger.devices().remove("d" + number);
        }
    }
}
