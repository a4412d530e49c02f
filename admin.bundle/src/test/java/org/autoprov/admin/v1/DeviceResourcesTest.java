// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceResourcesTest {

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

    @Test
    void makesChangesAndDeletesADevice() throws RefusedException {
        V1Harness.Answer made =
                server.call(server.east, "POST", "/1/devices", Map.of("mac", "00-11-22-33-44-55", "vendor", "Acme"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("mac")).isEqualTo("00:11:22:33:44:55");
        assertThat(made.at("tenant")).isEqualTo(server.east);
        String place = made.header("Location");

        V1Harness.Answer changed = server.call(
                server.east, "PATCH", place, Map.of("description", "desk 7"), "If-Match", made.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("description")).isEqualTo("desk 7");
        assertThat(changed.at("vendor")).isEqualTo("Acme");

        assertThat(server.call(server.east, "DELETE", place, null, "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(server.call(server.east, "DELETE", place, null).status()).isEqualTo(204);
        assertThat(server.call(server.east, "GET", place, null).status()).isEqualTo(404);
    }

    @Test
    void anotherTenantsDeviceIsNotThere() throws RefusedException {
        String place = server.call(server.east, "POST", "/1/devices", Map.of("id", "d1"))
                .header("Location");
        assertThat(server.call(server.west, "GET", place, null).status()).isEqualTo(404);
        assertThat(server.call(server.west, "GET", "/1/devices", null).items()).isEmpty();
        assertThat(server.call(server.core.master(), "GET", "/1/devices", null).items())
                .hasSize(1);
    }

    @Test
    void tellsTheTokenThatMayNotFromNoToken() throws RefusedException {
        String reader = server.token(server.east, "provd.v1.devices.read");
        assertThat(server.callWith(reader, "POST", "/1/devices", Map.of()).status())
                .isEqualTo(403);
        assertThat(server.callWith(null, "GET", "/1/devices", null).status()).isEqualTo(401);
        assertThat(server.callWith("x".repeat(40), "GET", "/1/devices", null).status())
                .isEqualTo(401);
    }
}
