// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.device.Webhook;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantResourcesTest {

    private static final String ID = "aaaaaaaa-0000-4000-8000-000000000001";

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

    private static Map<String, Object> body(Object... namesAndValues) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return body;
    }

    private V1Harness.Answer create(String caller, Object... namesAndValues) throws RefusedException {
        return server.call(caller, "POST", "/1/tenants", body(namesAndValues));
    }

    private V1Harness.Answer patch(String caller, String id, Object... namesAndValues) throws RefusedException {
        return server.call(caller, "PATCH", "/1/tenants/" + id, body(namesAndValues));
    }

    private V1Harness.Answer delete(String caller, String idAndQuery) throws RefusedException {
        return server.call(caller, "DELETE", "/1/tenants/" + idAndQuery, null);
    }

    private Tenant stored(String id) {
        return server.core.tenants.get(id).orElseThrow();
    }

    @Test
    void makesChangesAndDeletesATenant() throws RefusedException {
        V1Harness.Answer made = create(server.east, "id", ID, "name", "shop", "provisioning_key", "secret-key-1");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("parent")).isEqualTo(server.east);
        assertThat(made.at("provisioning_key")).isEqualTo("********");
        assertThat(made.at("webhook")).isNull();
        assertThat(made.header("Location")).isEqualTo("/1/tenants/" + ID);
        assertThat(stored(ID).provisioningKey()).isEqualTo("secret-key-1");
        assertThat(create(server.east, "id", ID, "name", "other").status()).isEqualTo(409);

        V1Harness.Answer changed = patch(server.east, ID, "name", "shop 2");
        assertThat(changed.at("name")).isEqualTo("shop 2");
        assertThat(stored(ID).provisioningKey()).as("what is left out stays").isEqualTo("secret-key-1");
        assertThat(patch(server.east, ID, "provisioning_key", null).at("provisioning_key"))
                .isNull();
        assertThat(stored(ID).provisioningKey()).isNull();

        assertThat(server.call(server.east, "DELETE", "/1/tenants/" + ID, null, "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(delete(server.east, ID).status()).isEqualTo(204);
        assertThat(delete(server.east, ID).status()).isEqualTo(404);
    }

    @Test
    void aCallerSeesItsOwnAndThoseBelow() throws RefusedException {
        assertThat(server.call(server.east, "GET", "/1/tenants", null).items()).hasSize(2);
        assertThat(server.call(server.core.master(), "GET", "/1/tenants", null).items())
                .hasSize(4);
        V1Harness.Answer own = server.call(server.east1, "GET", "/1/tenants/" + server.east1, null);
        assertThat(own.at("parent")).as("it is not there for this caller").isNull();
        assertThat(server.call(server.east, "GET", "/1/tenants/" + server.east1, null)
                        .at("parent"))
                .isEqualTo(server.east);
        for (String other : List.of(server.west, server.east1)) {
            assertThat(server.call(other, "GET", "/1/tenants/" + server.east, null)
                            .status())
                    .isEqualTo(404);
            assertThat(patch(other, server.east, "name", "mine").status()).isEqualTo(404);
            assertThat(delete(other, server.east + "?force=true").status()).isEqualTo(404);
            assertThat(create(other, "name", "x", "parent", server.east).status())
                    .isEqualTo(422);
        }
        assertThat(create(server.east, "name", "x", "parent", server.east1).at("parent"))
                .isEqualTo(server.east1);
        assertThat(stored(server.east).name()).isEqualTo("east");
    }

    @Test
    void secretsAreShownToWhomMaySeeThemOnly() throws RefusedException {
        create(
                server.east,
                "id",
                ID,
                "name",
                "shop",
                "provisioning_key",
                "secret-key-1",
                "webhook",
                body("url", "https://hooks.example/a?token=secret-query", "secret", "secret-secret-secret-secret"));
        for (String path : List.of("/1/tenants/" + ID, "/1/tenants")) {
            assertThat(server.call(server.east, "GET", path, null).text())
                    .contains("https://hooks.example/a?********")
                    .doesNotContain("secret-");
            assertThat(server.call(server.east, "GET", path + "?secrets=true", null)
                            .text())
                    .contains("secret-key-1", "secret-query", "secret-secret-secret-secret");
        }
        String reader = server.token(server.east, "provd.v1.tenants.#");
        assertThat(server.callWith(reader, "GET", "/1/tenants/" + ID + "?secrets=true", null)
                        .status())
                .isEqualTo(403);
        assertThat(patch(server.east, ID, "name", "new name").text()).doesNotContain("secret-");
        assertThat(server.core.store.allAudit().toString()).doesNotContain("secret-");
    }

    @Test
    void aWebhooksSecretIsMadeAndToldOnce() throws RefusedException {
        V1Harness.Answer made =
                create(server.east, "id", ID, "name", "shop", "webhook", body("url", "https://hooks.example/"));
        assertThat(made.at("webhook.secret")).asString().matches("whsec_[A-Za-z0-9+/]{43}=");
        Webhook webhook = stored(ID).webhook();
        assertThat(webhook.secret()).isEqualTo(made.at("webhook.secret"));
        assertThat(webhook.events()).isEmpty();

        V1Harness.Answer changed = patch(server.east, ID, "webhook", body("events", List.of("device", "line")));
        assertThat(changed.at("webhook.secret")).isEqualTo("********");
        assertThat(changed.at("webhook.events")).isEqualTo(List.of("device", "line"));
        assertThat(changed.at("webhook.url")).isEqualTo("https://hooks.example/");
        assertThat(stored(ID).webhook().secret()).isEqualTo(webhook.secret());

        V1Harness.Answer renewed = patch(server.east, ID, "webhook", body("secret", null, "events", null));
        assertThat(renewed.at("webhook.secret"))
                .isEqualTo(stored(ID).webhook().secret())
                .isNotEqualTo(webhook.secret());
        assertThat(stored(ID).webhook().events()).isEmpty();
        assertThat(server.call(server.east, "GET", "/1/tenants/" + ID, null).at("webhook.secret"))
                .isEqualTo("********");

        V1Harness.Answer given = patch(server.east, ID, "webhook", body("secret", "a-secret-of-the-callers-own"));
        assertThat(given.at("webhook.secret")).isEqualTo("********");
        assertThat(stored(ID).webhook().secret()).isEqualTo("a-secret-of-the-callers-own");
        assertThat(patch(server.east, ID, "webhook", null).at("webhook")).isNull();
        assertThat(stored(ID).webhook()).isNull();
        assertThat(patch(server.east, ID, "webhook", body("url", "https://hooks.example/"))
                        .at("webhook.secret"))
                .isEqualTo(stored(ID).webhook().secret());
    }

    @Test
    void tellsEachFaultOfAWebhookByItsPlace() throws RefusedException {
        V1Harness.Answer answer = create(
                server.east,
                "name",
                "shop",
                "webhook",
                body("secret", 7L, "events", "device", "password", "x"),
                "no_such",
                1L);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("/webhook/url", "/webhook/secret", "/webhook/events", "/webhook/password", "/no_such");
        for (Object wrong : List.of("https://hooks.example/", List.of(), 7L, false)) {
            assertThat(create(server.east, "name", "shop", "webhook", wrong).at("errors.0.pointer"))
                    .isEqualTo("/webhook");
        }
        assertThat(server.core.tenants.all()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://hooks.example/",
                "hooks.example",
                "https://",
                "https://user:secret-pw@hooks.example/",
                "https://hooks.example/#x",
                "https://hooks.example/ a",
                "javascript:alert(1)",
                "https://hooks.example/?********"
            })
    void refusesUrlsThatAreNone(String url) throws RefusedException {
        V1Harness.Answer answer = create(server.east, "name", "shop", "webhook", body("url", url));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).doesNotContain("secret-pw");
        assertThat(server.core.tenants.all()).as("nothing half done").hasSize(4);
    }

    @Test
    void refusesWhatIsNoTenant() throws RefusedException {
        assertThat(create(server.east).status()).isEqualTo(422);
        assertThat(create(server.east, "name", "").status()).isEqualTo(422);
        assertThat(create(server.east, "name", " ").status()).isEqualTo(422);
        assertThat(create(server.east, "name", "x".repeat(201)).status()).isEqualTo(422);
        assertThat(create(server.east, "name", "x", "id", "no-uuid").status()).isEqualTo(422);
        assertThat(create(server.east, "name", "x", "provisioning_key", "short").status())
                .isEqualTo(422);
        assertThat(create(server.east, "name", "x", "provisioning_key", "********")
                        .at("errors.0.pointer"))
                .isEqualTo("/provisioning_key");
        assertThat(patch(server.east, server.east1, "name", null).status()).isEqualTo(422);
        assertThat(patch(server.east, server.east1, "parent", server.east).status())
                .isEqualTo(422);
        assertThat(server.core.tenants.all()).hasSize(4);
    }

    @Test
    void aTakenKeyChangesNothing() throws RefusedException {
        server.core.tenants.setProvisioningKey("test", server.west, "west-key-1");
        V1Harness.Answer made = create(server.east, "name", "x", "provisioning_key", "west-key-1");
        assertThat(made.status()).isEqualTo(409);
        assertThat(made.text()).doesNotContain("west-key-1", server.west);
        assertThat(server.core.tenants.all()).hasSize(4);
        assertThat(patch(server.east, server.east1, "name", "new", "provisioning_key", "west-key-1")
                        .status())
                .isEqualTo(409);
        assertThat(stored(server.east1).name()).isEqualTo("east1");
    }

    @Test
    void theMasterMayBeRenamedAndNotDeleted() throws RefusedException {
        String master = server.core.master();
        assertThat(patch(master, master, "name", "us").status()).isEqualTo(200);
        assertThat(stored(master).name()).isEqualTo("us");
        assertThat(stored(master).isMaster()).isTrue();
        assertThat(delete(master, master + "?force=true").status()).isEqualTo(409);
        assertThat(delete(server.east, server.east + "?force=true").status())
                .as("nor one's own")
                .isEqualTo(409);
        assertThat(patch(server.east, server.east, "name", "East Ltd.").status())
                .isEqualTo(200);
        assertThat(server.core.tenants.all()).hasSize(4);
    }

    @Test
    void onlyForceDeletesWhatIsNotEmpty() throws RefusedException {
        String master = server.core.master();
        assertThat(delete(master, server.east).status()).as("a tenant below").isEqualTo(409);
        Line line = server.core.line(server.east1, "u");
        assertThat(delete(server.east, server.east1).status()).as("a line").isEqualTo(409);
        server.core.lines.delete("test", line.id());
        server.core.devices.create(
                "test", Device.create("d").tenant(server.east1).build());
        assertThat(delete(server.east, server.east1).status()).as("a device").isEqualTo(409);
        assertThat(delete(server.east, server.east1 + "?force=false").status()).isEqualTo(409);
        assertThat(delete(server.east, server.east1 + "?force=perhaps").status())
                .isEqualTo(400);
        assertThat(server.core.devices.get("d")).isPresent();
        String text = server.token(server.east1);

        assertThat(delete(master, server.east + "?force=true").status()).isEqualTo(204);
        assertThat(stored(server.east1).parent()).isEqualTo(master);
        assertThat(delete(master, server.east1 + "?force=true").status()).isEqualTo(204);
        assertThat(server.core.devices.all()).isEmpty();
        assertThat(server.callWith(text, "GET", "/1/tenants", null).status()).isEqualTo(401);
    }

    @Test
    void forceTakesNoForeignLineOffAGateway() throws RefusedException {
        server.core.devices.create(
                "test",
                Device.create("gateway").tenant(server.east1).shared(true).build());
        Line line = server.core.line(server.west, "w");
        server.core.lines.associate("test", line.code(), "gateway", 1, null);
        assertThat(delete(server.east, server.east1 + "?force=true").status()).isEqualTo(409);
        assertThat(server.core.devices.get("gateway")).isPresent();
        assertThat(delete(server.core.master(), server.east1 + "?force=true").status())
                .as("who reaches that tenant too may")
                .isEqualTo(204);
        assertThat(server.core.lines.get(line.id()).orElseThrow().isBound()).isFalse();
    }

    @Test
    void aRaceEndsIn412WithAnETagAndInBothChangesWithout() throws RefusedException {
        V1Harness.Answer before = server.call(server.east, "GET", "/1/tenants/" + server.east1, null);
        faster("k-1-faster");
        V1Harness.Answer late = server.call(
                server.east,
                "PATCH",
                "/1/tenants/" + server.east1,
                Map.of("name", "late"),
                "If-Match",
                before.header("ETag"));
        assertThat(late.status()).isEqualTo(412);
        faster("k-2-faster");
        assertThat(patch(server.east, server.east1, "name", "late").status()).isEqualTo(200);
        assertThat(stored(server.east1).name()).isEqualTo("late");
        assertThat(stored(server.east1).provisioningKey()).isEqualTo("k-2-faster");
    }

    private void faster(String key) {
        server.core.store.beforeNextWrite(() -> {
            try {
                server.core.tenants.setProvisioningKey("faster", server.east1, key);
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void eachMethodTakesItsOwnAccess() throws RefusedException {
        String reader =
                server.token(server.east, "provd.v1.tenants.read", "provd.v1.tenants." + server.east1 + ".read");
        String place = "/1/tenants/" + server.east1;
        assertThat(server.callWith(reader, "GET", "/1/tenants", null).status()).isEqualTo(200);
        assertThat(server.callWith(reader, "GET", place, null).status()).isEqualTo(200);
        assertThat(server.callWith(reader, "POST", "/1/tenants", Map.of()).status())
                .isEqualTo(403);
        assertThat(server.callWith(reader, "PATCH", place, Map.of()).status()).isEqualTo(403);
        assertThat(server.callWith(reader, "DELETE", place, null).status()).isEqualTo(403);
    }
}
