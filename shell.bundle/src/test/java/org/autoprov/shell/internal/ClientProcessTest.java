// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autoprov.shell.client.ShellClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client as its users start it: a process with nothing on its class path but this module's classes. */
@Timeout(120)
class ClientProcessTest {

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

    private record Ended(int status, String out, String err) {}

    private Process start(String... args) throws IOException, URISyntaxException {
        Path classes = Path.of(ShellClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                new ArrayList<>(List.of(java.toString(), "-cp", classes.toString(), ShellClient.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(data.resolve("err").toFile())
                .redirectOutput(data.resolve("out").toFile())
                .start();
    }

    private Ended run(String input, String... args) throws Exception {
        Process process = start(args);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(), Files.readString(data.resolve("out")), Files.readString(data.resolve("err")));
    }

    private Ended command(String... words) throws Exception {
        List<String> args = new ArrayList<>(List.of("--data", data.toString()));
        args.addAll(List.of(words));
        return run("", args.toArray(String[]::new));
    }

    @Test
    void runsOneCommandAndEndsWithItsStatus() throws Exception {
        assertThat(command("lines", "jörg").out()).contains("日本");
        assertThat(command("echo", "a b", "it's", "$x|;", "*", ""))
                .isEqualTo(new Ended(0, "[a b]\n[it's]\n[$x|;]\n[*]\n[]\n", ""));
        assertThat(command("echo a; echo b").out()).isEqualTo("[a]\n[b]\n");
        assertThat(command("reset", "d1"))
                .isEqualTo(new Ended(1, "", "autoprov: no config has the role autocreate\\x1b[31m\n"));
        assertThat(command("frobnicate").status()).isEqualTo(64);
    }

    @Test
    void saysThatNoServerIsThere(@TempDir Path empty) throws Exception {
        assertThat(run("", "--data", empty.toString(), "version"))
                .isEqualTo(new Ended(69, "", "autoprov: no server is running in " + empty + "\n"));
        assertThat(run("version\n", "--data=" + empty).status()).isEqualTo(69);
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        assertThat(run("", "--frob").status()).isEqualTo(64);
        assertThat(run("", "--data").status()).isEqualTo(64);
        Ended help = run("", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).startsWith("usage: autoprov shell");
    }

    @Test
    void readsCommandsLineByLineWhereThereIsNoTerminal() throws Exception {
        Ended ended = run("echo a\n\n# nothing\nreset d1\necho 'b c'\nexit\necho d\n", "--data", data.toString());

        assertThat(ended.out()).isEqualTo("[a]\n[b c]\n");
        assertThat(ended.err()).hasLineCount(1);
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void killedClientEndsItsWatch() throws Exception {
        Process process = start("--data", data.toString(), "watch");
        await().until(() -> !shell.core.followers.isEmpty());

        process.destroy();

        await().until(shell.core.followers::isEmpty);
    }

    @Test
    void endsWhenTheServerStops() throws Exception {
        Process process = start("--data", data.toString(), "watch");
        await().until(() -> !shell.core.followers.isEmpty());

        server.close();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(69);
        assertThat(Files.readString(data.resolve("err"))).hasLineCount(1);
    }
}
