// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    @ValueSource(
            strings = {
                "curl -s -o OUT tftp://127.0.0.1:PORT/FILE",
                "curl -s -o OUT --tftp-no-options tftp://127.0.0.1:PORT/FILE",
                "curl -s -o OUT --tftp-blksize 1428 tftp://127.0.0.1:PORT/FILE",
                "curl -s -o OUT --tftp-blksize 65464 tftp://127.0.0.1:PORT/FILE",
                "tftp -m binary 127.0.0.1 PORT -c get FILE OUT",
                "atftp -g -r FILE -l OUT 127.0.0.1 PORT",
                "atftp --option blksize=1428 -g -r FILE -l OUT 127.0.0.1 PORT",
                "atftp --option windowsize=16 -g -r FILE -l OUT 127.0.0.1 PORT",
                "busybox tftp -g -r FILE -l OUT 127.0.0.1 PORT",
                "busybox tftp -b 1400 -g -r FILE -l OUT 127.0.0.1 PORT"
            })
    void installedClientsRead(String command) throws Exception {
        for (int length : new int[] {1, 511, 512, 1024, 1_000_000}) {
            Path out = folder.resolve("out");
            Files.deleteIfExists(out);
            run(command.replace("FILE", "disk" + length).replace("OUT", out.toString()));
            assertThat(out).hasBinaryContent(LiveServer.bytes(length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -s -T FILE tftp://127.0.0.1:PORT/up",
                "tftp -m binary 127.0.0.1 PORT -c put FILE up",
                "atftp -p -l FILE -r up 127.0.0.1 PORT",
                "busybox tftp -p -l FILE -r up 127.0.0.1 PORT"
            })
    void installedClientsWrite(String command) throws Exception {
        for (int length : new int[] {1, 511, 512, 1024, 1_000_000}) {
            run(command.replace("FILE", folder.resolve("n" + length).toString()));
            assertThat(live.core.uploaded.get("up")).isEqualTo(LiveServer.bytes(length));
        }
    }

    private void run(String command) throws Exception {
        String[] words = command.replace("PORT", Integer.toString(live.port())).split(" ");
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, words[0])));
        assumeThat(installed).as(words[0] + " is installed").isTrue();
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
    }
}
