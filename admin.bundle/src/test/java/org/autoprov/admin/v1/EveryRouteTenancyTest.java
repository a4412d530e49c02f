// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.autoprov.admin.v1.Sample.Of;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** No route shows or changes what belongs to a tenant that the caller does not reach, and none is open by mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryRouteTenancyTest {

    static final List<Sample> SAMPLES = Sample.ALL;

    /** Who calls. @param token of which tenant @param behalf the tenant of the call; another one by header field */
    private record Who(String token, String behalf) {}

    private static final List<Who> CALLERS = List.of(
            new Who("master", "master"),
            new Who("east", "east"),
            new Who("east1", "east1"),
            new Who("west", "west"),
            new Who("master", "east"),
            new Who("master", "east1"),
            new Who("master", "west"),
            new Who("east", "east1"));

    private World world;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private World world() throws RefusedException {
        if (world == null) {
            world = new World();
            tokens.clear();
        }
        return world;
    }

    @AfterAll
    void close() {
        if (world != null) {
            world.close();
        }
    }

    /** The next call finds a new one. */
    private void spoilt() {
        world.close();
        world = null;
    }

    private String token(Who who) throws RefusedException {
        World now = world();
        String token = tokens.get(who.toString());
        if (token == null) {
            token = now.server.token(now.tenants.get(who.token()), "#");
            tokens.put(who.toString(), token);
        }
        return token;
    }

    private V1Harness.Answer ask(Who who, Sample sample, Map<String, String> target) throws RefusedException {
        World now = world();
        String token = token(who);
        return who.token().equals(who.behalf())
                ? sample.ask(now.server, token, target)
                : sample.ask(now.server, token, target, "Wazo-Tenant", now.tenants.get(who.behalf()));
    }

    @Test
    void eachRouteHasASample() throws RefusedException {
        Set<String> served = new TreeSet<>();
        world().server.api.routes().forEach(route -> served.add(route.method() + ' ' + route.pattern()));
        Set<String> sampled = new TreeSet<>();
        SAMPLES.forEach(sample -> sampled.add(sample.method() + ' ' + sample.pattern()));
        assertThat(sampled).isEqualTo(served);
    }

    /** What follows would prove little if the samples were wrong. */
    @ParameterizedTest
    @FieldSource("SAMPLES")
    void doesItForWhoeverReachesIt(Sample sample) throws RefusedException {
        for (Who who : List.of(
                new Who("master", "master"),
                new Who("east", "east"),
                new Who("west", "west"),
                new Who("master", "east1"))) {
            for (String name : World.reach(who.behalf())) {
                boolean master = who.behalf().equals("master");
                boolean own = sample.pattern().equals("/1/tenants/{tenant}")
                        && sample.method().equals("DELETE")
                        && name.equals(who.behalf());
                V1Harness.Answer answer = ask(who, sample, world().targets.get(name));
                assertThat(answer.status())
                        .as(who + " " + name + " " + answer.text())
                        .isEqualTo(own ? 409 : sample.of() == Of.SERVER && !master ? 403 : sample.status());
                if (!sample.method().equals("GET")) {
                    spoilt();
                }
                if (sample.of() == Of.NOBODY || sample.of() == Of.SERVER) {
                    break;
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void showsAndChangesNothingOfOthers(Sample sample) throws RefusedException {
        tokens.clear(); // wrong codes are counted by token
        for (Who who : CALLERS) {
            Set<String> reach = World.reach(who.behalf());
            for (String name : world().targets.keySet()) {
                String owner = name.equals("gateway") ? "master" : name;
                if (reach.contains(owner)) {
                    continue;
                }
                World now = world();
                token(who); // before the documents are looked at
                Map<String, String> target = now.targets.get(name);
                Map<String, String> others = now.documents(reach);
                List<Object> before = now.state();
                V1Harness.Answer answer = ask(who, sample, target);
                String what = who + " " + name + " → " + answer.status() + ' ' + answer.text();
                Map<String, String> left = now.documents(reach);
                left.keySet().retainAll(others.keySet()); // what the caller made is its own
                assertThat(left).as(what).isEqualTo(others);
                assertShowsNothing(what, now, answer, reach, sample, target);
                if (answer.status() >= 400) {
                    assertThat(now.state()).as(what).isEqualTo(before);
                }
                if (!name.equals("gateway")) {
                    assertAsIfItWereNotThere(what, who, sample, answer);
                }
                if (!sample.method().equals("GET") && answer.status() < 400) {
                    spoilt();
                }
            }
        }
    }

    private static void assertShowsNothing(
            String what,
            World world,
            V1Harness.Answer answer,
            Set<String> reach,
            Sample sample,
            Map<String, String> target) {
        String said = sample.path(target) + new String(sample.body(target), StandardCharsets.UTF_8);
        String text = answer.text() + answer.reply().headers();
        for (String other : world.tenants.keySet()) {
            if (!reach.contains(other)) {
                List<String> theirs = new ArrayList<>(List.of(World.mark(other)));
                theirs.addAll(world.targets.get(other).values());
                theirs.removeIf(said::contains); // the caller knows that already
                for (String one : theirs) {
                    if (!one.isEmpty()) {
                        assertThat(text).as(what).doesNotContain(one);
                    }
                }
            }
        }
    }

    /** Also so that nobody can find out which ids there are. */
    private void assertAsIfItWereNotThere(String what, Who who, Sample sample, V1Harness.Answer answer)
            throws RefusedException {
        if (sample.of() == Of.SERVER) {
            assertThat(answer.status()).as(what).isEqualTo(403);
        } else if (sample.of() == Of.TAKEN) {
            assertThat(answer.status()).as(what).isIn(409, 422);
        } else if (sample.of() == Of.TARGET) {
            assertThat(answer.status()).as(what).isIn(404, 422);
            V1Harness.Answer unknown = ask(who, sample, World.unknown());
            assertThat(unknown.status()).as(what).isEqualTo(answer.status());
            assertThat(unknown.text()).isEqualTo(answer.text());
            assertThat(unknown.reply().headers()).isEqualTo(answer.reply().headers());
        } else if (sample.of() == Of.FILTER && answer.reply().stream() == null) {
            assertThat(answer.items()).as(what).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void withoutATokenOnlyTheDescriptionIsOpen(Sample sample) throws RefusedException {
        World now = world();
        Map<String, String> target = now.targets.get("east");
        List<Object> before = now.state();
        boolean open = now.server.api.routes().stream()
                .anyMatch(route -> route.access() == null
                        && route.method().equals(sample.method())
                        && route.pattern().equals(sample.pattern()));
        assertThat(open)
                .isEqualTo(Set.of("/1", "/1/openapi.yaml", "/1/problems", "/1/problems/{type}")
                        .contains(sample.pattern()));
        for (String token : new String[] {null, "", "x".repeat(64), "Bearer"}) {
            V1Harness.Answer answer = sample.ask(now.server, token, target);
            assertThat(answer.status()).isEqualTo(open ? sample.status() : 401);
        }
        assertThat(now.state()).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void takesTheAccessThatIsDescribedAndNoOther(Sample sample) throws RefusedException {
        World now = world();
        String needed = null;
        Set<String> others = new TreeSet<>();
        for (Route route : now.server.api.routes()) {
            boolean it =
                    route.method().equals(sample.method()) && route.pattern().equals(sample.pattern());
            String pattern = route.access() == null ? null : route.access().replaceAll("\\{[a-z]+}", "*");
            if (it) {
                needed = pattern;
            } else if (pattern != null) {
                others.add(pattern);
            }
        }
        if (needed == null) {
            return;
        }
        assertThat(others).doesNotContain(needed);
        Map<String, String> target = now.targets.get("master");
        String all = now.server.token(now.server.core.master(), others.toArray(String[]::new));
        String one = now.server.token(
                now.server.core.master(), needed, Exchange.SECRETS, "provd.v1.#.never"); // and what may be passed on
        List<Object> before = now.state();
        V1Harness.Answer refused = sample.ask(now.server, all, target);
        assertThat(refused.status()).as(needed + " " + refused.text()).isEqualTo(403);
        assertThat(now.state()).isEqualTo(before);
        boolean ownTenant = sample.method().equals("DELETE") && sample.pattern().equals("/1/tenants/{tenant}");
        boolean passesOn =
                sample.pattern().equals("/1/tokens") && sample.method().equals("POST");
        assertThat(sample.ask(now.server, one, target).status())
                .as(needed)
                .isEqualTo(ownTenant ? 409 : passesOn ? 403 : sample.status());
        if (!sample.method().equals("GET")) {
            spoilt();
        }
    }
}
