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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZooTest {

    private final ProvisioningServer server = new ProvisioningServer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void bundles() {
        VendorFiles.jar(folder, "yealink.jar", VendorFiles.description("yealink"));
        VendorFiles.jar(folder, "snom.jar", VendorFiles.description("snom"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int zoo(String line) {
        List<String> arguments = new ArrayList<>(List.of(line.strip().split(" +")));
        if (line.startsWith("boot") || line.startsWith("models")) {
            arguments.addAll(List.of("--families", folder.toString()));
        }
        if (line.startsWith("boot") && !line.contains("--url")) {
            arguments.addAll(List.of("--url", server.url()));
        }
        return Zoo.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void everyYealinkIsServed() {
        server.otherwise(path -> path.matches("/[0-9a-f]{12}\\.cfg") ? VendorFiles.YEALINK_ACCOUNT : null);
    }

    @Test
    void tellsEachStepTheAccountAndASummary() {
        everyYealinkIsServed();

        assertThat(zoo("boot --model t54w --mac 805EC0000004")).isZero();

        assertThat(out())
                .containsPattern("80:5e:c0:00:00:04  GET /805ec0000004\\.cfg  200  [0-9]+ B  [0-9.]+ ms\n")
                .contains("80:5e:c0:00:00:04  account 1: ada  at sip.example.org:5070  tcp  \"Ada\"  auth ada-auth"
                        + "  password ****\n")
                .contains("1 phones: 1 ok, 0 failed, 0 warnings; 4 requests (http 4), ")
                .contains("request p50 ")
                .doesNotContain("s3cret");
    }

    @Test
    void showsSecretsOnlyWhenAsked() {
        everyYealinkIsServed();

        zoo("boot --model T54W --show-secrets");

        assertThat(out()).contains("password s3cret=x");
    }

    @Test
    void aPhoneWithoutAConfigurationFailsTheCommand() {
        assertThat(zoo("boot --model T54W --mac 805ec0000004")).isEqualTo(1);
        assertThat(out())
                .contains("80:5e:c0:00:00:04  FAILED: no account in what it got")
                .contains("0 ok, 1 failed");
    }

    @Test
    void manyPhonesHaveConsecutiveAddressesAndOnlyFailuresAreShown() {
        server.otherwise(path ->
                path.matches("/[0-9a-f]{12}\\.cfg") && !path.contains("00000a") ? VendorFiles.YEALINK_ACCOUNT : null);

        assertThat(zoo("boot --model T54W --mac 805ec0000000 --count 100 --concurrency 8"))
                .isEqualTo(1);

        assertThat(out())
                .contains("100 phones: 99 ok, 1 failed")
                .contains("80:5e:c0:00:00:0a  FAILED")
                .doesNotContain("80:5e:c0:00:00:09");
        assertThat(server.requests())
                .contains("GET /805ec0000000.cfg", "GET /805ec0000063.cfg")
                .hasSize(400);
    }

    @Test
    void jsonHoldsPhonesAndSummaryWithoutSecrets() {
        everyYealinkIsServed();

        assertThat(zoo("boot --model T54W --json --count 2")).isZero();

        JsonObject document = JsonParser.parseString(out()).getAsJsonObject();
        assertThat(document.getAsJsonObject("summary").get("ok").getAsInt()).isEqualTo(2);
        JsonObject phone = document.getAsJsonArray("phones").get(0).getAsJsonObject();
        assertThat(phone.get("usable").getAsBoolean()).isTrue();
        assertThat(phone.getAsJsonArray("requests")).hasSize(4);
        JsonObject account = phone.getAsJsonArray("accounts").get(0).getAsJsonObject();
        assertThat(account.get("user").getAsString()).isEqualTo("ada");
        assertThat(out()).doesNotContain("s3cret");
    }

    @Test
    void listsModelsOfAllFamilies() {
        assertThat(zoo("models")).isZero();
        assertThat(out()).containsPattern("yealink +T54W +firmware 96").containsPattern("snom +D785 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boot                                 | zoo: --model is missing",
                "boot --model X                       | zoo: no such model: X (`zoo models` lists them)",
                "boot --model T54W --vendor acme      | zoo: no such family: acme (there are: snom yealink)",
                "boot --model T54W --mac xyz          | zoo: --mac is not a MAC address: xyz",
                "boot --model T54W --mac ffffffffffff --count 2 | zoo: --count goes past the last MAC address",
                "boot --model T54W --count 0          | zoo: --count is not a number from 1 to 1048576: 0",
                "boot --model T54W --url ftp://x/     | zoo: --url is no usable http or https URL",
                "boot --model T54W --source host.name | zoo: --source is not an IP address: host.name",
                "boot --model T54W --hurry            | zoo: unknown argument: --hurry",
                "boot --model T54W --tftp h:1:2       | zoo: --tftp is not HOST or HOST:PORT: h:1:2",
                "boot --model T54W --loss 91          | zoo: --loss is not a number from 0 to 90: 91",
                "boot --model T54W --tftp h/x         | zoo: --tftp is not HOST or HOST:PORT: h/x",
                "boot --model T54W --tftp u@h         | zoo: --tftp is not HOST or HOST:PORT: u@h",
                "boot --model T54W --url tftp://x/    | zoo: --url is no usable http or https URL",
                "misbehave --tftp h:0                 | zoo: --tftp is not HOST or HOST:PORT: h:0",
                "misbehave --url                      | zoo: --url needs a value",
                "bite                                 | zoo: unknown command: bite (`zoo help` lists them)",
            })
    void wrongUsageIsOneLineAndStatus64(String line, String message) {
        assertThat(zoo(line)).isEqualTo(64);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(message + System.lineSeparator());
    }

    @Test
    void controlCharactersFromTheServerDoNotReachTheTerminal() {
        server.file("/805ec0000004.cfg", VendorFiles.YEALINK_ACCOUNT.replace("label = Ada", "label = A\u001b[31m"));

        zoo("boot --model T54W --mac 805ec0000004");

        assertThat(out()).contains("A?[31m").doesNotContain("\u001b");
    }
}
