// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that ask by TFTP get what phones get that ask by HTTP, and no more. */
class TftpIT {

    private static final int NOT_FOUND = 1;
    private static final int ACCESS_VIOLATION = 2;

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.preinstall=all")
                .ready();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Program.Result boot(String model, String mac, String source) throws IOException {
        return boot(server, model, mac, source);
    }

    private static Program.Result boot(ServerProcess server, String model, String mac, String source)
            throws IOException {
        URI tftp = server.tftp();
        return Program.autoprov(
                "zoo",
                "boot",
                "--vendor",
                model.startsWith("7") ? "cisco-sip" : "cisco-spa",
                "--model",
                model,
                "--mac",
                mac,
                "--source",
                source,
                "--url",
                server.phones() + "/",
                "--tftp",
                tftp.getHost() + ":" + tftp.getPort(),
                "--show-secrets");
    }

    private static String addLine(String user) {
        String said = server.shell(
                        "line",
                        "add",
                        "--tenant",
                        "master",
                        "--user",
                        user,
                        "--password",
                        "secret-" + user,
                        "--proxy",
                        "192.0.2.1")
                .ok();
        Matcher code = Pattern.compile("(?m)^code ([0-9]{6})$").matcher(said);
        assertThat(code.find()).as(said).isTrue();
        return code.group(1);
    }

    private static TftpPhone phone(String mac, String source) throws IOException {
        return new TftpPhone(server.tftp(), mac, source);
    }

    private static void becomesItsLines(String model, String mac, String source, String user) throws IOException {
        assertThat(boot(model, mac, source).ok()).contains("TFTP RRQ").doesNotContain(user);
        assertThat(server.shell("associate", mac, addLine(user)).ok()).contains("configured");
        assertThat(boot(model, mac, source).ok()).contains("secret-" + user);
    }

    @Test
    void anEnterprisePhoneGetsItsLineByTheCode() throws Exception {
        becomesItsLines("7961G", "001192000001", "127.0.2.1", "enterprise");
    }

    @Test
    void aPhoneThatBeginsByTftpGoesOnByHttp() throws Exception {
        becomesItsLines("SPA941", "000e08000002", "127.0.2.2", "smallbusiness");
        assertThat(boot("SPA941", "000e08000002", "127.0.2.2").ok()).contains("GET /spa-phone.xml");
        String file = new String(
                phone("000e08000002", "127.0.2.2").get("000e08000002.xml").bytes(), StandardCharsets.UTF_8);
        assertThat(file).contains("secret-smallbusiness"); // the same file, whatever the transport
    }

    @ParameterizedTest
    @CsvSource({"yealink, T54W, 805ec0000021, 127.0.2.21", "snom, D785, 000413000022, 127.0.2.22"})
    void phonesThatCanDoBothAreServedByTftpToo(String family, String model, String mac, String source)
            throws Exception {
        URI tftp = server.tftp();
        String said = Program.autoprov(
                        "zoo",
                        "boot",
                        "--vendor",
                        family,
                        "--model",
                        model,
                        "--mac",
                        mac,
                        "--source",
                        source,
                        "--over",
                        "tftp",
                        "--tftp",
                        tftp.getHost() + ":" + tftp.getPort())
                .ok();
        assertThat(said).contains("TFTP RRQ").contains("\"Autoprov\"");
    }

    @Test
    void anAnalogAdapterGetsAFileForEachPort() throws Exception {
        boot("ATA190", "001bd4000003", "127.0.2.3").ok();
        assertThat(server.shell("associate", "001bd4000003", addLine("port1"), "--position", "1")
                        .ok())
                .contains("configured");
        assertThat(server.shell("associate", "001bd4000003", addLine("port2"), "--position", "2")
                        .ok())
                .contains("configured");
        TftpPhone phone = phone("001bd4000003", "127.0.2.3");
        assertThat(phone.get("ATA001BD4000003.cnf.xml").body()).contains("secret-port1");
        assertThat(phone.get("ATA1BD400000301.cnf.xml").body()).contains("secret-port2");
    }

    @Test
    void whoOnlyKnowsTheMacGetsNoSecret() throws Exception {
        becomesItsLines("7942G", "001192000004", "127.0.2.4", "careful");
        Phone.Reply stolen = phone("001192000004", "127.0.2.5").get("SEP001192000004.cnf.xml");
        assertThat(stolen.status()).isEqualTo(NOT_FOUND);
        assertThat(stolen.body()).isEmpty();
        assertThat(phone("001192000004", "127.0.2.4")
                        .get("SEP001192000004.cnf.xml")
                        .status())
                .isEqualTo(200);
        assertThat(server.log()).doesNotContain("secret-careful");
    }

