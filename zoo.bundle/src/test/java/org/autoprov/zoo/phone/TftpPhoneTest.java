// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.device.MacAddress;
import org.autoprov.zoo.ProvisioningServer;
import org.autoprov.zoo.ScriptedTftpServer;
import org.autoprov.zoo.VendorFiles;
import org.autoprov.zoo.family.Family;
import org.autoprov.zoo.family.FamilyException;
import org.autoprov.zoo.family.FamilyReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TftpPhoneTest {

    private static final String ACCOUNT = "user1 = ada\npassword1 = secret\nserver1 = sip.example.org\n";

    private final ScriptedTftpServer tftp = new ScriptedTftpServer();
    private final ProvisioningServer http = new ProvisioningServer();
    private Optional<InetAddress> source = Optional.empty();
    private String description = VendorFiles.TFTP_FAMILY;

    @AfterEach
    void stop() {
        tftp.close();
        http.close();
    }

    private SimulatedPhone phone(ScriptedTftpServer server) throws FamilyException {
        Family family = FamilyReader.read(description);
        return new SimulatedPhone(
                family,
                family.models().get("7960"),
                new MacAddress(0x001122000001L),
                new Origins(
                        Target.of(http.url()).orElseThrow(),
                        Target.of("tftp://127.0.0.1:" + server.port()).orElseThrow()),
                new Surroundings(source, 500, 0.00001));
    }

    private BootResult boot() throws Exception {
        return phone(tftp).boot(exchange -> {});
    }

    @Test
    void bootsOverTftp() throws Exception {
        tftp.file("SEP001122000001.cnf", ACCOUNT);

        BootResult result = boot();

        assertThat(result.failure()).isEmpty();
        assertThat(result.accounts()).extracting(Account::user).containsExactly("ada");
        assertThat(result.warnings()).isEmpty();
        assertThat(tftp.requests())
                .containsExactly("RRQ CTL.tlv", "RRQ SEP001122000001.cnf", "WRQ SEP001122000001.log");
        assertThat(tftp.asked().get(0).options()).isEmpty();
        assertThat(tftp.taken("SEP001122000001.log")).asString().contains("00:11:22:00:00:01");
        assertThat(http.requests()).isEmpty();
        assertThat(result.exchanges())
                .extracting(Exchange::protocol, Exchange::method, Exchange::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Protocol.TFTP, "RRQ", "error 1"),
                        org.assertj.core.groups.Tuple.tuple(Protocol.TFTP, "RRQ", "ok"),
                        org.assertj.core.groups.Tuple.tuple(Protocol.TFTP, "WRQ", "ok"));
    }

    @Test
    void asksForTheOptionsOfItsProfile() throws Exception {
        description = description.replace("\"steps\"", "\"tftp\": {\"blksize\": 1428, \"tsize\": true}, \"steps\"");
        tftp.file("SEP001122000001.cnf", ACCOUNT.repeat(100));

        assertThat(boot().usable()).isTrue();
        assertThat(tftp.asked().get(1).options()).isEqualTo(Map.of("blksize", "1428", "tsize", "0"));
    }

    @Test
    void namesInAFileGoTheWayOfThatFile() throws Exception {
        tftp.file("SEP001122000001.cnf", "next = more.cnf\n").file("more.cnf", "next = " + http.url() + "dir/a.cnf\n");
        http.file("/dir/a.cnf", "next = b.cnf\n").file("/b.cnf", ACCOUNT);

        assertThat(boot().failure()).isEmpty();
        assertThat(tftp.requests()).contains("RRQ more.cnf");
        assertThat(http.requests()).containsExactly("GET /dir/a.cnf", "GET /b.cnf");
    }

    @Test
    void aPhoneOverHttpFollowsToTftp() throws Exception {
        description = description.replace("\"get\": \"SEP", "\"transport\": \"http\", \"get\": \"SEP");
        http.file("/SEP001122000001.cnf", "next = tftp://127.0.0.1:" + tftp.port() + "/x.cnf\n");
        tftp.file("x.cnf", ACCOUNT);

        assertThat(boot().usable()).isTrue();
        assertThat(tftp.requests()).startsWith("RRQ CTL.tlv", "RRQ x.cnf");
    }

    @Test
    void theProvisioningUrlChangesTheWayOfTheNextBoot() throws Exception {
        description = description.replace("\"accounts\"", "\"provisioningUrl\": \"url\", \"accounts\"");
        tftp.file("SEP001122000001.cnf", ACCOUNT + "url = " + http.url() + "key\n");
        http.file("/key/SEP001122000001.cnf", ACCOUNT.replace("ada", "bob"));
        SimulatedPhone phone = phone(tftp);

        phone.boot(exchange -> {});
        BootResult second = phone.boot(exchange -> {});

        assertThat(second.accounts()).extracting(Account::user).containsExactly("bob");
        assertThat(http.requests()).startsWith("GET /key/CTL.tlv", "GET /key/SEP001122000001.cnf");
    }

    @Test
    void otherErrorsAreTriedAgainAndEndTheBoot() throws Exception {
        tftp.error("SEP001122000001.cnf", 2);

        BootResult result = boot();

        assertThat(result.failure()).contains("no file from SEP001122000001.cnf: error 2: no");
        assertThat(tftp.requests()).hasSize(4);
    }

    @Test
    void anUploadThatIsNotWantedIsAWarning() throws Exception {
        tftp.file("SEP001122000001.cnf", ACCOUNT).error("SEP001122000001.log", 2);

        BootResult result = boot();

        assertThat(result.usable()).isTrue();
        assertThat(result.warnings()).containsExactly("SEP001122000001.log was not taken: error 2: no");
    }

    @Test
    void anUploadThatFailsIsAWarningAfterAFewAttempts() throws Exception {
        tftp.file("SEP001122000001.cnf", ACCOUNT).error("SEP001122000001.log", 0);

        BootResult result = boot();

        assertThat(result.usable()).isTrue();
        assertThat(result.warnings()).containsExactly("SEP001122000001.log was not taken: error 0: no");
        assertThat(tftp.requests()).hasSize(5);
    }

    @Test
    void missingFilesAreNamed() throws Exception {
        assertThat(boot().failure())
                .contains("no account in what it got (CTL.tlv error 1, SEP001122000001.cnf error 1)");
    }

    @Test
    void aSilentServerIsAFailureAndNotAnException() throws Exception {
        try (ScriptedTftpServer silent = new ScriptedTftpServer(talk -> talk.receive(1))) {
            BootResult result = phone(silent).boot(exchange -> {});

            assertThat(result.failure()).contains("no file from CTL.tlv: no answer within 500 ms");
            assertThat(result.exchanges()).extracting(Exchange::status).containsExactly(0, 0, 0);
        }
    }

    @Test
    void defectsAreWarnings() throws Exception {
        try (ScriptedTftpServer eager = new ScriptedTftpServer(talk -> {
            talk.data(1, ACCOUNT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            talk.data(2, new byte[3]);
        })) {
            assertThat(phone(eager).boot(exchange -> {}).warnings())
                    .contains("SEP001122000001.cnf: data after the last block");
        }
    }

    @Test
    void noRedirectLeadsFromHttpToTftp() throws Exception {
        description = description.replace("\"transport\": \"tftp\"", "\"transport\": \"http\"");
        http.redirect("/CTL.tlv", "tftp://127.0.0.1:" + tftp.port() + "/x");

        assertThat(boot().failure()).contains("redirected to nowhere from /CTL.tlv");
    }

    @Test
    void comesFromTheSourceAddressItWasGiven() throws Exception {
        source = Optional.of(InetAddress.getByName("127.0.0.9"));

        boot();

        assertThat(tftp.asked()).extracting(ScriptedTftpServer.Asked::source).containsOnly("127.0.0.9");
    }
}
