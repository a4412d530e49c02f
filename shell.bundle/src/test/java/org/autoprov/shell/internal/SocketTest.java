// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.Function;
import org.autoprov.core.service.TransferEvent;
import org.autoprov.shell.client.ShellLink;
import org.autoprov.shell.client.SocketLink;
import org.autoprov.shell.client.Wire;
import org.autoprov.shell.client.Wire.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SocketTest {

    @TempDir
    Path data;

    private final FakeShell shell = new FakeShell();
    private ShellServer server;

    @BeforeEach
    void open() {
        server = new ShellServer(data.toString(), shell.processor, shell.completion);
    }

    @AfterEach
    void close() {
        server.close();
        shell.close();
    }

    private ShellLink link() throws IOException {
        return new SocketLink(Wire.socket(data));
    }

    @Test
    void runsCommandsAndGivesTheirStatus() throws Exception {
        try (ShellLink link = link()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            assertThat(link.run("lines", 0, out, err)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("Jörg 日本");
            assertThat(link.run("reset d1", 0, out, err)).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("autoprov: no config");
            assertThat(link.run("x = 5", 0, out, err)).isZero();
            assertThat(link.run("echo $x", 0, out, err)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("[5]\n");
        }
    }

    @Test
    void manyShortCommandsFollowEachOther() throws Exception {
        try (ShellLink link = link()) {
            for (int i = 0; i < 500; i++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                assertThat(link.run("echo " + i, 0, out, out)).isZero();
                assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[" + i + "]\n");
            }
        }
    }

    @Test
    void sessionsAreApart() throws Exception {
        try (ShellLink one = link();
                ShellLink two = link()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            one.run("x = 5", 0, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
            two.run("echo $x", 0, out, out);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[null]\n");
        }
    }

    @Test
    void completesThroughTheSocket() throws Exception {
        try (ShellLink link = link()) {
            assertThat(link.complete("device 00:11", 12))
                    .containsExactly(new ShellLink.Candidate("00:11:22:33:44:55", "Yealink T54W"));
            assertThat(link.complete("zzz ", 999)).isEmpty();
        }
    }

    @Test
    void onlyTheOwnerMayOpenIt() throws Exception {
        Path socket = Wire.socket(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void interruptEndsTheCommandNotTheSession() throws Exception {
        try (ShellLink link = link()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CompletableFuture<Integer> status = started(link, "watch", out);
            shell.core.event(FakeCore.event(1, "HTTP GET /x\u001b[1m from 192.0.2.7", "d1"));
            await().until(() -> out.toString(StandardCharsets.UTF_8).contains("1.2 ms"));
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("HTTP GET /x\\x1b[1m from", "    admit no");

            link.interrupt();

            assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(ShellLink.INTERRUPTED);
            await().until(shell.core.followers::isEmpty);
            assertThat(link.run("version", 0, out, out)).isZero();
        }
    }

    @Test
    void interruptEndsACommandThatFloodsAClientThatDoesNotRead() throws Exception {
        Function flood = (session, arguments) -> {
            try (Screen screen = Screen.of(session)) {
                while (true) {
                    screen.line("x".repeat(1000));
                }
            }
        };
        shell.processor.addCommand("felix", flood, "flood");
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(Wire.socket(data)))) {
            Wire.write(raw, Frame.numberAndText(Wire.COMMAND, 0, "flood"));
            Thread.sleep(300);
            Wire.write(raw, new Frame(Wire.INTERRUPT, new byte[0]));
            Frame frame = Wire.read(raw);
            while (frame.type() != Wire.EXIT) {
                frame = Wire.read(raw);
            }
            assertThat(frame.number()).isEqualTo(ShellLink.INTERRUPTED);
        }
    }

    @Test
    void watchEndsWhenItsClientIsGone() throws Exception {
        ShellLink link = link();
        CompletableFuture<Integer> status = started(link, "watch", new ByteArrayOutputStream());

        link.close();

        await().until(shell.core.followers::isEmpty);
        assertThatThrownBy(() -> status.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void watchCountsAndFilters() throws Exception {
        try (ShellLink link = link()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CompletableFuture<Integer> status = started(link, "watch --count 2 00:11:22:33:44:55", out);
            shell.core.event(FakeCore.event(1, "HTTP GET /a", "d2"));
            shell.core.event(FakeCore.event(2, "HTTP GET /b", "d1"));
            shell.core.event(FakeCore.event(3, "HTTP GET /001122 00:11:22:33:44:55", null));

            assertThat(status.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("#2 ", "#3 ")
                    .doesNotContain("#1 ");
        }
    }

    @Test
    void watchShowsHowTransfersGoButCountsRequests() throws Exception {
        try (ShellLink link = link()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CompletableFuture<Integer> status = started(link, "watch --once .rom", out);
            shell.core.transfer("TFTP READ /a.rom from 192.0.2.7", TransferEvent.State.RUNNING, 4_194_304, 2000, "");
            shell.core.transfer("TFTP READ /b.cfg from 192.0.2.8", TransferEvent.State.RUNNING, 300_000, 1000, "");
            shell.core.transfer("TFTP READ /a.rom from 192.0.2.7", TransferEvent.State.BROKEN, 5, 3000, "gone");
            shell.core.transfer("HTTP READ /c.rom from 192.0.2.9", TransferEvent.State.DONE, 8_388_608, 4000, "");
            shell.core.event(FakeCore.event(1, "TFTP READ /a.rom", "d1"));

            assertThat(status.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains(
                            "TFTP READ /a.rom from 192.0.2.7: 4.0 MiB of 8.0 MiB, 50 %, 2.0 MiB/s\n",
                            "TFTP READ /a.rom from 192.0.2.7: broke off after 5 bytes of 8.0 MiB, 0 %: gone\n",
                            "HTTP READ /c.rom from 192.0.2.9: done, 8.0 MiB of 8.0 MiB, 100 %, 2.0 MiB/s\n",
                            "#1 ")
                    .doesNotContain("b.cfg");
        }
    }

    private CompletableFuture<Integer> started(ShellLink link, String line, OutputStream out) {
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return link.run(line, 0, out, out);
            } catch (IOException e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        });
        await().until(() -> !shell.core.followers.isEmpty());
        return status;
    }

    @Test
    void endsTheConnectionAtWhatItDoesNotUnderstand() throws Exception {
        for (Frame wrong : List.of(
                new Frame('?', new byte[0]),
                new Frame(Wire.COMMAND, new byte[2]),
                new Frame(Wire.COMPLETE, new byte[0]))) {
            try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(Wire.socket(data)))) {
                assertThat(Wire.read(raw).text()).isEqualTo(Wire.HELLO);
                Wire.write(raw, wrong);
                assertThat(Wire.read(raw)).isNull();
            }
        }
    }

    @Test
    void refusesAHugeFrame() throws Exception {
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(Wire.socket(data)))) {
            assertThat(Wire.read(raw).type()).isEqualTo(Wire.GREETING);
            raw.write(java.nio.ByteBuffer.wrap(new byte[] {'C', 127, -1, -1, -1}));
            assertThat(Wire.read(raw)).isNull();
        }
    }

    @Test
    void replacesAStaleSocketButNotALiveOneOrAFile(@TempDir Path other) throws Exception {
        Path socket = Wire.socket(other);
        Files.createDirectories(socket.getParent());
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(socket));
        killed.close();
        assertThat(socket).exists();
        ShellServer replacing = new ShellServer(other.toString(), shell.processor, shell.completion);
        new ShellServer(other.toString(), shell.processor, shell.completion).close();
        try (ShellLink link = new SocketLink(socket)) {
            assertThat(link.run("version", 0, OutputStream.nullOutputStream(), System.err))
                    .isZero();
        }
        replacing.close();
        assertThat(socket).doesNotExist();

        Files.writeString(socket, "precious");
        new ShellServer(other.toString(), shell.processor, shell.completion).close();
        assertThat(socket).hasContent("precious");
    }

    @Test
    void aPathThatIsTooLongIsSaidClearly() {
        Path far = data.resolve("x".repeat(100)).resolve("y".repeat(100));
        new ShellServer(far.toString(), shell.processor, shell.completion).close();
        assertThatThrownBy(() -> new SocketLink(Wire.socket(far)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("107 are possible");
    }

    @Test
    void stoppingEndsTheSessions() throws Exception {
        ShellLink link = link();
        CompletableFuture<Integer> status = started(link, "watch", new ByteArrayOutputStream());

        server.close();

        await().until(shell.core.followers::isEmpty);
        assertThatThrownBy(() -> status.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(Wire.socket(data)).doesNotExist();
    }
}
