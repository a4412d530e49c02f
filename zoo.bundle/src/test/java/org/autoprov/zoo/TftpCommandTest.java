// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with phones and servers that speak TFTP. */
class TftpCommandTest {

    private static final String ACCOUNT = "user1 = ada\npassword1 = s3cret\nserver1 = sip.example.org\n";

    private final ScriptedTftpServer server = new ScriptedTftpServer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private int zoo(ScriptedTftpServer at, String... words) {
        List<String> arguments = new ArrayList<>(Arrays.asList(words));
        arguments.addAll(List.of("--tftp", "127.0.0.1:" + at.port()));
        if (words[0].equals("boot")) {
            VendorFiles.jar(folder, "sep.jar", VendorFiles.TFTP_FAMILY);
            arguments.addAll(List.of("--families", folder.toString(), "--model", "7960"));
        }
        return run(arguments);
    }

    private int run(List<String> arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Zoo.run(arguments, stream, stream);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsEachStepAndTheProtocol() {
        server.file("SEP001122000001.cnf", ACCOUNT.repeat(40));

        assertThat(zoo(server, "boot", "--mac", "001122000001")).as(out()).isZero();

        assertThat(out())
                .containsPattern(
                        "00:11:22:00:00:01  TFTP RRQ CTL.tlv  error 1  0 B  [0-9.]+ ms  \\(File not found\\)\n")
                .containsPattern("00:11:22:00:00:01  TFTP RRQ SEP001122000001.cnf  ok  2\\.[0-9] KiB  [0-9.]+ ms\n")
                .containsPattern("00:11:22:00:00:01  TFTP WRQ SEP001122000001.log  ok  0 B  [0-9.]+ ms\n")
                .contains("1 phones: 1 ok, 0 failed, 0 warnings; 3 requests (tftp 3), ");
    }

    @Test
    void jsonCarriesTheProtocol() {
        server.file("SEP001122000001.cnf", ACCOUNT);

        assertThat(zoo(server, "boot", "--mac", "001122000001", "--json")).isZero();

        JsonObject document = JsonParser.parseString(out()).getAsJsonObject();
        assertThat(document.getAsJsonObject("summary")
                        .getAsJsonObject("requestsByProtocol")
                        .get("tftp")
                        .getAsInt())
                .isEqualTo(3);
        JsonObject first = document.getAsJsonArray("phones")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("requests")
                .get(0)
                .getAsJsonObject();
        assertThat(first.get("protocol").getAsString()).isEqualTo("tftp");
        assertThat(first.get("method").getAsString()).isEqualTo("RRQ");
        assertThat(first.get("outcome").getAsString()).isEqualTo("error 1");
        assertThat(first.get("status").getAsInt()).isEqualTo(404);
    }

    @Test
    void aThousandPhonesBootSideBySide() {
        for (int i = 0; i < 1000; i++) {
            server.file(String.format("SEP001122%06X.cnf", i), ACCOUNT.repeat(30));
        }

        assertThat(zoo(server, "boot", "--mac", "001122000000", "--count", "1000", "--concurrency", "200"))
                .as(out())
                .isZero();
        assertThat(out()).contains("1000 phones: 1000 ok, 0 failed");
    }

    @Test
    void modelsSaysWhatTheyBootOver() {
        VendorFiles.jar(folder, "sep.jar", VendorFiles.TFTP_FAMILY);

        assertThat(run(List.of("models", "--families", folder.toString()))).isZero();
        assertThat(out()).containsPattern("sep +7960 +firmware 8.12 +profile sip +over tftp\n");
    }

    @Test
    void aServerThatRefusesEverythingBearsIt() {
        assertThat(zoo(server.refusingUploads(), "misbehave")).as(out()).isZero();
        assertThat(out())
                .contains("ok      TFTP: RRQ ../../../../etc/passwd", "ok      TFTP: noise as large as a packet can be")
                .doesNotContain("GET ")
                .endsWith("the server bears it all\n");
    }

    @Test
    void bothServersAreTried() {
        try (ProvisioningServer http = new ProvisioningServer()) {
            zoo(server, "misbehave", "--url", http.url());
        }
        assertThat(out()).contains("GET /../../../../etc/passwd", "TFTP: RRQ ../../../../etc/passwd");
    }

    private String misbehave(ScriptedTftpServer.Script script) {
        try (ScriptedTftpServer wrong = new ScriptedTftpServer(script)) {
            assertThat(zoo(wrong, "misbehave")).isEqualTo(1);
        }
        assertThat(out()).endsWith("the server does not bear it all\n");
        return out();
    }

    @Test
    void findsAFileFromOutsideAnAcceptedUploadAndTheServersInsides() {
        String said = misbehave(talk -> {
            if (talk.bytes.length > 1 && talk.bytes[1] == 5) {
                talk.error(4, "an error is no request");
            } else if (talk.upload) {
                talk.ack(0);
            } else if (talk.name.endsWith("etc/passwd")) {
                talk.data(1, "root:x:0:0".getBytes(StandardCharsets.US_ASCII));
            } else if (talk.name.isEmpty()) {
                talk.error(0, "java.lang.IllegalStateException");
            } else if (talk.name.equals("/")) {
                talk.send(new byte[] {0, 5, 0, 1, 'x'});
            } else {
                talk.error(1, "File not found");
            }
        });

        assertThat(said)
                .contains(
                        "FAILED  TFTP: RRQ /etc/passwd: served with DATA",
                        "FAILED  TFTP: WRQ unknown.bin: accepted with ACK",
                        "FAILED  TFTP: a request with an empty name: the answer shows the server's insides",
                        "FAILED  TFTP: RRQ /: an ERROR whose message does not end with one NUL",
                        "FAILED  TFTP: ERROR to the listening port: answered with opcode 5",
                        "ok      TFTP: opcode 7");
    }

    @Test
    void aMissingFileIsErrorOneAndNothingElse() {
        assertThat(misbehaveAtOnce(talk -> talk.error(2, "no")))
                .contains("FAILED  TFTP: a sane request: a missing file is error 2");
    }

    @Test
    void nobodyThereIsAFailure() {
        assertThat(misbehaveAtOnce(talk -> talk.receive(1)))
                .contains("FAILED  TFTP: a sane request: a sane request got no answer within 2 s");
    }

    private String misbehaveAtOnce(ScriptedTftpServer.Script script) {
        try (ScriptedTftpServer wrong = new ScriptedTftpServer(script)) {
            assertThat(zoo(wrong, "misbehave")).isEqualTo(1);
        }
        return out();
    }
}
