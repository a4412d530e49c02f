// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartStopIT {

    private static final int LARGE = 24 << 20;

    @TempDir
    Path folder;

    @Test
    void saysWhereItListensAndEndsCleanlyOnSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            JsonObject endpoints = server.endpoints();
            assertThat(endpoints.get("pid").getAsLong()).isEqualTo(server.pid());
            assertThat(server.out())
                    .startsWith("autoprov ready")
                    .contains(server.phones().toString());
            assertThat(server.out().lines()).hasSize(1);
            assertThat(server.phones().getPort()).isPositive();

            long start = System.nanoTime();
            assertThat(server.stop()).isZero();
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            assertThat(server.endpointsFile()).doesNotExist();
            assertThat(server.log())
                    .doesNotContain("ERROR")
                    .doesNotContain("WARN")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void endsCleanlyOnSigint() throws Exception {
        // Started from a script in the background it would inherit an ignored SIGINT.
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .by("env", "--default-signal=INT")
                .ready()) {
            server.signal("INT");
            assertThat(server.awaitEnd(5)).isZero();
            assertThat(server.endpointsFile()).doesNotExist();
        }
    }

    @Test
    void endsByTheShellCommand() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            server.shell("shutdown").ok();
            assertThat(server.awaitEnd(5)).isZero();
        }
    }

    @Test
    void letsARunningTransferEnd() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
            Path firmware = server.data().resolve("files/acme-v1/firmware.bin");
            Files.createDirectories(firmware.getParent());
            Files.write(firmware, new byte[LARGE]);
            Waits.until(() -> server.log().contains("family acme 1.0"));
            try (Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), server.phones().getPort())) {
                socket.setReceiveBufferSize(64 << 10);
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("GET /firmware.bin HTTP/1.1\r\nHost: a\r\n"
                                        + "User-Agent: Acme A10 1.0 001122000001\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                byte[] beginning = in.readNBytes(1000);
                assertThat(new String(beginning, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200");
                server.signal("TERM");
                Thread.sleep(1000);
                assertThat(server.isAlive()).isTrue();
                long rest = in.transferTo(java.io.OutputStream.nullOutputStream());
                assertThat(1000 + rest).isGreaterThanOrEqualTo(LARGE);
            }
            assertThat(server.awaitEnd(6)).isZero();
        }
    }

    @Test
    void doesNotWaitForeverForAStuckTransfer() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
            Path firmware = server.data().resolve("files/acme-v1/firmware.bin");
            Files.createDirectories(firmware.getParent());
            Files.write(firmware, new byte[LARGE]);
            Waits.until(() -> server.log().contains("family acme 1.0"));
            try (Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), server.phones().getPort())) {
                socket.getOutputStream()
                        .write(("GET /firmware.bin HTTP/1.1\r\nHost: a\r\n"
                                        + "User-Agent: Acme A10 1.0 001122000001\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readNBytes(1000);
                server.signal("TERM");
                assertThat(server.awaitEnd(9)).isZero();
            }
        }
    }

    @Test
    void startsAgainWithTheSameData() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
            Waits.until(() -> server.log().contains("family acme 1.0"));
            String before = user(server);
            long start = System.nanoTime();
            server.restart();
            assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
            assertThat(user(server)).isNotNull().isEqualTo(before);
        }
    }

    private static String user(ServerProcess server) throws IOException {
        try (Phone phone = Phone.acme(server.phones(), "Acme", 1)) {
            return phone.own("acme").value("user");
        }
    }

    @Test
    void startsAfterItsOwnFilesOfACrashWereLeftBehind() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data")).ready()) {
            server.kill();
            assertThat(server.endpointsFile()).exists();
            assertThat(server.shell("status").status()).isEqualTo(69);
            server.restart();
            assertThat(server.endpoints().get("pid").getAsLong()).isEqualTo(server.pid());
            assertThat(server.log()).doesNotContain("ERROR");
        }
    }

    @Test
    void writesNowhereElse() throws Exception {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Path home = Files.createDirectories(folder.resolve("home"));
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .environment("HOME", home.toString())
                .environment("AUTOPROV_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch + " -Duser.home=" + home)
                .ready()) {
            server.shell("install yealink").ok();
            try (Phone phone = Phone.yealink(server.phones(), 1, "127.0.0.1")) {
                assertThat(phone.get("/" + phone.mac() + ".cfg").status()).isEqualTo(200);
            }
            server.stop();
            assertThat(everything(scratch)).isEmpty();
            assertThat(everything(home)).isEmpty();
        }
    }

    private static List<Path> everything(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root)).toList();
        }
    }

    @Test
    void isFactoryNewWithoutItsDataFolder() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.in(data).ready()) {
            server.shell("line add --tenant master --user a --password b").ok();
            assertThat(server.shell("lines").ok()).contains("master");
            server.stop();
            delete(data);
            server.restart();
            assertThat(server.shell("lines").ok()).contains("no such line");
        }
    }

    private static void delete(Path root) throws IOException {
        List<Path> all = new java.util.ArrayList<>(everything(root));
        all.add(root);
        all.sort(java.util.Comparator.reverseOrder());
        for (Path file : all) {
            Files.delete(file);
        }
    }

    @Test
    void runsOnTheNewestJava() throws Exception {
        Path jvms = Path.of("/usr/lib/jvm");
        Path newest = null;
        if (Files.isDirectory(jvms)) {
            try (Stream<Path> all = Files.list(jvms)) {
                newest = all.filter(jvm -> jvm.getFileName().toString().contains("25"))
                        .filter(jvm -> Files.isExecutable(jvm.resolve("bin/java")))
                        .findFirst()
                        .orElse(null);
            }
        }
        Assumptions.assumeTrue(newest != null, "no JDK 25 below /usr/lib/jvm");
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .environment("JAVA_HOME", newest.toString())
                .ready()) {
            server.shell("install yealink").ok();
            try (Phone phone = Phone.yealink(server.phones(), 1, "127.0.0.1")) {
                assertThat(phone.get("/" + phone.mac() + ".cfg").status()).isEqualTo(200);
            }
            VendorBundle.of("acme", "1.0").drop(server.plugins(), "acme.jar");
            Waits.until(() -> server.log().contains("family acme 1.0"));
            assertThat(user(server)).isNotNull();
            assertThat(server.stop()).isZero();
            assertThat(server.log()).doesNotContain("ERROR").doesNotContain("WARNING");
        }
    }
}
