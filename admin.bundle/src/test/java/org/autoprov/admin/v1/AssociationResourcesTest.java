// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssociationResourcesTest {

    @TempDir
    Path folder;

    private V1Harness server;
    private CoreHarness.Phone phone;
    private final List<String> resynced = new ArrayList<>();

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
        server.synchronizer = (actor, device) -> {
            resynced.add(device.id() + " " + device.configured());
            return new Operation("");
        };
        phone = server.core.phone(1);
        phone.boot();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private V1Harness.Answer dial(String tenant, Object... namesAndValues) throws RefusedException {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return server.call(tenant, "POST", "/1/associations", body);
    }

    private Line line(String tenant, String username) throws RefusedException {
        return server.core.line(tenant, username);
    }

    private String onboarding(CoreHarness.Phone one) {
        String username = one.device().remoteStateSipUsername();
        assertThat(username).startsWith("ap");
        return username;
    }

    @Test
    void theAccountThatDialledNamesThePhone() throws RefusedException {
        server.core.phone(2).boot();
        Line line = line(server.east, "u1");
        V1Harness.Answer tied = dial(server.east, "code", line.code(), "sip_username", onboarding(phone));
        assertThat(tied.status()).as(tied.text()).isEqualTo(200);
        Device device = phone.device();
        assertThat(tied.at("id")).isEqualTo(device.id());
        assertThat(tied.at("tenant")).isEqualTo(server.east);
        assertThat(tied.at("line")).isEqualTo(line.id());
        assertThat(tied.at("position")).isEqualTo(1L);
        assertThat(tied.at("positions.0.username")).isEqualTo("u1");
        assertThat(tied.header("ETag")).isEqualTo("\"" + device.revision() + '"');
        assertThat(tied.text()).doesNotContain("secret-");
        assertThat(resynced).containsExactly(device.id() + " true");
        V1Harness.Answer operation = server.call(server.east, "GET", "/1/operations/" + tied.at("operation"), null);
        assertThat(operation.at("kind")).isEqualTo("device.resync");
        assertThat(operation.at("subject")).isEqualTo(device.id());
        assertThat(CoreHarness.text(phone.boot())).contains("secret-u1");
    }

    @Test
    void aPhoneWithALineDialsForItsNextOne() throws RefusedException {
        dial(server.east, "code", line(server.east, "u1").code(), "device", phone.hex);
        phone.boot();
        V1Harness.Answer byFetched =
                dial(server.east, "code", line(server.east, "u2").code(), "sip_username", "u1");
        assertThat(byFetched.at("position")).isEqualTo(2L);
        V1Harness.Answer bySecond =
                dial(server.east, "code", line(server.east, "u3").code(), "sip_username", "u2", "position", 7L);
        assertThat(bySecond.status()).as(bySecond.text()).isEqualTo(200);
        assertThat(bySecond.at("position")).isEqualTo(7L);
        assertThat(server.core.lines.ofDevice(phone.device().id())).hasSize(3);
    }

    @Test
    void eachWayToNameThePhoneLeadsToIt() throws RefusedException {
        server.core.devices.update("test", phone.device().edit().sn("SN-77").build());
        String id = phone.device().id();
        List<List<String>> ways = List.of(
                List.of("device", id),
                List.of("device", "00-11-22-33-44-01"),
                List.of("device", "SN-77"),
                List.of("address", phone.ip));
        for (List<String> way : ways) {
            Line line = line(server.east, "u");
            V1Harness.Answer tied = dial(server.east, "code", line.code(), way.get(0), way.get(1), "resync", false);
            assertThat(tied.at("id")).as("%s", way).isEqualTo(id);
            assertThat(tied.at("operation")).isNull();
            server.core.lines.dissociate("test", line.id());
        }
        assertThat(resynced).isEmpty();
    }

    @Test
    void theFirstThatNamesASinglePhoneCounts() throws RefusedException {
        CoreHarness.Phone other = server.core.phone(2);
        other.boot();
        Line line = line(server.east, "u");
        V1Harness.Answer tied = dial(
                server.east,
                "code",
                line.code(),
                "address",
                other.ip,
                "device",
                other.hex,
                "sip_username",
                onboarding(phone));
        assertThat(tied.at("id")).isEqualTo(phone.device().id());
        V1Harness.Answer second = dial(
                server.east,
                "code",
                line(server.east, "v").code(),
                "sip_username",
                "nobody",
                "device",
                "nowhere",
                "address",
                other.ip);
        assertThat(second.at("id")).isEqualTo(other.device().id());
    }

    @Test
    void anAddressThatSeveralHaveNamesNone() throws RefusedException {
        server.core.phone(2).from(phone.ip).boot();
        Line line = line(server.east, "u");
        V1Harness.Answer answer = dial(server.east, "code", line.code(), "address", phone.ip);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("errors.0.pointer")).isEqualTo("/address");
        assertThat(resynced).isEmpty();
    }

    @Test
    void whatMerelyLooksLikeAnAddressNamesNone() throws RefusedException {
        server.core.devices.create(
                "test",
                Device.create("192.0.2.99").tenant(server.east).ip("192.0.2.50").build());
        for (String address : List.of(
                "192.0.2.99", phone.hex, "00:11:22:33:44:01", phone.device().id(), "localhost")) {
            V1Harness.Answer answer =
                    dial(server.east, "code", line(server.east, "u").code(), "address", address);
            assertThat(answer.status()).as(address).isEqualTo(422);
        }
        server.core.devices.create(
                "test",
                Device.create("six").tenant(server.east).ip("2001:db8::7").build());
        assertThat(dial(server.east, "code", line(server.east, "u").code(), "address", "2001:DB8:0::7")
                        .at("id"))
                .isEqualTo("six");
    }

    @Test
    void anAccountThatSeveralRunNamesNone() throws RefusedException {
        for (int i = 2; i <= 3; i++) {
            CoreHarness.Phone one = server.core.phone(i);
            one.boot();
            dial(server.east, "code", line(server.east, "same").code(), "device", one.hex);
        }
        V1Harness.Answer answer =
                dial(server.east, "code", line(server.east, "u").code(), "sip_username", "same");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("errors.0.pointer")).isEqualTo("/sip_username");
        assertThat(dial(
                                server.east,
                                "code",
                                line(server.east, "v").code(),
                                "sip_username",
                                "same",
                                "device",
                                server.core.phone(2).hex)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anotherTenantsPhoneIsNotThereWhateverItRuns() throws RefusedException {
        dial(server.east, "code", line(server.east, "100").code(), "device", phone.hex);
        phone.boot();
        server.core.devices.create(
                "test", Device.create("shared").tenant(server.east).shared(true).build());
        dial(server.east, "code", line(server.east, "101").code(), "device", "shared");
        for (List<String> way : List.of(
                List.of("sip_username", "100"),
                List.of("sip_username", "101"),
                List.of("device", phone.hex),
                List.of("address", phone.ip))) {
            Line line = line(server.west, "w");
            V1Harness.Answer answer = dial(server.west, "code", line.code(), way.get(0), way.get(1));
            assertThat(answer.status()).as("%s %s", way, answer.text()).isEqualTo(422);
            assertThat(answer.text()).doesNotContain(phone.device().id());
        }
        V1Harness.Answer port = dial(server.west, "code", line(server.west, "w").code(), "device", "shared");
        assertThat(port.status()).isEqualTo(200);
        assertThat(port.at("owned")).isEqualTo(false);
        assertThat(port.text()).doesNotContain(server.east, "101");
        assertThat(dial(server.west, "code", line(server.west, "w2").code(), "sip_username", "w")
                        .at("id"))
                .as("its own port")
                .isEqualTo("shared");
    }

    @Test
    void aCodeOfAnotherTenantIsWrong() throws RefusedException {
        Line west = line(server.west, "w");
        V1Harness.Answer answer = dial(server.east, "code", west.code(), "device", phone.hex);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("errors.0.pointer")).isEqualTo("/code");
        assertThat(phone.device().isNew()).isTrue();
        assertThat(dial(server.core.master(), "code", west.code(), "device", phone.hex)
                        .at("tenant"))
                .isEqualTo(server.west);
    }

    @Test
    void dialledTwiceItIsDoneOnceAndThePhoneIsAskedAgain() throws RefusedException {
        Line line = line(server.east, "u");
        dial(server.east, "code", line.code(), "device", phone.hex);
        long revision = phone.device().revision();
        V1Harness.Answer again = dial(server.east, "code", line.code(), "device", phone.hex);
        assertThat(again.status()).isEqualTo(200);
        assertThat(phone.device().revision()).isEqualTo(revision);
        assertThat(resynced).hasSize(2);
        assertThat(dial(server.east, "code", line.code(), "device", phone.hex, "position", 2L)
                        .status())
                .isEqualTo(409);
        server.core.phone(2).boot();
        assertThat(dial(server.east, "code", line.code(), "device", server.core.phone(2).hex)
                        .status())
                .isEqualTo(409);
        assertThat(resynced).as("what is refused asks no phone").hasSize(2);
    }

    @Test
    void theAddressToTrustIsTakenOver() throws RefusedException {
        Line line = line(server.east, "u");
        dial(server.east, "code", line.code(), "device", phone.hex, "trust_address", "203.0.113.9");
        assertThat(phone.device().trustedAddress()).isEqualTo("203.0.113.9");
        server.core.devices.create(
                "test", Device.create("shared").tenant(server.east).shared(true).build());
        assertThat(dial(
                                server.west,
                                "code",
                                line(server.west, "w").code(),
                                "device",
                                "shared",
                                "trust_address",
                                "198.51.100.66")
                        .status())
                .isEqualTo(403);
        assertThat(server.core.devices.get("shared").orElseThrow().trustedAddress())
                .isNull();
    }

    @Test
    void refusesBodiesThatSayTooLittleOrTooMuch() throws RefusedException {
        String code = line(server.east, "u").code();
        assertThat(dial(server.east, "code", code).status()).isEqualTo(422);
        assertThat(dial(server.east, "device", phone.hex).status()).isEqualTo(422);
        assertThat(dial(server.east, "code", 123456L, "device", phone.hex).status())
                .isEqualTo(422);
        assertThat(dial(server.east, "code", code, "device", phone.hex, "position", 0L)
                        .status())
                .isEqualTo(422);
        assertThat(dial(server.east, "code", code, "device", phone.hex, "position", 10_001L)
                        .status())
                .isEqualTo(422);
        assertThat(dial(server.east, "code", code, "device", phone.hex, "resync", "yes")
                        .status())
                .isEqualTo(422);
        assertThat(dial(server.east, "code", code, "device", phone.hex, "line", "x")
                        .status())
                .isEqualTo(422);
        assertThat(dial(server.east, "code", code, "device", phone.hex, "trust_address", "here")
                        .status())
                .isEqualTo(422);
        assertThat(phone.device().isNew()).isTrue();
        assertThat(resynced).isEmpty();
    }

    @Test
    void codesCannotBeGuessed() throws RefusedException {
        String code = line(server.east, "u").code();
        for (int i = 0; i < 10; i++) {
            assertThat(dial(server.east, "code", "00000" + i + "x", "device", phone.hex)
                            .status())
                    .isEqualTo(422);
        }
        V1Harness.Answer limited = dial(server.east, "code", code, "device", phone.hex);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(500, 600);
        assertThat(limited.at("type")).isEqualTo("/1/problems/too-many");
        assertThat(server.callWith(
                                server.token(server.east, "provd.v1.associations.create"),
                                "POST",
                                "/1/associations",
                                Map.of("code", code, "device", phone.hex))
                        .status())
                .as("another token")
                .isEqualTo(200);
    }

    @Test
    void takesTheAccess() throws RefusedException {
        String other = server.token(server.east, "provd.v1.lines.#", "provd.v1.devices.#");
        assertThat(server.callWith(other, "POST", "/1/associations", Map.of()).status())
                .isEqualTo(403);
    }
}
