// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsIT {

    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void nameDataFolder() {
        data = folder.resolve("data");
    }

    private static void assertRefused(Program.Result result, int status, String... words) {
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.errors().stream().filter(line -> line.startsWith("autoprov:")))
                .as(result.err())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(words));
        assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(result.out()).isEmpty();
        assertThat(result.millis()).isLessThan(10_000);
    }

    private static void assertOneLine(Program.Result result, int status, String... words) {
        assertRefused(result, status, words);
        assertThat(result.errors()).hasSize(1);
    }

    @Test
    void refusesAnUnknownSettingOfTheCommandLine() {
        assertOneLine(ServerProcess.in(data).set("phones.htp.port=1").refused(), USAGE, "phones.htp.port");
        assertThat(data).doesNotExist();
    }

    @Test
    void refusesABadValueOfTheCommandLine() {
        assertOneLine(
                ServerProcess.in(data).set("phones.http.port=much").refused(), USAGE, "--set", "phones.http.port");
        assertOneLine(
                ServerProcess.in(data).set("phones.http.port=70000").refused(), USAGE, "phones.http.port", "65535");
        assertOneLine(
                ServerProcess.in(data).set("phones.http.auth=some").refused(), USAGE, "phones.http.auth", "url_key");
        assertOneLine(ServerProcess.in(data).set("log.level=loud").refused(), USAGE, "log.level", "debug");
    }

    @Test
    void refusesABadSettingOfTheEnvironment() {
        assertOneLine(
                ServerProcess.in(data).environment("AUTOPROV_CACHE_SIZE", "x").refused(),
                USAGE,
                "environment",
                "AUTOPROV_CACHE_SIZE",
                "cache.size");
        assertOneLine(
                ServerProcess.in(data).environment("AUTOPROV_NO_SUCH", "x").refused(), USAGE, "AUTOPROV_NO_SUCH");
    }

    @Test
    void refusesABadLineOfTheFile() throws Exception {
        Files.createDirectories(data);
        Path file = data.resolve("autoprov.conf");
        Files.writeString(file, "# a comment\n\nno.such = 1\n");
        assertOneLine(ServerProcess.in(data).refused(), USAGE, "autoprov.conf", "line 3", "no.such");
        Files.writeString(file, "phones.http.trusted_proxies = -1\n");
        assertOneLine(ServerProcess.in(data).refused(), USAGE, "autoprov.conf", "line 1", "trusted_proxies");
        Files.writeString(file, "just words\n");
        assertOneLine(ServerProcess.in(data).refused(), USAGE, "autoprov.conf", "line 1");
        Files.write(file, new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe, '\n'});
        assertOneLine(ServerProcess.in(data).refused(), USAGE, "autoprov.conf");
    }

    @Test
    void refusesAnUnknownCommandAndArgument() {
        Program.Result command = Program.autoprov("fly");
        assertThat(command.status()).isEqualTo(USAGE);
        assertThat(command.err()).startsWith("autoprov: ").contains("fly");
        assertOneLine(Program.autoprov("run", "--fly"), USAGE, "--fly");
        assertOneLine(Program.autoprov("run", "--data"), USAGE, "--data");
    }

    @Test
    void takesTheCommandLineBeforeTheEnvironmentBeforeTheFile() throws Exception {
        int byLine = freePort();
        int byEnvironment = freePort();
        int byFile = freePort();
        Files.createDirectories(data);
        Files.writeString(data.resolve("autoprov.conf"), "phones.http.port = " + byFile + "\n");
        ServerProcess.Start start = ServerProcess.in(data).without("phones.http.port");
        try (ServerProcess server = start.ready()) {
            assertThat(server.phones().getPort()).isEqualTo(byFile);
        }
        start.environment("AUTOPROV_PHONES_HTTP_PORT", Integer.toString(byEnvironment));
        try (ServerProcess server = start.ready()) {
            assertThat(server.phones().getPort()).isEqualTo(byEnvironment);
        }
        start.set("phones.http.port=" + byLine);
        try (ServerProcess server = start.ready()) {
            assertThat(server.phones().getPort()).isEqualTo(byLine);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void writesTheFileWithEverySettingAsAComment() throws Exception {
        try (ServerProcess server = ServerProcess.in(data).ready()) {
            List<String> lines = Files.readAllLines(server.data().resolve("autoprov.conf"));
            assertThat(lines).allMatch(line -> line.isEmpty() || line.startsWith("#"));
            assertThat(lines).contains("#phones.http.port = 8667", "#plugins.preinstall = ", "#log.level = info");
            server.restart(); // what it wrote, it can read
        }
        String table = Program.autoprov("settings").ok();
        assertThat(table).contains("| `phones.http.port` |").contains("`8667`");
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertRefused(
                    ServerProcess.in(data).set("phones.http.port=" + port).refused(),
                    UNAVAILABLE,
                    Integer.toString(port),
                    "in use");
        }
        try (ServerProcess server = ServerProcess.in(data).ready()) {
            assertThat(server.isAlive()).isTrue(); // nothing is damaged
        }
    }

    @Test
    void refusesADataFolderThatAnotherServerUses() throws Exception {
        try (ServerProcess first = ServerProcess.in(data).ready()) {
            assertRefused(ServerProcess.in(data).refused(), UNAVAILABLE, data.toString(), "pid " + first.pid());
            assertThat(first.endpointsFile()).exists();
            assertThat(first.shell("status").status()).isZero();
        }
    }

    @Test
    void refusesADataFolderThatIsAFile() throws Exception {
        Files.writeString(data, "text");
        assertOneLine(ServerProcess.in(data).refused(), UNAVAILABLE, data.toString());
    }

    @Test
    void refusesACorruptDatabase() throws Exception {
        Files.createDirectories(data);
        byte[] noise = new byte[8192];
        new java.util.Random(1).nextBytes(noise);
        Files.write(data.resolve("autoprov.db"), noise);
        assertRefused(ServerProcess.in(data).refused(), UNAVAILABLE, "autoprov.db");
        assertThat(data.resolve("autoprov.db")).hasBinaryContent(noise);
    }

    @Test
    void refusesADatabaseThatIsAFolder() throws Exception {
        Files.createDirectories(data.resolve("autoprov.db"));
        assertRefused(ServerProcess.in(data).refused(), UNAVAILABLE, "autoprov.db");
    }

    @Test
    void refusesAReadOnlyDataFolder() throws Exception {
        Files.createDirectories(data);
        try (ServerProcess server = ServerProcess.in(data).ready()) {
            server.stop();
        }
        Assumptions.assumeTrue(mount("--bind", data.toString(), data.toString()), "mounting is not allowed here");
        try {
            Assumptions.assumeTrue(mount("-o", "remount,ro,bind", data.toString()), "mounting is not allowed here");
            assertRefused(ServerProcess.in(data).refused(), UNAVAILABLE, data.toString());
        } finally {
            Program.run(Map.of(), "umount", List.of(data.toString())).ok();
        }
        try (ServerProcess server = ServerProcess.in(data).ready()) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static boolean mount(String... arguments) {
        return Program.run(Map.of(), "mount", List.of(arguments)).status() == 0;
    }
}
