// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.autoprov.core.internal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawConfigsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                        | {'a':1}              | {'a':1}",
                "{'a':1}                   | {}                   | {'a':1}",
                "{'a':1}                   | {'a':2}              | {'a':2}",
                "{'a':1}                   | {'a':null}           | {'a':null}",
                "{'a':null}                | {'a':{}}             | {'a':{}}",
                "{'a':1}                   | {'a':{}}             | {'a':{}}",
                "{'a':{'b':1}}             | {'a':{}}             | {'a':{'b':1}}",
                "{'a':{'b':1}}             | {'a':3}              | {'a':3}",
                "{'a':{'b':1}}             | {'a':[4]}            | {'a':[4]}",
                "{'a':[1,2,3]}             | {'a':[4]}            | {'a':[4]}",
                "{'a':[1]}                 | {'a':[]}             | {'a':[]}",
                "{'a':[1]}                 | {'a':{'b':1}}        | {'a':{'b':1}}",
                "{'a':{'b':{'c':1,'d':2}}} | {'a':{'b':{'c':9}}}  | {'a':{'b':{'c':9,'d':2}}}",
                "{'a':{'b':1}}             | {'a':{'b':null}}     | {'a':{'b':null}}",
            })
    void laysOneMapOverAnother(String base, String overlay, String result) throws IOException {
        Map<String, Object> target = json(base);
        RawConfigs.overlay(target, json(overlay));
        assertThat(target).isEqualTo(json(result));
    }

    /** The objects among the examples of RFC 7396, appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'b'}          | {'a':'c'}                      | {'a':'c'}",
                "{'a':'b'}          | {'b':'c'}                      | {'a':'b','b':'c'}",
                "{'a':'b'}          | {'a':null}                     | {}",
                "{'a':'b','b':'c'}  | {'a':null}                     | {'b':'c'}",
                "{'a':['b']}        | {'a':'c'}                      | {'a':'c'}",
                "{'a':'c'}          | {'a':['b']}                    | {'a':['b']}",
                "{'a':{'b':'c'}}    | {'a':{'b':'d','c':null}}       | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}  | {'a':[1]}                      | {'a':[1]}",
                "{'e':null}         | {'a':1}                        | {'e':null,'a':1}",
                "{}                 | {'a':{'bb':{'ccc':null}}}      | {'a':{'bb':{}}}",
            })
    void patchesAsMergePatchesSay(String target, String patch, String result) throws IOException {
        Map<String, Object> patched = json(target);
        RawConfigs.patch(patched, json(patch));
        assertThat(patched).isEqualTo(json(result));
    }

    private static Map<String, Object> json(String text) throws IOException {
        return Json.readObject(text.replace('\'', '"'));
    }

    @Property(tries = 300)
    void changesNeitherOverlayNorItsSource(
            @ForAll("objects") Map<String, Object> base, @ForAll("objects") Map<String, Object> overlay) {
        String before = Json.write(overlay);
        Map<String, Object> copy = RawConfigs.copy(base);
        RawConfigs.overlay(copy, overlay);
        spoil(copy);
        assertThat(Json.write(overlay)).isEqualTo(before);
        assertThat(RawConfigs.copy(base)).isEqualTo(base);
    }

    /** Writes into every object and list. */
    private static void spoil(Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, Object> map = RawConfigs.asObject(value);
            map.values().forEach(RawConfigsTest::spoil);
            map.put("spoilt", true);
        } else if (value instanceof List<?> list) {
            @SuppressWarnings("unchecked") // made by us
            List<Object> own = (List<Object>) list;
            own.add("spoilt");
        }
    }

    @Property(tries = 300)
    void isIdempotent(@ForAll("objects") Map<String, Object> base, @ForAll("objects") Map<String, Object> overlay) {
        Map<String, Object> once = RawConfigs.copy(base);
        RawConfigs.overlay(once, overlay);
        Map<String, Object> twice = RawConfigs.copy(once);
        RawConfigs.overlay(twice, overlay);
        assertThat(twice).isEqualTo(once);
    }

    @Property(tries = 300)
    void laterWins(@ForAll("objects") Map<String, Object> base, @ForAll("objects") Map<String, Object> overlay) {
        Map<String, Object> merged = RawConfigs.copy(base);
        RawConfigs.overlay(merged, overlay);
        assertContains(merged, overlay);
        base.forEach((key, value) -> {
            if (!overlay.containsKey(key)) {
                assertThat(merged).containsEntry(key, value);
            }
        });
        assertThat(merged.keySet()).allMatch(key -> base.containsKey(key) || overlay.containsKey(key));
    }

    private static void assertContains(Map<String, Object> merged, Map<String, Object> overlay) {
        overlay.forEach((key, value) -> {
            assertThat(merged).containsKey(key);
            if (value instanceof Map<?, ?>) {
                assertContains(RawConfigs.asObject(merged.get(key)), RawConfigs.asObject(value));
            } else {
                assertThat(merged.get(key)).isEqualTo(value);
            }
        });
    }

    @Property(tries = 300)
    void layingOverTheEmptyMapCopies(@ForAll("objects") Map<String, Object> overlay) {
        Map<String, Object> merged = RawConfigs.copy(Map.of());
        RawConfigs.overlay(merged, overlay);
        assertThat(merged).isEqualTo(overlay);
    }

    @Test
    void dropsNullsInObjectsAndKeepsThoseInLists() throws IOException {
        assertThat(RawConfigs.withoutNulls(json("{'a':null,'b':{'c':null,'d':1},'e':[null,{'f':null,'g':2}],'h':{}}")))
                .isEqualTo(json("{'b':{'d':1},'e':[null,{'g':2}],'h':{}}"));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        Arbitrary<Object> scalar = Arbitraries.of(List.of(1L, 2L, "x", true, ""))
                .map(Object.class::cast)
                .injectNull(0.2);
        return object(value(scalar, 2));
    }

    private static Arbitrary<Object> value(Arbitrary<Object> scalar, int depth) {
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> below = value(scalar, depth - 1);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, scalar),
                net.jqwik.api.Tuple.of(2, object(below).map(Object.class::cast)),
                net.jqwik.api.Tuple.of(1, below.list().ofMaxSize(3).map(list -> (Object) new ArrayList<>(list))));
    }

    private static Arbitrary<Map<String, Object>> object(Arbitrary<Object> value) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), value).ofMaxSize(3);
    }
}
