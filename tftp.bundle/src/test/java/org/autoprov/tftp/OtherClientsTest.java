// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that other people wrote: Commons Net, and those that this machine has. */
final class OtherClientsTest {

    @TempDir
    Path folder;

    private LiveServer live;

    @BeforeEach
    void open() throws IOException {
        live = new LiveServer();
        for (int length : new int[] {0, 1, 511, 512, 1024, 5_000, 1_000_000}) {
            Path file = folder.resolve("n" + length);
            Files.write(file, LiveServer.bytes(length));
            live.core.put("disk" + length, file);
            live.core.put("n" + length, LiveServer.bytes(length));
        }
    }

    @AfterEach
    void close() {
        live.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 1024, 5_000, 1_000_000})
    void commonsNetReads(int length) throws IOException {
        for (String name : List.of("n", "disk")) {
            TFTPClient client = new TFTPClient();
            client.open();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            client.receiveFile(name + length, TFTP.BINARY_MODE, content, InetAddress.getLoopbackAddress(), live.port());
            client.close();
            assertThat(content.toByteArray()).isEqualTo(LiveServer.bytes(length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 1024, 5_000, 1_000_000})
    void commonsNetWrites(int length) throws IOException {
        TFTPClient client = new TFTPClient();
        client.open();
        client.sendFile(
                "up",
                TFTP.BINARY_MODE,
                new ByteArrayInputStream(LiveServer.bytes(length)),
                InetAddress.getLoopbackAddress(),
                live.port());
        client.close();
        assertThat(live.core.uploaded.get("up")).isEqualTo(LiveServer.bytes(length));
    }

    @Test
    void commonsNetReadsAndWritesText() throws IOException {
        byte[] text = "one\ntwo\n\nthree".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        live.core.put("text", text);
        TFTPClient client = new TFTPClient();
        client.open();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        client.receiveFile("text", TFTP.NETASCII_MODE, content, InetAddress.getLoopbackAddress(), live.port());
        client.sendFile(
                "up",
                TFTP.NETASCII_MODE,
                new ByteArrayInputStream(text),
                InetAddress.getLoopbackAddress(),
                live.port());
        client.close();
        assertThat(content.toByteArray()).isEqualTo(text);
        assertThat(live.core.uploaded.get("up")).isEqualTo(text);
    }

    @Test
    void commonsNetSeesErrors() throws IOException {
        TFTPClient client = new TFTPClient();
        client.open();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.receiveFile(
                        "none",
                        TFTP.BINARY_MODE,
                        new ByteArrayOutputStream(),
                        InetAddress.getLoopbackAddress(),
                        live.port())))
                .hasMessageContaining("File not found");
        client.close();
    }

    @ParameterizedTest
    @FieldSource("org.autoprov.tftp.Programs#READERS")
    void installedClientsRead(String command) throws Exception {
        assumeInstalled(command);
        for (int length : new int[] {1, 511, 512, 1024, 1_000_000}) {
            Path out = folder.resolve("out");
            Files.deleteIfExists(out);
            Programs.run(Programs.fill(command, "127.0.0.1", live.port(), "disk" + length, out));
            assertThat(out).hasBinaryContent(LiveServer.bytes(length));
        }
    }

    @Test
    void curlReadsLargestBlocks() throws Exception {
        String command = "curl -s -o OUT --tftp-blksize 65464 tftp://HOST:PORT/FILE";
        assumeInstalled(command);
        Path out = folder.resolve("out");
        Programs.run(Programs.fill(command, "127.0.0.1", live.port(), "disk1000000", out));
        assertThat(out).hasBinaryContent(LiveServer.bytes(1_000_000));
    }

    @ParameterizedTest
    @FieldSource("org.autoprov.tftp.Programs#WRITERS")
    void installedClientsWrite(String command) throws Exception {
        assumeInstalled(command);
        for (int length : new int[] {1, 511, 512, 1024, 1_000_000}) {
            Programs.run(Programs.fill(command, "127.0.0.1", live.port(), "up", folder.resolve("n" + length)));
            assertThat(live.core.uploaded.get("up")).isEqualTo(LiveServer.bytes(length));
        }
    }

    private static void assumeInstalled(String command) {
        String program = command.substring(0, command.indexOf(' '));
        assumeThat(Programs.has(program)).as(program + " is installed").isTrue();
    }
}
