// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.autoprov.admin.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each body of each route, with each of its parts replaced by whatever does not belong there. */
final class MutatedBodyTest {

    private static final List<Object> ODD = odd();

    private final BodyRules rules = new BodyRules();

    @AfterEach
    void close() {
        rules.close();
    }

    static List<Sample> bodies() {
        return Sample.withBodies().stream().map(sample -> sample.to("new")).toList();
    }

    private static List<Object> odd() {
        Object deep = "end";
        for (int i = 0; i < 55; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("a", deep);
        }
        return Arrays.asList(
                null,
                true,
                false,
                0L,
                -1L,
                7L,
                1.5,
                1e308,
                1e19,
                Long.MIN_VALUE,
                "",
                " ",
                "x",
                "0",
                "a/b",
                "..",
                "new",
                "base",
                "\u0000",
                "\u00e9",
                "\ud83d\ude00",
                "a\r\nX-Injected: b",
                "\u2028",
                "{tenant_uuid}",
                "x".repeat(10_000),
                "http://u:secret@h/",
                "1.2.3.4",
                "2001:db8::7",
                "80:5e:c0:01:02:04",
                List.of(),
                List.of(List.of()),
                Arrays.asList((Object) null),
                List.of("x"),
                List.of(1L),
                Map.of(),
                Map.of("a", Map.of()),
                Map.of("", ""),
                Map.of("$in", List.of()),
                Map.of("id", "x"),
                deep);
    }

    /** All values that differ from this one in one place. */
    private static List<Object> mutations(Object value) {
        List<Object> all = new ArrayList<>(ODD);
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Map<Object, Object> without = new LinkedHashMap<>(map);
                without.remove(entry.getKey());
                all.add(without);
                Map<Object, Object> renamed = new LinkedHashMap<>(without);
                renamed.put(entry.getKey() + "_", entry.getValue());
                all.add(renamed);
                for (Object mutation : mutations(entry.getValue())) {
                    Map<Object, Object> with = new LinkedHashMap<>(map);
                    with.put(entry.getKey(), mutation);
                    all.add(with);
                }
            }
            for (String key : List.of(
                    "schema",
                    "revision",
                    "X_any",
                    "\u00e9\u0000",
                    "trusted_address",
                    "shared",
                    "role",
                    "transient",
                    "deletable",
                    "configured",
                    "is_new",
                    "tenant_uuid",
                    "remote_state_sip_username",
                    "added")) {
                for (Object mutation : map.containsKey(key) ? List.of() : ODD) {
                    Map<Object, Object> more = new LinkedHashMap<>(map);
                    more.put(key, mutation);
                    all.add(more);
                }
            }
        } else if (value instanceof List<?> list) {
            UnaryOperator<Object> single = Arrays::asList;
            list.forEach(item -> mutations(item).forEach(mutation -> all.add(single.apply(mutation))));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isDoneWholeOrNotAtAll(Sample sample) throws Exception {
        int refused = 0;
        for (Object mutation : mutations(Json.read(sample.body()))) {
            if (rules.check(sample.with(Json.write(mutation))).status() >= 400) {
                refused++;
            }
        }
        if (!sample.body().equals("{}")) {
            assertThat(refused).isGreaterThan(10);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isNotTakenWithAKeyTwice(Sample sample) {
        int at = sample.body().indexOf("\":");
        while (at >= 0) {
            int start = sample.body().lastIndexOf('"', at - 1);
            String key = sample.body().substring(start, at + 2);
            String twice = sample.body().substring(0, start) + key + "null,"
                    + sample.body().substring(start);
            assertThat(rules.check(sample.with(twice)).status()).as(twice).isEqualTo(400);
            at = sample.body().indexOf("\":", at + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isNotTakenWhenItBreaksOff(Sample sample) {
        for (int length = 0; length < sample.body().length(); length++) {
            String part = sample.body().substring(0, length);
            assertThat(rules.check(sample.with(part)).status()).as(part).isEqualTo(400);
        }
    }
}
