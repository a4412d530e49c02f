// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionResourcesTest {

    private static final String GATEWAY = "/1/devices/gateway/positions";

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A gateway of east whose ports are open to lines of all. */
    private void gateway() throws RefusedException {
        server.core.devices.create(
                "test",
                Device.create("gateway").tenant(server.east).shared(true).build());
    }

    private V1Harness.Answer put(String tenant, String position, Object... body) throws RefusedException {
        return server.call(
                tenant,
                "PUT",
                GATEWAY + '/' + position,
                body.length == 2 ? Map.of(body[0], body[1]) : Map.of(body[0], body[1], body[2], body[3]));
    }

    private Line line(String tenant, String username) throws RefusedException {
        return server.core.line(tenant, username);
    }

    private Line now(Line line) {
        return server.core.lines.get(line.id()).orElseThrow();
    }

    @Test
    void tiesAndUntiesALine() throws RefusedException {
        gateway();
        Line line = line(server.east, "u1");
        V1Harness.Answer tied = put(server.east, "2", "line", line.id());
        assertThat(tied.status()).as(tied.text()).isEqualTo(201);
        assertThat(tied.header("Location")).isEqualTo(GATEWAY + "/2");
        assertThat(tied.at("position")).isEqualTo(2L);
        assertThat(tied.at("line")).isEqualTo(line.id());
        assertThat(tied.at("username")).isEqualTo("u1");
        assertThat(tied.text()).doesNotContain("secret-");
        V1Harness.Answer shown = server.call(server.east, "GET", GATEWAY + "/2", null);
        assertThat(shown.json()).isEqualTo(tied.json());
        assertThat(shown.header("ETag")).isEqualTo(tied.header("ETag"));

        int commits = server.core.store.commits();
        V1Harness.Answer again = put(server.east, "2", "code", line.code());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(tied.json());
        assertThat(server.core.store.commits()).as("nothing changes").isEqualTo(commits);

        assertThat(server.call(server.east, "DELETE", GATEWAY + "/2", null).status())
                .isEqualTo(204);
        assertThat(now(line).isBound()).isFalse();
        assertThat(server.call(server.east, "DELETE", GATEWAY + "/2", null).status())
                .isEqualTo(404);
        assertThat(server.call(server.east, "GET", GATEWAY + "/2", null).status())
                .isEqualTo(404);
    }

    @Test
    void eachTenantOfAGatewaySeesItsOwnPortsAndTheOwnerThatOthersAreTaken() throws RefusedException {
        gateway();
        assertThat(put(server.west, "1", "code", line(server.west, "w").code()).status())
                .isEqualTo(201);
        assertThat(put(server.east1, "2", "line", line(server.east1, "e1").id()).status())
                .isEqualTo(201);
        assertThat(put(server.east, "10", "line", line(server.east, "e").id()).status())
                .isEqualTo(201);
        Device device = server.core.devices.get("gateway").orElseThrow();
        assertThat(device.tenant()).as("it stays with its owner").isEqualTo(server.east);

        V1Harness.Answer owner = server.call(server.east, "GET", GATEWAY, null);
        assertThat(owner.at("total")).isEqualTo(3L);
        assertThat(owner.at("items.0")).isEqualTo(Map.of("position", 1L, "own", false));
        assertThat(owner.at("items.1.username")).isEqualTo("e1");
        assertThat(owner.at("items.2.position")).as("as numbers").isEqualTo(10L);
        V1Harness.Answer next = server.call(server.east, "GET", GATEWAY + "?limit=2", null);
        assertThat(server.call(server.east, "GET", GATEWAY + "?after=" + next.at("next"), null)
                        .items())
                .hasSize(1);
        assertThat(server.call(server.east, "GET", GATEWAY + "/1", null).json())
                .isEqualTo(Map.of("position", 1L, "own", false));

        V1Harness.Answer west = server.call(server.west, "GET", GATEWAY, null);
        assertThat(west.items()).hasSize(1);
        assertThat(west.text()).contains("\"w\"").doesNotContain("e1", server.east);
        assertThat(server.call(server.west, "GET", GATEWAY + "/2", null).status())
                .isEqualTo(404);
        assertThat(server.call(server.core.master(), "GET", GATEWAY + "/1", null)
                        .at("username"))
                .isEqualTo("w");
    }

    @Test
    void aTenantUntiesItsOwnLinesAndTheOwnerAny() throws RefusedException {
        gateway();
        Line west = line(server.west, "w");
        Line west2 = line(server.west, "w2");
        Line east = line(server.east, "e");
        put(server.west, "1", "line", west.id());
        put(server.west, "2", "line", west2.id());
        put(server.east, "3", "line", east.id());
        assertThat(server.call(server.west, "DELETE", GATEWAY + "/3", null).status())
                .isEqualTo(404);
        assertThat(now(east).isBound()).isTrue();
        assertThat(server.call(server.west, "DELETE", GATEWAY + "/1", null).status())
                .isEqualTo(204);
        assertThat(server.call(server.east, "DELETE", GATEWAY + "/2", null).status())
                .as("it is its device")
                .isEqualTo(204);
        assertThat(now(west2).isBound()).isFalse();
        assertThat(server.call(server.west, "GET", GATEWAY, null).status())
                .as("without a port there, the device is not there")
                .isEqualTo(404);
    }

    @Test
    void whoSeesNothingOfADeviceUntiesNothing() throws RefusedException {
        gateway();
        Line east = line(server.east, "e");
        put(server.east, "3", "line", east.id());
        for (String other : List.of(server.west, server.east1)) {
            assertThat(server.call(other, "DELETE", GATEWAY + "/3", null).status())
                    .isEqualTo(404);
            assertThat(server.call(other, "GET", GATEWAY, null).status()).isEqualTo(404);
            assertThat(server.call(other, "GET", GATEWAY + "/3", null).status()).isEqualTo(404);
        }
        assertThat(now(east).position()).isEqualTo(3);
    }

    @Test
    void aDeviceOfAnotherTenantTakesNoLine() throws RefusedException {
        server.core.devices.create(
                "test", Device.create("gateway").tenant(server.east).build());
        Line west = line(server.west, "w");
        assertThat(put(server.west, "1", "line", west.id()).status()).isEqualTo(404);
        assertThat(put(server.core.master(), "1", "line", west.id()).status())
                .as("who reaches both is told")
                .isEqualTo(409);
        assertThat(put(server.east, "1", "line", line(server.east1, "e1").id()).status())
                .isEqualTo(409);
        assertThat(now(west).isBound()).isFalse();
    }

    @Test
    void aLineOfAnotherTenantIsNotThere() throws RefusedException {
        gateway();
        Line east = line(server.east, "e");
        V1Harness.Answer byId = put(server.west, "1", "line", east.id());
        assertThat(byId.status()).isEqualTo(422);
        assertThat(byId.at("errors.0.pointer")).isEqualTo("/line");
        V1Harness.Answer byCode = put(server.west, "1", "code", east.code());
        assertThat(byCode.status()).isEqualTo(422);
        assertThat(byCode.at("errors.0.pointer")).isEqualTo("/code");
        assertThat(byCode.text())
                .as("as for a code that nobody has")
                .isEqualTo(put(server.west, "1", "code", "nocode").text());
        assertThat(now(east).isBound()).isFalse();
    }

    @Test
    void refusesWhatContradicts() throws RefusedException {
        gateway();
        Line one = line(server.east, "one");
        Line two = line(server.east, "two");
        V1Harness.Answer tied = put(server.east, "1", "line", one.id());
        assertThat(put(server.east, "1", "line", two.id()).status()).isEqualTo(409);
        assertThat(put(server.east, "2", "line", one.id()).status()).isEqualTo(409);
        assertThat(put(server.west, "1", "line", line(server.west, "w").id()).status())
                .as("the port is another's")
                .isEqualTo(409);
        assertThat(server.call(server.east, "DELETE", GATEWAY + "/1", null, "If-Match", "\"99\"")
                        .status())
                .isEqualTo(412);
        assertThat(server.call(
                                server.east,
                                "PUT",
                                GATEWAY + "/2",
                                Map.of("line", two.id()),
                                "If-Match",
                                tied.header("ETag"))
                        .status())
                .as("there is nothing yet")
                .isEqualTo(412);
        assertThat(now(one).position()).isEqualTo(1);
        assertThat(now(two).isBound()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "01", "10001", "99999999999", "one", "1.5", "%D9%A1"})
    void refusesWhatIsNoPosition(String position) throws RefusedException {
        gateway();
        Line line = line(server.east, "u");
        assertThat(put(server.east, position, "line", line.id()).status()).isEqualTo(400);
        assertThat(server.call(server.east, "GET", GATEWAY + '/' + position, null)
                        .status())
                .isEqualTo(400);
        assertThat(server.call(server.east, "DELETE", GATEWAY + '/' + position, null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void oneOfLineAndCodeIsNeeded() throws RefusedException {
        gateway();
        Line line = line(server.east, "u");
        assertThat(put(server.east, "1", "address", "192.0.2.1").status()).isEqualTo(422);
        assertThat(put(server.east, "1", "line", line.id(), "code", line.code()).status())
                .isEqualTo(422);
        assertThat(put(server.east, "1", "line", line.id(), "password", "x").status())
                .isEqualTo(422);
        assertThat(put(server.east, "1", "line", 7L).status()).isEqualTo(422);
        assertThat(now(line).isBound()).isFalse();
    }

    @Test
    void aNewPhoneGoesToTheLinesTenantAndTrustsTheAddress() throws RefusedException {
        server.core.phone(1).boot();
        Line line = line(server.east, "u1");
        String place = "/1/devices/00-11-22-33-44-01/positions/1";
        assertThat(server.call(server.east, "PUT", place, Map.of("line", line.id(), "address", "here"))
                        .status())
                .isEqualTo(422);
        V1Harness.Answer tied =
                server.call(server.east, "PUT", place, Map.of("line", line.id(), "address", "203.0.113.77"));
        assertThat(tied.status()).as(tied.text()).isEqualTo(201);
        Device device = server.core.phone(1).device();
        assertThat(device.tenant()).isEqualTo(server.east);
        assertThat(device.trustedAddress()).isEqualTo("203.0.113.77");
        assertThat(CoreHarness.text(server.core.phone(1).from("203.0.113.77").boot()))
                .contains("secret-u1");
    }

    @Test
    void onlyTheOwnerOfAGatewaySaysWhomItTrusts() throws RefusedException {
        gateway();
        put(server.east, "1", "line", line(server.east, "e").id(), "address", "192.0.2.1");
        Line west = line(server.west, "w");
        V1Harness.Answer refused = put(server.west, "2", "line", west.id(), "address", "198.51.100.66");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(now(west).isBound()).isFalse();
        put(server.west, "2", "line", west.id());
        assertThat(server.core.devices.get("gateway").orElseThrow().trustedAddress())
                .isEqualTo("192.0.2.1");
    }

    @Test
    void wrongCodesAreCounted() throws RefusedException {
        gateway();
        Line line = line(server.east, "u");
        for (int i = 0; i < 10; i++) {
            assertThat(put(server.east, "1", "code", "wrong" + i).status()).isEqualTo(422);
        }
        V1Harness.Answer limited = put(server.east, "1", "code", line.code());
        assertThat(limited.status()).isEqualTo(429);
        assertThat(put(server.east, "1", "line", line.id()).status())
                .as("ids are not guessed")
                .isEqualTo(201);
    }

    @Test
    void eachMethodTakesItsOwnAccess() throws RefusedException {
        gateway();
        Line line = line(server.east, "u");
        put(server.east, "1", "line", line.id());
        String reader = server.token(
                server.east, "provd.v1.devices.gateway.positions.read", "provd.v1.devices.gateway.positions.*.read");
        assertThat(server.callWith(reader, "GET", GATEWAY, null).status()).isEqualTo(200);
        assertThat(server.callWith(reader, "GET", GATEWAY + "/1", null).status())
                .isEqualTo(200);
        assertThat(server.callWith(reader, "PUT", GATEWAY + "/1", Map.of()).status())
                .isEqualTo(403);
        assertThat(server.callWith(reader, "DELETE", GATEWAY + "/1", null).status())
                .isEqualTo(403);
    }
}
