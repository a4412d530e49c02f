// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each route; one that is added and has no sample fails here. */
final class EveryRouteTest {

    private static final String TOKEN = "X-Auth-Token";
    private static final String TENANT = "Wazo-Tenant";

    private final FakeApi world = Sample.world();

    static List<Sample> samples() {
        return Sample.ALL.stream().map(sample -> sample.to("a.b")).toList();
    }

    static List<Sample> guarded() {
        return samples().stream().filter(sample -> sample.access() != null).toList();
    }

    static List<Sample> withBodies() {
        return samples().stream().filter(sample -> sample.body() != null).toList();
    }

    static List<Sample> changing() {
        return samples().stream()
                .filter(sample -> !sample.method().equals("GET"))
                .filter(sample -> !sample.pattern().endsWith("{number}")) // in memory only
                .filter(sample -> !sample.pattern().endsWith("/synchronize")) // tells the phone, stores nothing
                .filter(sample -> !sample.pattern().endsWith("/dhcpinfo")) // done later
                .filter(sample -> !sample.pattern().endsWith("/reload")) // stores nothing of its own
                .toList();
    }

    private EveryRouteTest() {
        world.devices.put(org.autoprov.core.device.Device.create("a.b")
                .tenant(FakeIdentity.MASTER)
                .build());
    }

