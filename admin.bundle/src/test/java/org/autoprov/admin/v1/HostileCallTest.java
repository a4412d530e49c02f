// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.autoprov.admin.Json;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Calls that nobody means well. Each is done, or refused with a problem answer and nothing has changed; none makes the
 * server fail. {@link ApiDocument} looks at every answer besides.
 */
final class HostileCallTest {

    static final List<Sample> SAMPLES = Sample.ALL;

    private static final List<Object> ODD = odd();

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "*",
            "\"1\"",
            "\"0\"",
            "\"999999999999999999\"",
            "W/\"1\"",
            "\"1\", \"2\"",
            "1",
            "-1",
            "0",
            "true",
            "TRUE",
            "null",
            "..",
            ".",
            "/",
            "%2F",
            "%00",
            "%",
            "%zz",
            "%C3%28",
            "%ED%A0%80",
            "%E2%80%A8",
            "\u00e9",
            "\u0000",
            "a\r\nX-Injected: b",
            "{device}",
            "#",
            "provd.#",
            "'",
            "\"",
            "<b>",
            "${1}",
            "\\",
            "x".repeat(300),
            "x".repeat(5_000),
            "99999999999999999999",
            "1e400",
            "NaN",
            "new",
            "unconfigured",
            "device1",
            "acme-1");

    private static final ErrorLog LOG = new ErrorLog();
    private static World world;
    private static String token;
    private static int calls;

    /** What is logged as an error: somebody would have to act. */
    private static final class ErrorLog extends Handler {

        private static final Logger OURS = Logger.getLogger("org.autoprov");
        final List<String> errors = new java.util.concurrent.CopyOnWriteArrayList<>();

        ErrorLog() {
            OURS.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(record.getMessage() + ' ' + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            OURS.removeHandler(this);
        }
    }

    private static List<Object> odd() {
        Object deep = "end";
        for (int i = 0; i < 55; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("a", deep);
        }
        return Arrays.asList(
                null,
                true,
                0L,
                -1L,
                7L,
                1.5,
                1e308,
                Long.MIN_VALUE,
                "",
                "x",
                "a/b",
                "..",
                "\u0000",
                "\u00e9",
                "\u2028",
                "a\r\nX-Injected: b",
                "********",
                "x".repeat(10_000),
                "http://u:secret@h/",
                "1.2.3.4",
                "2001:db8::7",
                "80:5e:c0:01:02:04",
                "2030-01-01T00:00:00Z",
                List.of(),
                Arrays.asList((Object) null),
                List.of("x"),
                List.of(1L),
                Map.of(),
                Map.of("", ""),
                Map.of("a.b", Map.of()),
                deep);
    }

    private static synchronized World world() {
        try {
            if (world == null || ++calls % 500 == 0) {
                close();
                world = new World();
                token = world.server.token(world.server.core.master(), "#");
            }
            return world;
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    @AfterContainer
    static void close() {
        if (world != null) {
            world.close();
            world = null;
        }
    }

    /** Makes the call and looks whether it was refused wholly or done. */
    private static V1Harness.Answer check(String method, String path, byte[] body, Map<String, String> headers) {
        World now = world();
        List<Object> before = now.state();
        List<String> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.addAll(List.of(name, value)));
        V1Harness.Answer answer = now.server.callWith(token, method, path, body, fields.toArray(String[]::new));
        String what = method + ' ' + path + ' ' + headers + ' ' + new String(body, StandardCharsets.UTF_8);
        assertThat(answer.status()).as(what).isLessThan(500);
        assertThat(LOG.errors).as(what).isEmpty();
        assertThat(answer.reply().headers().values()).as(what).noneMatch(value -> value.matches("(?s).*[\\r\\n].*"));
        if (answer.status() >= 400) {
            assertThat(answer.reply().contentType()).as(what).isEqualTo(Problem.MEDIA_TYPE);
            assertThat(now.state()).as(what + " → " + answer.text()).isEqualTo(before);
        }
        return answer;
    }

    private static Map<String, String> target() {
        return world().targets.get("master");
    }

    private static Map<String, String> headers(Sample sample) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", sample.type());
        return headers;
    }

    /** Each body with each of its parts replaced by whatever does not belong there. */
    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aBodyIsDoneWholeOrNotAtAll(Sample sample) throws Json.InvalidJsonException {
        if (!sample.type().endsWith("json") || sample.method().equals("GET")) {
            return;
        }
        byte[] good = sample.body(target());
        List<Object> bodies = new ArrayList<>(ODD);
        if (good.length > 0) {
            bodies.addAll(mutations(Json.read(good)));
            for (int length = 0; length < good.length; length++) {
                check(sample.method(), sample.path(target()), Arrays.copyOf(good, length), headers(sample));
            }
        }
        bodies.add(Map.of("id", "x", "no_such_key", 1L));
        for (Object body : bodies) {
            byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
            V1Harness.Answer answer = check(sample.method(), sample.path(target()), bytes, headers(sample));
            if (!(body instanceof Map<?, ?>) && !sample.method().equals("DELETE")) {
                assertThat(answer.status()).as("" + body).isEqualTo(422);
            }
        }
    }

    private static List<Object> mutations(Object value) {
        List<Object> all = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Map<Object, Object> without = new LinkedHashMap<>(map);
                without.remove(entry.getKey());
                all.add(without);
                List<Object> others = new ArrayList<>(ODD);
                others.addAll(mutations(entry.getValue()));
                for (Object other : others) {
                    Map<Object, Object> with = new LinkedHashMap<>(map);
                    with.put(entry.getKey(), other);
                    all.add(with);
                }
            }
        } else if (value instanceof List<?> list) {
            list.forEach(item -> ODD.forEach(odd -> all.add(Arrays.asList(item, odd))));
        }
        return all;
    }

    /** Each variable of each path is whatever somebody may type. */
    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aPathIsFoundOrNot(Sample sample) {
        String[] pattern = sample.pattern().split("/");
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                for (String text : TEXTS) {
                    String[] pieces = sample.path(target()).split("\\?", 2)[0].split("/");
                    pieces[i] = text;
                    check(sample.method(), String.join("/", pieces), sample.body(target()), headers(sample));
                }
            }
        }
        for (String end : List.of("/", "//", "/..", "/x", ";a=b", "%20")) {
            String path = sample.path(target()).split("\\?", 2)[0] + end;
            check(sample.method(), path, sample.body(target()), headers(sample));
        }
        for (String method : List.of("HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "", "X")) {
            String path = sample.path(target());
            assertThat(check(method, path, new byte[0], headers(sample)).status())
                    .isIn(200, 204, 405, 400, 404, 422);
        }
    }

    /** Each parameter that is described, and some that are not. */
    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aQueryIsUnderstoodOrRefused(Sample sample) {
        ApiDocument.Operation operation = ApiDocument.IT
                .find(sample.method(), sample.path(target()).split("\\?", 2)[0])
                .orElseThrow();
        List<String> names = new ArrayList<>(ApiDocument.IT.parameters(operation, "query"));
        names.addAll(List.of("nope", "", "%00"));
        for (String name : names) {
            for (String text : TEXTS) {
                String path = sample.path(target()).split("\\?", 2)[0] + '?' + name + '=' + text.replace("#", "%23");
                check(sample.method(), path, sample.body(target()), headers(sample));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aHeaderFieldIsUnderstoodOrRefused(Sample sample) {
        for (String name : List.of("If-Match", "Idempotency-Key", "Wazo-Tenant", "Content-Type", "Last-Event-ID")) {
            for (String text : TEXTS) {
                Map<String, String> headers = headers(sample);
                headers.put(name, text);
                check(sample.method(), sample.path(target()), sample.body(target()), headers);
            }
        }
    }

    @Property(tries = 400)
    void whateverComesTogetherIsAnswered(@ForAll("calls") List<String> call, @ForAll("samples") Sample sample) {
        Map<String, String> headers = headers(sample);
        headers.put("If-Match", call.get(0));
        headers.put("Idempotency-Key", call.get(1));
        String path = sample.path(target()).split("\\?", 2)[0];
        String[] pieces = path.split("/");
        pieces[pieces.length - 1] = call.get(2).isEmpty() ? pieces[pieces.length - 1] : call.get(2);
        String query = "?" + call.get(3) + '=' + call.get(4);
        check(sample.method(), String.join("/", pieces) + query, call.get(5).getBytes(StandardCharsets.UTF_8), headers);
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.of(SAMPLES);
    }

    @Provide
    Arbitrary<List<String>> calls() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.of(TEXTS),
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.strings().ascii());
        Arbitrary<String> body = Arbitraries.oneOf(text, Arbitraries.of(ODD).map(Json::write));
        return Combinators.combine(
                        text, text, text.map(HostileCallTest::piece), text.map(HostileCallTest::piece), text, body)
                .as((a, b, c, d, e, f) -> List.of(a, b, c, d, e, f));
    }

    private static String piece(String text) {
        return text.replaceAll("[?#/]", "");
    }

    /** The first line is method and path, the next ones header fields, an empty one ends them, then comes the body. */
    @FuzzTest
    void anyCallIsAnswered(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n");
        String[] first = lines[0].split(" ", 2);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ", 2);
            if (field.length == 2) {
                headers.put(field[0], field[1]);
            }
        }
        headers.remove("X-Auth-Token");
        byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(octets, end + 2, octets.length);
        check(first[0], first.length > 1 ? first[1] : "/1", body, headers);
    }
}
