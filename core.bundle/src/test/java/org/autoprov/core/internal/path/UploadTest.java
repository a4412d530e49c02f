// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PhoneFile.Access;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("InputStreamSlowMultibyteRead") // the streams here need not be quick
class UploadTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;
    private String log;

    @BeforeEach
    void start() throws RefusedException {
        core = CoreHarness.in(folder, "phones_upload_max", 100);
        phone = core.phone(1);
        log = phone.hex + ".log";
        phone.boot();
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private void claim() throws RefusedException {
        core.lines.associate(
                "test", core.line(core.master(), "u").code(), phone.device().id(), 0, phone.ip);
    }

    private List<Path> kept() throws IOException {
        if (!Files.exists(folder.resolve("uploads"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder.resolve("uploads"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aClaimedDeviceGetsBackWhatItSent() throws RefusedException {
        claim();
        assertThat(phone.get(log).status()).isEqualTo(Status.NOT_FOUND);
        assertThat(phone.upload(log, "one").status()).isEqualTo(Status.STORED);
        assertThat(CoreHarness.text(phone.get(log))).isEqualTo("one");
        assertThat(phone.upload(log, "two").status()).isEqualTo(Status.STORED);
        assertThat(CoreHarness.text(phone.get(log))).isEqualTo("two");
        assertThat(core.phone(1).from("203.0.113.66").get(log).status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void anUnclaimedDeviceIsRefused() throws IOException {
        assertThat(phone.upload(log, "x").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatAClaimedDeviceSentIsNotReadAfterItsReset() throws RefusedException {
        claim();
        phone.upload(log, "private");
        core.devices.reset("test", phone.device().id());
        assertThat(phone.get(log).status()).isEqualTo(Status.NOT_FOUND);
        assertThat(core.phone(1).from("203.0.113.66").get(log).status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void anotherDevicesNameAndAFileThatIsMadeAreRefused() throws RefusedException, IOException {
        claim();
        assertThat(phone.upload("001122334409.log", "x").status()).isEqualTo(Status.NOT_WRITABLE);
        assertThat(phone.upload(phone.hex + ".cfg", "x").status()).isEqualTo(Status.NOT_WRITABLE);
        assertThat(phone.upload("", "x").status()).isEqualTo(Status.NOT_WRITABLE);
        assertThat(kept()).isEmpty();
    }

    @Test
    void anotherAddressIsRefused() throws RefusedException, IOException {
        claim();
        assertThat(core.phone(1).from("203.0.113.66").upload(log, "x").status()).isEqualTo(Status.NOT_FOUND);
        assertThat(kept()).isEmpty();
    }

    @Test
    void moreThanTheLimitIsRefusedAnnouncedOrNot() throws RefusedException, IOException {
        claim();
        phone.upload(log, "old");
        assertThat(phone.upload(log, "x".repeat(101)).status()).isEqualTo(Status.TOO_LARGE);
        PhoneRequest request =
                phone.request(log).action(PhoneRequest.Action.WRITE).build();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThat(core.provisioner.upload(request, endless, -1).status()).isEqualTo(Status.TOO_LARGE);
        assertThat(phone.upload(log, "x".repeat(100)).status()).isEqualTo(Status.STORED);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void aBrokenConnectionLeavesTheOldFile() throws RefusedException, IOException {
        claim();
        phone.upload(log, "old");
        PhoneRequest request =
                phone.request(log).action(PhoneRequest.Action.WRITE).build();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by peer");
            }
        };
        assertThatThrownBy(() -> core.provisioner.upload(request, broken, 10)).isInstanceOf(IOException.class);
        assertThat(CoreHarness.text(phone.get(log))).isEqualTo("old");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void aDeviceKeepsAtMostEightTimesTheLimit() throws RefusedException, IOException {
        claim();
        core.acme2.files = device -> {
            List<PhoneFile> files = new java.util.ArrayList<>();
            for (int i = 0; i < 20; i++) {
                files.add(new PhoneFile(i + ".log", "text/plain", Access.SECRET, true, false, true, null));
            }
            return files;
        };
        for (int i = 0; i < 20; i++) {
            phone.upload(i + ".log", "x".repeat(100));
        }
        assertThat(kept().size()).isBetween(7, 8);
        assertThat(phone.upload("19.log", "x").status()).isEqualTo(Status.TOO_LARGE);
    }

    @Test
    void anIdThatClimbsOutOfTheFolderDoesNot() throws RefusedException, IOException {
        CoreHarness.Phone climber = core.phone(5);
        core.config("c", List.of(), Map.of());
        core.devices.create(
                "test",
                Device.create("../../escaped")
                        .mac(climber.mac)
                        .plugin("acme-1")
                        .config("c")
                        .build());
        assertThat(climber.upload(climber.hex + ".log", "x").status()).isEqualTo(Status.STORED);
        assertThat(kept()).hasSize(1);
        assertThat(CoreHarness.text(climber.get(climber.hex + ".log"))).isEqualTo("x");
        assertThat(folder.resolve("escaped")).doesNotExist();
        assertThat(folder.getParent().resolve("escaped")).doesNotExist();
    }
}
