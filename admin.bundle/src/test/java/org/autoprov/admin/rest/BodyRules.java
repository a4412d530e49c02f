// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;

/** What holds for any body whatsoever: it is done whole, or refused in one line and nothing is done. */
final class BodyRules implements AutoCloseable {

    private static final Map<String, String> MASTER = Map.of("X-Auth-Token", "master");
    /** The server sets them, whatever is sent. */
    private static final Set<String> COMPUTED = Set.of(
            "id",
            "tenant_uuid",
            "configured",
            "is_new",
            "remote_state_sip_username",
            "trusted_address",
            "shared",
            "schema");

    private static final Set<String> TEXTS =
            Set.of("sn", "uuid", "vendor", "model", "version", "plugin", "config", "description");
    private static final Set<String> DOCUMENTS = Set.of("/0.2/dev_mgr/devices", "/0.2/cfg_mgr/configs");

    private final ErrorLog log = new ErrorLog();
    private FakeApi world = Sample.world();
    private FakeApi.State before = world.state();

    /** Sends it, and checks what came of it. */
    ApiReply check(Sample sample) {
        ApiReply reply = sample.ask(world, MASTER);
        String text = FakeApi.text(reply);
        assertThat(log.errors()).as(about(sample)).isEmpty();
        if (reply.status() >= 400) {
            assertThat(reply.status()).as(about(sample)).isIn(refusals(sample));
            assertThat(text)
                    .as(about(sample))
                    .matches("[ -~]{1,600}")
                    .isNotEqualTo("Internal error")
                    .doesNotContain("java.", "Exception");
            assertThat(reply.contentType()).isEqualTo("text/plain; charset=ascii");
            assertThat(world.state()).as(about(sample)).isEqualTo(before);
            return reply;
        }
        assertThat(reply.status()).as(about(sample)).isEqualTo(sample.status());
        if (sample.pattern().startsWith("/0.2/dev_mgr/devices")
                || sample.pattern().startsWith("/0.2/cfg_mgr/configs")) {
            isReadBack(sample, reply);
        }
        world = Sample.world();
        before = world.state();
        return reply;
    }

    private static String about(Sample sample) {
        String text = sample.toString();
        return text.length() > 500 ? text.substring(0, 500) : text;
    }

    /** A document that is there is refused with 500, as clients know it. */
    private static List<Integer> refusals(Sample sample) {
        return sample.method().equals("PUT") && !sample.path().startsWith("/0.2/configure")
                ? List.of(400, 404, 500)
                : List.of(400, 404);
    }

    private void isReadBack(Sample sample, ApiReply reply) {
        String path = reply.status() == 201 ? reply.headers().get("Location") : sample.path();
        assertThat(path).matches("/0[.]2/[a-z]+_mgr/[a-z]+/[!-~&&[^/]]+");
        ApiReply get = world.answer("GET", path, MASTER, new byte[0]);
        assertThat(get.status()).as(path).isEqualTo(200);
        String kind = sample.pattern().startsWith("/0.2/dev_mgr") ? "device" : "config";
        Map<?, ?> stored = document(FakeApi.text(get), kind);
        Map<String, Object> wanted = new TreeMap<>();
        document(sample.body(), kind).forEach((key, value) -> {
            if (kind.equals("device") && TEXTS.contains(key.toString()) && value != null) {
                wanted.put(key.toString(), value.toString());
            } else {
                wanted.put(key.toString(), value);
            }
        });
        Map<String, Object> shown = new HashMap<>(Call.texts(stored));
        Set<String> ignored = kind.equals("device") ? COMPUTED : Set.of("id", "schema");
        wanted.keySet().removeAll(ignored);
        shown.keySet().removeAll(ignored);
        assertThat(shown).isEqualTo(wanted);
        if (reply.status() == 201 && DOCUMENTS.contains(sample.pattern())) {
            assertThat(FakeApi.text(reply)).isEqualTo(Json.write(Map.of("id", stored.get("id"))));
        }
    }

    private static Map<?, ?> document(String body, String kind) {
        try {
            return (Map<?, ?>) ((Map<?, ?>) Json.read(body)).get(kind);
        } catch (Json.InvalidJsonException e) {
            throw new AssertionError(body, e);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
