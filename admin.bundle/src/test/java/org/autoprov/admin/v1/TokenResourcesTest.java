// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.Token;
import org.autoprov.core.service.TokenService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenResourcesTest {

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

    private V1Harness.Answer create(String token, Object... namesAndValues) {
        return server.callWith(token, "POST", "/1/tokens", body(namesAndValues));
    }

    @Test
    void makesShowsAndRevokesAToken() throws RefusedException {
        V1Harness.Answer made = create(
                server.token(server.east),
                "access",
                List.of("provd.v1.lines.#", "provd.v1.devices.*.read"),
                "expires",
                "2099-01-31T01:00:00+01:00",
                "description",
                "PBX 7");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.at("tenant")).isEqualTo(server.east);
        assertThat(made.at("expires")).isEqualTo("2099-01-31T00:00:00Z");
        assertThat(made.at("access")).isEqualTo(List.of("provd.v1.lines.#", "provd.v1.devices.*.read"));
        String text = (String) made.at("text");
        String place = made.header("Location");
        assertThat(place).isEqualTo("/1/tokens/" + made.at("id"));
        assertThat(server.callWith(text, "GET", "/1/lines", null).status()).isEqualTo(200);
        assertThat(server.callWith(text, "GET", "/1/tenants", null).status()).isEqualTo(403);

        for (String path : List.of(place, "/1/tokens")) {
            V1Harness.Answer shown = server.call(server.east, "GET", path + "?secrets=true", null);
            assertThat(shown.text()).contains("PBX 7").doesNotContain(text, "\"text\"");
        }
        assertThat(server.core.store.allAudit().toString()).doesNotContain(text);
        assertThat(server.call(server.east, "DELETE", place, null).status()).isEqualTo(204);
        assertThat(server.callWith(text, "GET", "/1/lines", null).status()).isEqualTo(401);
        assertThat(server.call(server.east, "GET", place, null).status()).isEqualTo(404);
    }

    @Test
    void nobodyPassesOnMoreThanItHas() throws RefusedException {
        String some = server.token(server.east, "provd.v1.tokens.#", "provd.v1.lines.*.read", "provd.v1.devices.#");
        for (String pattern : List.of(
                "provd.v1.lines.*.read",
                "provd.v1.lines.l1.read",
                "provd.v1.devices.#",
                "provd.v1.devices.*",
                "provd.v1.devices.*.#.read",
                "provd.v1.tokens.create")) {
            assertThat(create(some, "access", List.of(pattern)).status())
                    .as(pattern)
                    .isEqualTo(201);
        }
        for (String pattern : List.of(
                "#",
                "*",
                "provd.#",
                "provd.v1.#",
                "provd.v1.*.*.read",
                "provd.v1.lines.#",
                "provd.v1.lines.*.*",
                "provd.v1.lines.*.update",
                "provd.v1.lines.read",
                "provd.v1.secrets.read",
                "provd.v1.devices",
                "provd.*.devices.#",
                "#.read")) {
            V1Harness.Answer refused = create(some, "access", List.of("provd.v1.devices.d.read", pattern));
            assertThat(refused.status()).as(pattern).isEqualTo(403);
        }
        assertThat(create(server.token(server.east), "access", List.of("#")).status())
                .as("who may do all")
                .isEqualTo(201);
        int before = server.tokens.all().size();
        create(some, "access", List.of("provd.v1.devices.d.read", "#"));
        assertThat(server.tokens.all()).hasSize(before);
    }

    @Test
    void nobodyMakesATokenForATenantOutOfReach() throws RefusedException {
        String token = server.token(server.east);
        assertThat(create(token, "access", List.of("#"), "tenant", server.east1).at("tenant"))
                .isEqualTo(server.east1);
        for (String other : List.of(server.west, server.core.master(), "nowhere")) {
            V1Harness.Answer refused = create(token, "access", List.of("#"), "tenant", other);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.at("errors.0.pointer")).isEqualTo("/tenant");
        }
        V1Harness.Answer narrowed = server.callWith(
                server.token(server.core.master()),
                "POST",
                "/1/tokens",
                Map.of("access", List.of("#")),
                "Wazo-Tenant",
                server.east);
        assertThat(narrowed.at("tenant")).isEqualTo(server.east);
    }

    @Test
    void nobodyMakesATokenThatOutlivesItsOwn() throws RefusedException {
        Instant end = Instant.parse("2098-01-01T00:00:00Z");
        String mortal =
                server.tokens.create("test", server.east, List.of("#"), end, "").text();
        assertThat(create(mortal, "access", List.of("#")).at("expires")).isEqualTo("2098-01-01T00:00:00Z");
        assertThat(create(mortal, "access", List.of("#"), "expires", "2098-01-01T00:00:00Z")
                        .status())
                .isEqualTo(201);
        V1Harness.Answer longer = create(mortal, "access", List.of("#"), "expires", "2098-01-01T00:00:01Z");
        assertThat(longer.status()).isEqualTo(422);
        assertThat(longer.at("errors.0.pointer")).isEqualTo("/expires");
        assertThat(create(server.token(server.east), "access", List.of("#")).at("expires"))
                .isNull();
    }

    @Test
    void otherTenantsTokensAreNotThere() throws RefusedException {
        TokenService.Issued west = server.tokens.create("test", server.west, List.of("#"), null, "w");
        server.tokens.create("test", server.east1, List.of("#"), null, "below");
        String place = "/1/tokens/" + west.token().id();
        assertThat(server.call(server.east, "GET", place, null).status()).isEqualTo(404);
        assertThat(server.call(server.east, "DELETE", place, null).status()).isEqualTo(404);
        assertThat(server.call(server.east, "DELETE", "/1/tokens/" + TokenService.ADMIN, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.call(server.east, "GET", "/1/tokens", null).text())
                .contains("below")
                .doesNotContain("\"w\"");
        assertThat(server.call(server.east1, "GET", "/1/tokens", null).items())
                .as("the one from here and the caller's own")
                .hasSize(2);
        assertThat(server.tokens.get(west.token().id())).isPresent();
    }

    @Test
    void refusesWhatIsNoToken() throws RefusedException {
        String token = server.token(server.east);
        List<Map<String, Object>> bodies = List.of(
                body(),
                body("access", null),
                body("access", List.of()),
                body("access", "#"),
                body("access", List.of(7L)),
                body("access", List.of("a b")),
                body("access", List.of("")),
                body("access", List.of("a..b")),
                body("access", List.of("x".repeat(257))),
                body("access", java.util.Collections.nCopies(101, "#")),
                body("access", List.of("#"), "expires", "tomorrow"),
                body("access", List.of("#"), "expires", "2001-01-01T00:00:00Z"),
                body("access", List.of("#"), "expires", "2099-01-01"),
                body("access", List.of("#"), "expires", 7L),
                body("access", List.of("#"), "description", "two\nlines"),
                body("access", List.of("#"), "text", "chosen"));
        int before = server.tokens.all().size();
        for (Map<String, Object> body : bodies) {
            V1Harness.Answer answer = server.callWith(token, "POST", "/1/tokens", body);
            assertThat(answer.status()).as("%s %s", body, answer.text()).isEqualTo(422);
        }
        assertThat(server.tokens.all()).hasSize(before);
    }

    @Test
    void eachMethodTakesItsOwnAccess() throws RefusedException {
        TokenService.Issued reader =
                server.tokens.create("test", server.east, List.of("provd.v1.tokens.read"), null, "");
        String place = "/1/tokens/" + reader.token().id();
        assertThat(server.callWith(reader.text(), "GET", "/1/tokens", null).status())
                .isEqualTo(200);
        assertThat(server.callWith(reader.text(), "GET", place, null).status()).isEqualTo(403);
        assertThat(server.callWith(reader.text(), "DELETE", place, null).status())
                .isEqualTo(403);
        assertThat(create(reader.text(), "access", List.of("provd.v1.tokens.read"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void withAnIdentityServiceNoneIsMade() {
        Caller caller = new Caller("user anna", server.east, Set.of(server.east));
        Exchange exchange = new Exchange(
                caller,
                Map.of(),
                new ApiRequest("POST", "/1/tokens", Map.of(), name -> null, () -> new byte[0]),
                body("access", List.of("#")),
                null,
                access -> true);
        Route create = new TokenResources(server.tokens)
                .routes().stream()
                        .filter(route -> route.method().equals("POST"))
                        .findFirst()
                        .orElseThrow();
        int before = server.tokens.all().size();
        assertThatThrownBy(() -> create.handler().handle(exchange))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("auth.url")
                .extracting(e -> ((Problem) e).type())
                .isEqualTo(Problem.Type.CONFLICT);
        assertThat(server.tokens.all()).extracting(Token::id).hasSize(before);
    }
}
