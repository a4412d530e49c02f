// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
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

class LineResourcesTest {

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

    private V1Harness.Answer create(String tenant, String username, Object... more) throws RefusedException {
        Map<String, Object> body = body(more);
        body.put("account", CoreHarness.account(username));
        return server.call(tenant, "POST", "/1/lines", body);
    }

    private List<Object> usernames(String tenant, String query) throws RefusedException {
        V1Harness.Answer answer = server.call(tenant, "GET", "/1/lines" + query, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.items().stream()
                .map(item -> ((Map<?, ?>) ((Map<?, ?>) item).get("account")).get("username"))
                .sorted()
                .map(Object.class::cast)
                .toList();
    }

    private String device(String tenant, int number) throws RefusedException {
        return server.core
                .devices
                .create(
                        "test",
                        Device.create("d" + number)
                                .tenant(tenant)
                                .mac(server.core.phone(number).mac)
                                .build())
                .id();
    }

    @Test
    void makesShowsChangesAndDeletesALine() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1", "parameters", Map.of("locale", "de_DE", "X_api_key", "k"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("code")).asString().matches("[0-9]{6}");
        assertThat(made.at("tenant")).isEqualTo(server.east);
        assertThat(made.at("account.username")).isEqualTo("u1");
        assertThat(made.at("device")).isNull();
        assertThat(made.at("position")).isNull();
        String place = made.header("Location");

        V1Harness.Answer changed = server.call(
                server.east,
                "PATCH",
                place,
                Map.of("account", body("display_name", "Anna", "proxy_ip", null), "parameters", body("locale", null)),
                "If-Match",
                made.header("ETag"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.at("account.display_name")).isEqualTo("Anna");
        assertThat(changed.at("account.proxy_ip")).isNull();
        assertThat(changed.at("parameters.locale")).isNull();
        assertThat(changed.at("code")).isEqualTo(made.at("code"));
        Line stored = server.core.lines.get((String) made.at("id")).orElseThrow();
        assertThat(stored.account()).containsEntry("password", "secret-u1");
        assertThat(stored.parameters()).isEqualTo(Map.of("X_api_key", "k"));

        assertThat(server.call(server.east, "DELETE", place, null, "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(server.call(server.east, "DELETE", place, null, "If-Match", changed.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(server.call(server.east, "GET", place, null).status()).isEqualTo(404);
    }

    @Test
    void secretsAreMaskedUnlessTheTokenMaySeeThem() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1", "parameters", Map.of("admin_password", "topsecret"));
        String place = made.header("Location");
        for (String path : List.of(place, "/1/lines")) {
            String text = server.call(server.east, "GET", path, null).text();
            assertThat(text).doesNotContain("secret-u1", "topsecret").contains("********");
            assertThat(server.call(server.east, "GET", path + "?secrets=true", null)
                            .text())
                    .contains("secret-u1", "topsecret");
        }
        assertThat(made.text()).doesNotContain("secret-u1", "topsecret");
        String reader = server.token(server.east, "provd.v1.lines.#");
        assertThat(server.callWith(reader, "GET", place + "?secrets=true", null).status())
                .isEqualTo(403);
        V1Harness.Answer refused =
                server.callWith(reader, "PATCH", place + "?secrets=true", Map.of("parameters", Map.of()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(server.core.lines.get((String) made.at("id")).orElseThrow().revision())
                .as("nothing was changed before it was refused")
                .isEqualTo(1);
    }

    @Test
    void theMaskIsNoPassword() throws RefusedException {
        String place = create(server.east, "u1").header("Location");
        V1Harness.Answer answer =
                server.call(server.east, "PATCH", place, Map.of("account", Map.of("password", "********")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("errors.0.pointer")).isEqualTo("/account");
    }

    @Test
    void anIdOfOnesOwnMakesOneLineOnly() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1", "id", "pbx-7.42_a");
        assertThat(made.header("Location")).isEqualTo("/1/lines/pbx-7.42_a");
        assertThat(create(server.east, "u2", "id", "pbx-7.42_a").status()).isEqualTo(409);
        assertThat(create(server.west, "u2", "id", "pbx-7.42_a").status()).isEqualTo(409);
        assertThat(server.core.lines.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ü", "../x", "a\u0000"})
    void refusesIdsThatAreNone(String id) throws RefusedException {
        V1Harness.Answer answer = create(server.east, "u1", "id", id);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("errors.0.pointer")).isEqualTo("/id");
    }

    @Test
    void tellsAllFaultsOfABodyAndNoSecret() throws RefusedException {
        V1Harness.Answer answer = server.call(
                server.east,
                "POST",
                "/1/lines",
                body("id", 7L, "tenant", server.west, "parameters", List.of(), "code", "123456", "a/b~c", true));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("/id", "/tenant", "/parameters", "/code", "/account", "/a~1b~0c");
        Map<String, Object> account = new LinkedHashMap<>(CoreHarness.account("u"));
        account.put("proxy_port", "secret-port");
        V1Harness.Answer wrong = server.call(server.east, "POST", "/1/lines", Map.of("account", account));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("proxy_port").doesNotContain("secret-");
        for (Object none : Arrays.asList(null, "x", 7L, List.of())) {
            assertThat(server.call(server.east, "POST", "/1/lines", body("account", none))
                            .status())
                    .isEqualTo(422);
        }
        assertThat(server.core.lines.all()).isEmpty();
    }

    @Test
    void aPatchCannotTakeTheAccountAwayOrMoveTheLine() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1");
        String place = made.header("Location");
        List<Map<String, Object>> patches = List.of(
                body("account", null),
                body("account", "x"),
                body("account", body("password", null)),
                body("account", body("username", "")),
                body("tenant", server.east1),
                body("code", "000000"),
                body("device", "d"),
                body("parameters", body("no_such", 1L)));
        for (Map<String, Object> patch : patches) {
            assertThat(server.call(server.east, "PATCH", place, patch).status())
                    .as("%s", patch)
                    .isEqualTo(422);
        }
        assertThat(server.call(server.east, "PATCH", place, body("parameters", null))
                        .status())
                .isEqualTo(200);
        assertThat(server.call(server.east, "GET", place, null).header("ETag")).isEqualTo(made.header("ETag"));
    }

    @Test
    void eachTenantHasItsOwnAndThoseBelow() throws RefusedException {
        String place = create(server.east, "u1").header("Location");
        create(server.east1, "u2");
        assertThat(create(server.east, "u3", "tenant", server.east1).at("tenant"))
                .isEqualTo(server.east1);
        assertThat(create(server.east1, "u4", "tenant", server.east).status()).isEqualTo(422);
        assertThat(usernames(server.east, "")).containsExactly("u1", "u2", "u3");
        assertThat(usernames(server.east1, "")).containsExactly("u2", "u3");
        assertThat(usernames(server.core.master(), "")).hasSize(3);
        assertThat(usernames(server.west, "")).isEmpty();
        assertThat(usernames(server.east1, "?tenant=" + server.east)).isEmpty();
        for (String other : List.of(server.west, server.east1)) {
            for (String method : List.of("GET", "PATCH", "DELETE")) {
                assertThat(server.call(other, method, place, method.equals("PATCH") ? Map.of() : null)
                                .status())
                        .isEqualTo(404);
            }
            assertThat(server.call(other, "POST", place + "/code", null).status())
                    .isEqualTo(404);
            assertThat(server.call(other, "DELETE", place + "/device", null).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void findsByEachParameter() throws RefusedException {
        Line one = server.core.line(server.east, "alpha");
        Line two = server.core.line(server.east, "beta");
        Line three = server.core.line(server.east1, "gamma");
        server.core.line(server.west, "alpha");
        String device = device(server.east, 1);
        server.core.lines.associate("test", two.code(), device, 0, null);
        assertThat(usernames(server.east, "?q=ALPH")).containsExactly("alpha");
        assertThat(usernames(server.east, "?q=" + two.code())).containsExactly("beta");
        assertThat(usernames(server.east, "?q=nothing")).isEmpty();
        assertThat(usernames(server.east, "?username=gamma")).containsExactly("gamma");
        assertThat(usernames(server.east, "?username=gamm")).isEmpty();
        assertThat(usernames(server.east, "?tenant=" + server.east1)).containsExactly("gamma");
        assertThat(usernames(server.east, "?code=" + one.code())).containsExactly("alpha");
        assertThat(usernames(server.west, "?code=" + one.code())).isEmpty();
        assertThat(usernames(server.east, "?bound=true")).containsExactly("beta");
        assertThat(usernames(server.east, "?bound=false")).containsExactly("alpha", "gamma");
        assertThat(usernames(server.east, "?device=" + device)).containsExactly("beta");
        assertThat(usernames(server.east, "?device=00-11-22-33-44-01")).containsExactly("beta");
        assertThat(usernames(server.east, "?device=nowhere")).isEmpty();
        assertThat(usernames(server.east, "?device=" + device + "&code=" + two.code()))
                .containsExactly("beta");
        assertThat(usernames(server.east, "?device=" + device + "&code=" + three.code()))
                .isEmpty();
        assertThat(usernames(server.west, "?device=" + device)).isEmpty();
        assertThat(server.call(server.east, "GET", "/1/lines?bound=perhaps", null)
                        .status())
                .isEqualTo(400);
        V1Harness.Answer page = server.call(server.east, "GET", "/1/lines?limit=2", null);
        assertThat(page.items()).hasSize(2);
        assertThat(page.at("total")).isEqualTo(3L);
        assertThat(usernames(server.east, "?limit=2&after=" + page.at("next"))).hasSize(1);
    }

    @Test
    void aChangeReachesThePhone() throws RefusedException {
        server.core.phone(1).boot();
        V1Harness.Answer made = create(server.east, "u1");
        server.core.lines.associate(
                "test", (String) made.at("code"), server.core.phone(1).device().id(), 0, server.core.phone(1).ip);
        server.call(
                server.east, "PATCH", made.header("Location"), Map.of("account", Map.of("password", "secret-other")));
        assertThat(CoreHarness.text(server.core.phone(1).boot())).contains("u1:secret-other@");
    }

    @Test
    void aTiedLineIsUntiedBeforeItIsDeleted() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1");
        String place = made.header("Location");
        assertThat(server.call(server.east, "DELETE", place + "/device", null).status())
                .isEqualTo(404);
        server.core.lines.associate("test", (String) made.at("code"), device(server.east, 1), 3, null);
        V1Harness.Answer tied = server.call(server.east, "GET", place, null);
        assertThat(tied.at("device")).isEqualTo("d1");
        assertThat(tied.at("position")).isEqualTo(3L);
        assertThat(server.call(server.east, "DELETE", place, null).status()).isEqualTo(409);
        assertThat(server.call(server.east, "DELETE", place + "/device", null, "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(server.call(server.east, "DELETE", place + "/device", null).status())
                .isEqualTo(204);
        assertThat(server.call(server.east, "DELETE", place, null).status()).isEqualTo(204);
    }

    @Test
    void aNewCodeReplacesTheOldOne() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1");
        String place = made.header("Location");
        V1Harness.Answer renewed = server.call(server.east, "POST", place + "/code", null);
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.at("code")).isNotEqualTo(made.at("code"));
        assertThat(renewed.text()).doesNotContain("secret-");
        assertThat(usernames(server.east, "?code=" + made.at("code"))).isEmpty();
        assertThat(usernames(server.east, "?code=" + renewed.at("code"))).containsExactly("u1");
        assertThat(server.call(server.east, "POST", place + "/code", null, "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(server.call(server.east, "POST", place + "/code", Map.of("code", "000000"))
                        .status())
                .as("nobody chooses a code")
                .isEqualTo(422);
    }

    @Test
    void aRaceEndsIn412WithAnETagAndInBothChangesWithout() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1");
        String place = made.header("Location");
        faster((String) made.at("id"), "display_name", "Faster");
        V1Harness.Answer late = server.call(
                server.east,
                "PATCH",
                place,
                Map.of("account", Map.of("number", "42")),
                "If-Match",
                made.header("ETag"));
        assertThat(late.status()).isEqualTo(412);
        faster((String) made.at("id"), "voicemail", "*98");
        V1Harness.Answer both = server.call(server.east, "PATCH", place, Map.of("account", Map.of("number", "42")));
        assertThat(both.at("account.number")).isEqualTo("42");
        assertThat(both.at("account.display_name")).isEqualTo("Faster");
        assertThat(both.at("account.voicemail")).isEqualTo("*98");
    }

    /** Somebody else changes the line just before the next write. */
    private void faster(String id, String name, String value) {
        server.core.store.beforeNextWrite(() -> {
            try {
                Line line = server.core.lines.get(id).orElseThrow();
                Map<String, Object> account = new LinkedHashMap<>(line.account());
                account.put(name, value);
                server.core.lines.update("faster", line.with(account, line.parameters()));
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aStoreThatIsAwayIs503AndChangesNothing() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1");
        server.core.store.away(true);
        assertThat(create(server.east, "u2").status()).isEqualTo(503);
        assertThat(server.call(server.east, "DELETE", made.header("Location"), null)
                        .status())
                .isEqualTo(503);
        server.core.store.away(false);
        assertThat(usernames(server.east, "")).containsExactly("u1");
    }

    @Test
    void eachMethodTakesItsOwnAccess() throws RefusedException {
        V1Harness.Answer made = create(server.east, "u1", "id", "a.b");
        String place = made.header("Location");
        String reader = server.token(server.east, "provd.v1.lines.read", "provd.v1.lines.a_b.read");
        assertThat(server.callWith(reader, "GET", "/1/lines", null).status()).isEqualTo(200);
        assertThat(server.callWith(reader, "GET", place, null).status()).isEqualTo(200);
        assertThat(server.callWith(reader, "POST", "/1/lines", Map.of()).status())
                .isEqualTo(403);
        assertThat(server.callWith(reader, "PATCH", place, Map.of()).status()).isEqualTo(403);
        assertThat(server.callWith(reader, "DELETE", place, null).status()).isEqualTo(403);
        assertThat(server.callWith(reader, "POST", place + "/code", null).status())
                .isEqualTo(403);
        assertThat(server.callWith(reader, "DELETE", place + "/device", null).status())
                .isEqualTo(403);
    }
}
