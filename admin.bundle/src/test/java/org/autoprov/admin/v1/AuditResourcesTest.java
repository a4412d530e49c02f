// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditResourcesTest {

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
        server.core.devices.create(
                "eve", Device.create("d1").tenant(server.east).build());
        server.core.lines.create("eve", "l1", server.east1, CoreHarness.account("u1"), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private V1Harness.Answer get(String tenant, String query) throws RefusedException {
        return server.call(tenant, "GET", "/1/audit" + query, null);
    }

    @Test
    void theMasterSeesAllNewestFirst() throws RefusedException {
        V1Harness.Answer all = get(server.core.master(), "?limit=2&kind=device");
        assertThat(all.items()).hasSize(1);
        assertThat(all.at("items.0.actor")).isEqualTo("eve");
        assertThat(all.at("items.0.action")).isEqualTo("create");
        assertThat(all.at("items.0.kind")).isEqualTo("device");
        assertThat(all.at("items.0.id")).isEqualTo("d1");
        assertThat(all.at("items.0.time").toString()).matches("[-0-9]+T[0-9:.]+Z");
        assertThat(get(server.core.master(), "?limit=3").items()).hasSize(3);
        assertThat(get(server.core.master(), "").text()).doesNotContain("secret-u1");
    }

    @Test
    void othersNameADocumentOfTheirs() throws RefusedException {
        assertThat(get(server.east, "").status()).isEqualTo(403);
        assertThat(get(server.east, "?id=d1").items()).hasSize(1);
        assertThat(get(server.east, "?id=l1").items()).hasSize(1);
        assertThat(get(server.east1, "?id=d1").status()).isEqualTo(404);
        assertThat(get(server.west, "?id=l1").status()).isEqualTo(404);
        assertThat(get(server.west, "?id=nothing").status()).isEqualTo(404);
        assertThat(get(server.east, "?id=" + server.east1).items()).isNotEmpty();
        assertThat(get(server.east1, "?id=" + server.east).status()).isEqualTo(404);
        assertThat(get(server.east, "?id=base").status()).isEqualTo(404);
    }

    @Test
    void aLineWithTheIdOfAForeignDeviceDoesNotOpenItsHistory() throws RefusedException {
        server.core.lines.create("wim", "d1", server.west, CoreHarness.account("u2"), Map.of());
        V1Harness.Answer own = get(server.west, "?id=d1");
        assertThat(own.items()).hasSize(1);
        assertThat(own.at("items.0.kind")).isEqualTo("line");
        assertThat(get(server.core.master(), "?id=d1").items()).hasSize(2);
    }

    @Test
    void refusesWrongParametersAndSaysThatTheStoreIsAway() throws RefusedException {
        assertThat(get(server.east, "?id=d1&kind=secret").status()).isEqualTo(400);
        assertThat(get(server.east, "?id=d1&limit=0").status()).isEqualTo(400);
        String token = server.token(server.east);
        server.core.store.away(true);
        assertThat(server.callWith(token, "GET", "/1/audit?id=d1", null).status())
                .isEqualTo(503);
        server.core.store.away(false);
    }
}