    @Test
    void trustListsAreCleanlyNotThere() throws Exception {
        for (String name : new String[] {"CTLSEP001192000006.tlv", "ITLSEP001192000006.tlv", "ITLFile.tlv"}) {
            assertThat(phone("001192000006", "127.0.2.6").get(name).status())
                    .as(name)
                    .isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void nothingOutsideThePluginsFolderIsReached() throws Exception {
        TftpPhone phone = phone("805ec0000007", "127.0.2.7");
        assertThat(phone.get("805ec0000007.cfg").status()).isEqualTo(200);
        Files.writeString(server.data().resolve("files/secret.txt"), "secret");
        for (String name : new String[] {
            "../secret.txt", "../../autoprov.conf", "/etc/passwd", "..\\secret.txt", "x/../../secret.txt", "", "a\nb"
        }) {
            assertThat(phone.get(name).status()).as(name).isLessThanOrEqualTo(ACCESS_VIOLATION);
            assertThat(phone.put(name, new byte[3])).as(name).isLessThanOrEqualTo(ACCESS_VIOLATION);
        }
        assertThat(phone.put("805ec0000007.cfg", new byte[3])).isEqualTo(ACCESS_VIOLATION);
    }

    @Test
    void aClaimedPhoneKeepsItsOwnFileWhereItsFamilyHasOne() throws Exception {
        String mac = "805ec0000008";
        TftpPhone phone = phone(mac, "127.0.2.8");
        phone.get(mac + ".cfg");
        assertThat(server.shell("associate", mac, addLine("uploads")).ok()).contains("configured");
        phone.get(mac + ".cfg");
        assertThat(phone.put(mac + "-local.cfg", "#!version:1.0.0.1\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(200);
        assertThat(phone.get(mac + "-local.cfg").body()).isEqualTo("#!version:1.0.0.1\n");
    }

    @Test
    void watchShowsTheRequestAndHowAnImageGoes() throws Exception {
        String mac = "805ec0000009";
        TftpPhone phone = phone(mac, "127.0.2.9");
        phone.get(mac + ".cfg");
        byte[] image = new byte[3 << 20];
        new Random(9).nextBytes(image);
        Path file = server.data().resolve("files/yealink-v87/T54W.rom");
        Files.createDirectories(file.getParent());
        Files.write(file, image);
        Path out = folder.resolve("watch.out");
        Process watch = new ProcessBuilder(
                        Distribution.script().toString(),
                        "shell",
                        "--data",
                        server.data().toString(),
                        "watch 127.0.2.9")
                .redirectOutput(out.toFile())
                .redirectError(out.toFile())
                .start();
        try {
            Waits.until(() -> {
                phone.get("nothing.cfg");
                return Files.readString(out).contains("nothing.cfg");
            });
            assertThat(phone.get("T54W.rom").bytes()).isEqualTo(image);
            Waits.asserted(() -> assertThat(Files.readString(out))
                    .containsPattern("TFTP READ /T54W.rom from 127.0.2.9 ")
                    .contains("    find: ", "    answer: ")
                    .containsPattern("TFTP READ /T54W.rom from 127.0.2.9: done, 3.0 MiB of 3.0 MiB, 100 %"));
        } finally {
            watch.destroy();
        }
        assertThat(server.shell("status").ok())
                .containsPattern("(?m)^listener +tftp udp://127.0.0.1:")
                .containsPattern("(?m)^tftp +.*reads [1-9][0-9]*.*finished [1-9]")
                .containsPattern("(?m)^tftp +.*errorsSent.1 [1-9]");
    }

    @Test
    void malformedPacketsDoNotEndTheListener() throws Exception {
        URI tftp = server.tftp();
        Program.Result result = Program.autoprov("zoo", "misbehave", "--tftp", tftp.getHost() + ":" + tftp.getPort());
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(server.isAlive()).isTrue();
        assertThat(server.log()).doesNotContain("ERROR").doesNotContain("\tat ");
    }

    @Test
    void aPortInUseIsNamedAndEndsTheStart() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Program.Result refused = ServerProcess.in(folder.resolve("other"))
                    .set("tftp.port=" + taken.getLocalPort())
                    .refused();
            assertThat(refused.status()).isEqualTo(69);
            assertThat(refused.errors())
                    .last()
                    .asString()
                    .contains("tftp.port", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        for (String wrong :
                new String[] {"tftp.port=70000", "tftp.ports=9-1", "tftp.windowsize_max=0", "tftp.blksize_max=7"}) {
            Program.Result refused =
                    ServerProcess.in(folder.resolve("wrong")).set(wrong).refused();
            assertThat(refused.status()).as(wrong + refused.err()).isIn(64, 69);
            assertThat(refused.err()).contains(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void allGoesOverTheOnePort() throws Exception {
        try (ServerProcess single = ServerProcess.in(folder.resolve("single"))
                .set("plugins.preinstall=all", "tftp.single_port=true")
                .ready()) {
            for (int i = 0; i < 3; i++) {
                assertThat(boot(single, "7961G", "00119200000a", "127.0.0.1").ok())
                        .contains("SEP00119200000A.cnf.xml  ok");
            }
            single.restart();
            boot(single, "7961G", "00119200000a", "127.0.0.1").ok();
        }
    }
}
