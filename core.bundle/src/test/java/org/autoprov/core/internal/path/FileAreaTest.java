// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileAreaTest {

    @TempDir
    Path data;

    private Path area;

    @BeforeEach
    void fill() throws IOException {
        area = Files.createDirectories(data.resolve("files/acme-2"));
        Files.createDirectories(area.resolve("fw"));
        Files.writeString(area.resolve("fw/a20.bin"), "firmware");
        Files.writeString(area.resolve("ring.wav"), "");
        Files.writeString(data.resolve("files/secret.txt"), "secret");
        Files.createDirectories(data.resolve("files/acme-22"));
        Files.writeString(data.resolve("files/acme-22/other.txt"), "other");
        Files.createSymbolicLink(area.resolve("link.txt"), data.resolve("files/secret.txt"));
        Files.createSymbolicLink(area.resolve("inside.bin"), area.resolve("fw/a20.bin"));
        Files.createSymbolicLink(area.resolve("up"), data.resolve("files"));
    }

    @Test
    void servesPlainFilesWithTheirLengthAndTime() {
        PhoneReply reply = FileArea.read(area, "fw/a20.bin");
        assertThat(reply.status()).isEqualTo(Status.SERVED);
        assertThat(reply.content().length()).isEqualTo(8);
        assertThat(reply.content().lastModified()).isNotNull();
        assertThat(FileArea.read(area, "ring.wav").content().length()).isZero();
        assertThat(FileArea.read(area, "inside.bin").status()).isEqualTo(Status.SERVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "fw/none", "../secret.txt", "fw/../../secret.txt", "../acme-22/other.txt", "link.txt",
                        "up/secret.txt",
                "/etc/passwd", "fw/a20.bin/x", "a\u0000b", "..", "../..", "~", "fw\\a20.bin"
            })
    void findsNothingOutsideAndNothingThatIsNotThere(String path) {
        assertThat(FileArea.read(area, path).status()).isIn(Status.NOT_FOUND, Status.DIRECTORY);
        assertThat(FileArea.read(area, path).content()).isNull();
    }

    @Test
    void aFolderIsNotListed() {
        assertThat(FileArea.read(area, "").status()).isEqualTo(Status.DIRECTORY);
        assertThat(FileArea.read(area, "fw").status()).isEqualTo(Status.DIRECTORY);
        assertThat(FileArea.read(area.resolve("nowhere"), "x").status()).isEqualTo(Status.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "a.xml, application/xml",
        "A.XML, application/xml",
        "a.cfg, text/plain; charset=utf-8",
        "a, application/octet-stream",
        "a.bin, application/octet-stream",
        "a.wav, audio/x-wav"
    })
    void guessesTheTypeByTheEnding(String name, String type) {
        assertThat(FileArea.contentType(name)).isEqualTo(type);
    }

    @Test
    void aDeviceReachesOnlyTheFilesOfItsPlugin() throws IOException {
        Files.createDirectories(data.resolve("files/acme-1"));
        Files.writeString(data.resolve("files/acme-1/old.bin"), "old");
        try (CoreHarness core = CoreHarness.in(data)) {
            CoreHarness.Phone phone = core.phone(1);
            assertThat(CoreHarness.text(phone.get("fw/a20.bin"))).isEqualTo("firmware");
            assertThat(phone.get("old.bin").status()).isEqualTo(Status.NOT_FOUND);
            assertThat(phone.get("001122334409.cfg").status())
                    .as("another device's")
                    .isEqualTo(Status.NOT_FOUND);
        }
    }
}
