// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first boot to the phone with its line, with simulated phones; and who does not get what. */
class AssociationIT {

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

    private static Program.Result boot(String model, String mac, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "zoo", "boot", "--model", model, "--mac", mac, "--url", server.phones() + "/", "--show-secrets"));
        words.addAll(List.of(more));
        return Program.autoprov(words.toArray(String[]::new));
    }

    private static String addLine(String user, String password) {
        String said = server.shell(
                        "line",
                        "add",
                        "--tenant",
                        "master",
                        "--user",
                        user,
                        "--password",
                        password,
                        "--proxy",
                        "192.0.2.1")
                .ok();
        Matcher code = Pattern.compile("(?m)^code ([0-9]{6})$").matcher(said);
        assertThat(code.find()).as(said).isTrue();
        return code.group(1);
    }

    private static void becomesItsLines(String model, String mac, String user) throws IOException {
        String first = boot(model, mac).ok();
        assertThat(first).contains("Autoprov").doesNotContain(user);
        String code = addLine(user, "secret-" + user);
        assertThat(server.shell("associate", mac, code).ok()).contains("configured");
        assertThat(boot(model, mac).ok()).contains(user, "secret-" + user).doesNotContain("\"Autoprov\"");
        server.restart();
        assertThat(boot(model, mac).ok()).contains("secret-" + user);

        assertThat(server.shell("associate", mac, code).status()).isEqualTo(1); // a code works once
        server.shell("dissociate", code).ok();
        assertThat(boot(model, mac).ok()).doesNotContain("secret-" + user);
    }

    @Test
    void aYealinkPhoneGetsItsLineByTheCode() throws Exception {
        becomesItsLines("T54W", "805ec0000001", "alice");
    }

    @Test
    void aSnomPhoneGetsItsLineByTheCode() throws Exception {
        becomesItsLines("D765", "000413000001", "bob");
    }

    @Test
    void whoKnowsOnlyTheMacGetsNoSecretOfAClaimedPhone() throws Exception {
        String mac = "805ec0000011";
        boot("T54W", mac).ok();
        server.shell("associate", mac, addLine("carol", "secret-carol")).ok();
        assertThat(boot("T54W", mac).ok()).contains("secret-carol");
        try (Phone attacker = Phone.yealink(server.phones(), 0x11, "127.0.0.2")) {
            Phone.Reply own = attacker.get("/" + mac + ".cfg");
            assertThat(own.status()).isEqualTo(404);
            assertThat(own.bytes()).isEmpty();
            assertThat(attacker.get("/" + mac + "-contact.xml").status()).isEqualTo(404);
        }
        assertThat(boot("T54W", mac, "--source", "127.0.0.2").status()).isEqualTo(1);
        assertThat(boot("T54W", mac).ok()).contains("secret-carol"); // and cannot take it away from the phone
        server.shell("trust", mac, "127.0.0.3").ok();
        assertThat(boot("T54W", mac).status()).isEqualTo(1);
        assertThat(boot("T54W", mac, "--source", "127.0.0.3").ok()).contains("secret-carol");
    }

    @Test
    void whoAsksFirstAfterTheClaimIsNotTrustedForThat() throws Exception {
        String mac = "805ec0000012";
        boot("T54W", mac).ok(); // the server knows where the phone is
        server.shell("associate", mac, addLine("dave", "secret-dave")).ok();
        try (Phone attacker = Phone.yealink(server.phones(), 0x12, "127.0.0.2")) {
            assertThat(attacker.get("/" + mac + ".cfg").body()).doesNotContain("secret-dave");
        }
        assertThat(boot("T54W", mac).ok()).contains("secret-dave");
    }

    @Test
    void twentyPhonesBehindOneAddressStayApart() throws Exception {
        Program.Result all = boot("T54W", "805ec0000100", "--count", "20", "--source", "127.0.0.9", "--verbose");
        assertThat(all.ok()).contains("20 ok, 0 failed");
        Set<String> users = new HashSet<>();
        Matcher account =
                Pattern.compile("(?m)^([0-9a-f:]{17}) +account 1: (\\S+)").matcher(all.out());
        while (account.find()) {
            users.add(account.group(2));
        }
        assertThat(users).hasSize(20);
        assertThat(server.shell("devices 805ec00001").ok().lines()).hasSize(21);
        Program.Result again = boot("T54W", "805ec0000100", "--count", "20", "--source", "127.0.0.9", "--verbose");
        assertThat(again.ok()).contains("20 ok");
        users.forEach(user -> assertThat(again.out()).contains(user));
        assertThat(server.shell("devices 805ec00001").ok().lines()).hasSize(21);
        try (Phone nameless =
                Phone.stranger(server.phones(), "127.0.0.9", "000000000000", "Yealink SIP-T54W 96.86.0.45")) {
            assertThat(nameless.get("/805ec0000100.cfg.bak").body()).isEmpty();
        }
        assertThat(server.shell("devices").ok()).doesNotContain("00:00:00:00:00:00");
    }

    @Test
    void aClaimedPhoneReadsItsFilesAndKeepsItsOwn() throws Exception {
        boot("T54W", "805ec0000013").ok();
        server.shell("associate 805ec0000013 " + addLine("erin", "secret-erin")).ok();
        try (Phone phone = Phone.yealink(server.phones(), 0x13, "127.0.0.1")) {
            Phone.Reply own = phone.get("/805ec0000013.cfg");
            assertThat(own.status()).isEqualTo(200);
            assertThat(phone.send("HEAD", "/805ec0000013.cfg", null).headers().get("content-length"))
                    .isEqualTo(Integer.toString(own.bytes().length));
            assertThat(phone.send("PUT", "/805ec0000013-local.cfg", "a = 1\n".getBytes(StandardCharsets.US_ASCII))
                            .status())
                    .isBetween(200, 204);
            assertThat(phone.get("/805ec0000013-local.cfg").body()).isEqualTo("a = 1\n");
            assertThat(phone.get("/").status()).isBetween(400, 404);
            assertThat(phone.get("/../autoprov.conf").status()).isBetween(400, 404);
        }
    }

    @Test
    void survivesPhonesThatMisbehave() throws Exception {
        Program.Result result = Program.autoprov("zoo", "misbehave", "--url", server.phones() + "/");
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(server.log()).doesNotContain("\tat ");
        boot("T54W", "805ec0000014").ok();
    }
}
