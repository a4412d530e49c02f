// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.admin.Json;

/** Whatever is sent, the server never has to say that it failed. */
final class HostileRequestTest {

    private static LiveApi live;

    @BeforeContainer
    static void open() throws IOException {
        live = new LiveApi();
    }

    @AfterContainer
    static void close() {
        live.close();
    }

    @Provide
    Arbitrary<Object> json() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.of("id", "new", "", "a/b", "80:5e:c0:01:02:03", "10.0.0.1", "\u00e9"),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.strings().ofMaxLength(5).asGeneric());
        return nested(nested(leaf));
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
        Arbitrary<String> keys = Arbitraries.of(
                "device", "config", "param", "value", "id", "mac", "ip", "options", "parent_ids", "raw_config", "op");
        return Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(3).asGeneric(),
                Arbitraries.maps(keys, inner).ofMaxSize(5).asGeneric());
    }

    @Property(tries = 100)
    void anyJsonIsAnswered(@ForAll("json") Object body, @ForAll boolean wrapped) {
        for (Route route : live.api.routes()) {
            if (route.negotiation() == Route.Negotiation.JSON_BODY) {
                Object sent = body;
                if (wrapped) {
                    Map<String, Object> all = new TreeMap<>();
                    for (String key : new String[] {"device", "config", "param", "dhcp_info", "id"}) {
                        all.put(key, body);
                    }
                    sent = all;
                }
                answered(route, Map.of(), Json.write(sent).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Property(tries = 100)
    void anyBytesAreAnswered(@ForAll byte[] body) {
        for (Route route : live.api.routes()) {
            if (route.negotiation() == Route.Negotiation.JSON_BODY) {
                answered(route, Map.of(), body);
            }
        }
    }

    @Property(tries = 100)
    void anyQueryIsAnswered(@ForAll("json") Object selector, @ForAll String fields, @ForAll String sort) {
        for (Route route : live.api.routes()) {
            if (route.method().equals("GET")) {
                answered(
                        route,
                        Map.of(
                                "q",
                                Json.write(selector),
                                "fields",
                                fields,
                                "sort",
                                sort,
                                "skip",
                                sort,
                                "limit",
                                fields),
                        new byte[0]);
            }
        }
    }

    private static void answered(Route route, Map<String, String> query, byte[] body) {
        Map<String, String> headers = Map.of("X-Auth-Token", "master", "Content-Type", Reply.JSON);
        String path = route.pattern().replace("{id}", "acme-1.2").replace("{param}", "locale");
        ApiReply reply = live.api.answer(new ApiRequest(route.method(), path, query, headers::get, () -> body));
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("Internal error");
        assertThat(reply.status()).isLessThan(500);
    }
}