    @Test
    void eachRouteHasOneSampleWithItsAccess() {
        Map<String, String> served = new HashMap<>();
        for (Route route : world.api.routes()) {
            String access = route.access() == null ? "none" : route.access().replace("{tenant_uuid}", "TENANT");
            served.put(route.method() + ' ' + route.pattern(), access);
        }
        Map<String, String> sampled = new HashMap<>();
        for (Sample sample : Sample.ALL) {
            String access = sample.access() == null
                    ? "none"
                    : sample.access()
                            .replace("TARGET", "{id}")
                            .replace("v1_2", "{id}")
                            .replace("acme-1_2", "{id}")
                            .replaceAll("TENANT[.][^.]+", "TENANT.{param}");
            assertThat(sampled.put(sample.method() + ' ' + sample.pattern(), access))
                    .as(sample.toString())
                    .isNull();
        }
        assertThat(sampled).containsExactlyInAnyOrderEntriesOf(served);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void theOneNeededAccessIsEnough(Sample sample) {
        world.identity.limit = sample.accessOf(FakeIdentity.MASTER);
        ApiReply reply = sample.ask(world, Map.of(TOKEN, "limited"));
        assertThat(reply.status()).as(FakeApi.text(reply)).isEqualTo(sample.status());
        assertThat(world.identity.asked).containsExactly(sample.accessOf(FakeIdentity.MASTER));
    }

    /** Header fields of those who are not let in. */
    private static List<Map<String, String>> strangers() {
        List<Map<String, String>> strangers = new ArrayList<>();
        strangers.add(Map.of());
        strangers.add(Map.of(TENANT, FakeIdentity.MASTER));
        for (String token : List.of("", "nonsense", "expired", "revoked", "lacking")) {
            strangers.add(Map.of(TOKEN, token));
        }
        strangers.add(Map.of(TOKEN, "lacking", TENANT, FakeIdentity.MASTER));
        for (String tenant : List.of("", "nonsense", "*", FakeIdentity.MASTER, FakeIdentity.OTHER)) {
            strangers.add(Map.of(TOKEN, "sub", TENANT, tenant));
        }
        strangers.add(Map.of(TOKEN, "deep", TENANT, FakeIdentity.SUB));
        return strangers;
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void whoMayNotIsToldSoAloneAndNothingIsDone(Sample sample) {
        world.identity.lack = sample.accessOf(FakeIdentity.MASTER);
        FakeApi.State before = world.state();
        for (Map<String, String> headers : strangers()) {
            // A stranger learns nothing of what else is wrong.
            List<Sample> requests = new ArrayList<>(List.of(sample));
            if (sample.body() != null) {
                requests.add(sample.with("{"));
            }
            for (Sample request : requests) {
                for (Map<String, String> more :
                        List.of(Map.<String, String>of(), Map.of("Accept", "text/html"), Map.of("Content-Type", "x"))) {
                    Map<String, String> all = new HashMap<>(headers);
                    all.putAll(more);
                    ApiReply reply = request.ask(world, all);
                    assertThat(reply.status()).as(all.toString()).isEqualTo(401);
                    assertThat(FakeApi.text(reply)).isEqualTo("Unauthorized");
                    assertThat(reply.headers()).isEmpty();
                }
            }
        }
        assertThat(world.state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void whileNobodyKnowsTheTokensNothingIsDone(Sample sample) {
        world.identity.away = true;
        FakeApi.State before = world.state();
        ApiReply reply = sample.ask(world, Map.of(TOKEN, "master"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(world.state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void headWorksWhereGetDoesWithTheSameAccess(Sample sample) {
        if (!sample.method().equals("GET")) {
            return;
        }
        Sample head = new Sample("HEAD", sample.pattern(), sample.path(), sample.access(), null, 200);
        if (sample.access() != null) {
            world.identity.limit = sample.accessOf(FakeIdentity.MASTER);
            world.identity.lack = world.identity.limit;
            assertThat(head.ask(world, Map.of(TOKEN, "lacking")).status()).isEqualTo(401);
        }
        ApiReply get = sample.ask(world, Map.of(TOKEN, "limited"));
        ApiReply reply = head.ask(world, Map.of(TOKEN, "limited"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo(get.contentType());
        assertThat(reply.body()).isEqualTo(get.body()); // which the socket leaves out
    }

    @ParameterizedTest
    @MethodSource("samples")
    void onlyAnswersInJsonAskWhatIsAccepted(Sample sample) {
        boolean json = sample.method().equals("GET") && sample.access() != null;
        ApiReply reply = sample.ask(world, Map.of(TOKEN, "master", "Accept", "text/html"));
        assertThat(reply.status()).isEqualTo(json ? 406 : sample.status());
        if (json) {
            assertThat(FakeApi.text(reply))
                    .isEqualTo("You must accept the \"application/vnd.proformatique.provd+json\" MIME type.");
            assertThat(sample.ask(world, Map.of(TOKEN, "master", "Accept", "application/*;q=0"))
                            .status())
                    .isEqualTo(200);
            assertThat(sample.ask(world, Map.of(TOKEN, "master", "Content-Type", Reply.JSON))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("withBodies")
    void bodiesNeedTheirTypeAndMustBeJson(Sample sample) {
        FakeApi.State before = world.state();
        for (String type : List.of("", "application/json", Reply.JSON + "; charset=utf-8", Reply.JSON + " ", "*/*")) {
            ApiReply reply = sample.ask(world, Map.of(TOKEN, "master", "Content-Type", type));
            assertThat(reply.status()).as(type).isEqualTo(415);
            assertThat(FakeApi.text(reply))
                    .isEqualTo("Entity must be in media type \"application/vnd.proformatique.provd+json\".");
            ApiReply both = sample.with("{").ask(world, Map.of(TOKEN, "master", "Content-Type", type));
            assertThat(both.status()).as("type before syntax").isEqualTo(415);
        }
        for (String body :
                List.of("", " ", "{", "{}{}", "nul", "{\"id\":}", "{\"id\":1,\"id\":2}", "[1,]", "{'id':1}")) {
            ApiReply reply = sample.with(body).ask(world, Map.of(TOKEN, "master"));
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(FakeApi.text(reply)).startsWith("Invalid JSON document").matches("[ -~]{10,200}");
            assertThat(reply.contentType()).isEqualTo("text/plain; charset=ascii");
        }
        assertThat(world.state()).isEqualTo(before);
    }

    @Test
    void otherMethodsAreRefusedBeforeTheCallerIsKnown() {
        FakeApi.State before = world.state();
        for (Sample sample : samples()) {
            Set<String> offered = new TreeSet<>();
            world.api.routes().stream()
                    .filter(route -> route.pattern().equals(sample.pattern()))
                    .forEach(route -> offered.add(route.method()));
            if (offered.contains("GET")) {
                offered.add("HEAD");
            }
            offered.add("OPTIONS");
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "X")) {
                if (!offered.contains(method)) {
                    ApiReply reply = world.answer(method, sample.path(), Map.of(TOKEN, "nonsense"), new byte[0]);
                    assertThat(reply.status()).as(method + ' ' + sample.path()).isEqualTo(405);
                    assertThat(reply.headers()).containsEntry("Allow", String.join(", ", offered));
                }
            }
            ApiReply options = world.answer("OPTIONS", sample.path(), Map.of(), new byte[0]);
            assertThat(options.status()).isEqualTo(200);
            assertThat(options.body()).isEmpty();
        }
        assertThat(world.state()).isEqualTo(before);
        assertThat(world.identity.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSlashTooManyIsAnotherPath(Sample sample) {
        for (String path :
                List.of(sample.path() + '/', '/' + sample.path(), sample.path().replace("/0.2", "/0.2/."))) {
            assertThat(world.answer("GET", path, Map.of(TOKEN, "master"), new byte[0])
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void whileTheStoreIsAwayNothingIsDone(Sample sample) {
        world.refuse(new RefusedException(Reason.UNAVAILABLE, "the store is away"));
        FakeApi.State before = world.state();
        ApiReply reply = sample.ask(world, Map.of(TOKEN, "master"));
        boolean always500 = sample.pattern().endsWith("/update"); // whatever keeps an update from beginning
        assertThat(reply.status()).isIn(503, always500 ? 500 : 503);
        assertThat(FakeApi.text(reply)).isEqualTo("the store is away");
        assertThat(world.state()).isEqualTo(before);
        world.refuse(null);
        assertThat(sample.ask(world, Map.of(TOKEN, "master")).status()).isEqualTo(sample.status());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void answersHaveTheTypeOfTheirStatus(Sample sample) {
        ApiReply reply = sample.ask(world, Map.of(TOKEN, "master"));
        assertThat(reply.status()).as(FakeApi.text(reply)).isEqualTo(sample.status());
        if (sample.access() == null) {
            return;
        }
        switch (sample.status()) {
            case 200 -> assertThat(reply.contentType()).isEqualTo(Reply.JSON);
            case 201 -> {
                assertThat(reply.headers().get("Location")).startsWith("/0.2/").doesNotContain("//");
                assertThat(reply.contentType()).isEqualTo(reply.body().length == 0 ? null : Reply.JSON);
            }
            default -> {
                assertThat(reply.contentType()).isNull();
                assertThat(reply.body()).isEmpty();
                assertThat(reply.headers()).isEmpty();
            }
        }
    }

    /** Ids that no document has, in every variable of a path. */
    static Stream<String> oddIds() {
        return Stream.of(
                "%2F",
                "..%2F..",
                "%2e%2e%2f",
                "%00",
                "%zz",
                "%",
                "%4",
                "%C3%A9",
                "%ff",
                "é",
                "a%20b",
                "%20",
                "x".repeat(10_000),
                "%61".repeat(3_000),
                "..",
                ".",
                "%2e",
                "{id}",
                "%7Btenant_uuid%7D",
                "*",
                "#",
                "a;b=c",
                "a%0d%0aX: y",
                "\u0000");
    }

    @ParameterizedTest
    @MethodSource("oddIds")
    void oddIdsAreRefusedOrUnknownButHurtNothing(String id) {
        FakeApi.State before = world.state();
        for (Sample sample : samples()) {
            if (sample.pattern().contains("{") && !sample.method().equals("POST")) {
                String path = sample.pattern().replaceAll("\\{[a-z]*\\}", java.util.regex.Matcher.quoteReplacement(id));
                ApiReply reply = sample.at(path).ask(world, Map.of(TOKEN, "master"));
                assertThat(reply.status()).as(path).isIn(400, 404);
                assertThat(FakeApi.text(reply)).as(path).matches("[ -~]{1,300}");
                assertThat(sample.at(path).ask(world, Map.of(TOKEN, "nonsense")).status())
                        .as(path)
                        .isIn(401, 404);
            }
        }
        assertThat(world.state()).isEqualTo(before);
    }
}
