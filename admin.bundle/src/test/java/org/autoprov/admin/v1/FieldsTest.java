// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.autoprov.admin.Json;
import org.autoprov.core.service.Masking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldsTest {

    /** RFC 7396 appendix A; each value as that of a key, so that targets can be what they want. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'b'}        | {'a':'c'}                    | {'a':'c'}",
                "{'a':'b'}        | {'b':'c'}                    | {'a':'b','b':'c'}",
                "{'a':'b'}        | {'a':null}                   | {}",
                "{'a':'b','b':'c'}| {'a':null}                   | {'b':'c'}",
                "{'a':['b']}      | {'a':'c'}                    | {'a':'c'}",
                "{'a':'c'}        | {'a':['b']}                  | {'a':['b']}",
                "{'a':{'b':'c'}}  | {'a':{'b':'d','c':null}}     | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}| {'a':[1]}                    | {'a':[1]}",
                "['a','b']        | ['c','d']                    | ['c','d']",
                "{'a':'b'}        | ['c']                        | ['c']",
                "{'a':'foo'}      | 'bar'                        | 'bar'",
                "{'e':null}       | {'a':1}                      | {'e':null,'a':1}",
                "[1,2]            | {'a':'b','c':null}           | {'a':'b'}",
                "{}               | {'a':{'bb':{'ccc':null}}}    | {'a':{'bb':{}}}"
            })
    void mergesAsTheStandardsExamples(String target, String patch, String result) throws Json.InvalidJsonException {
        assertThat(Fields.merge(Map.of("v", read(target)), Map.of("v", read(patch))))
                .isEqualTo(Map.of("v", read(result)));
        if (read(target) instanceof Map<?, ?> && read(patch) instanceof Map<?, ?>) {
            assertThat(Fields.merge(ApiDocument.object(read(target)), ApiDocument.object(read(patch))))
                    .isEqualTo(read(result));
        }
    }

    /** The example that is left: the patch {@code null} for {@code {"a":"foo"}}. */
    @Test
    void nullTakesAwayWhatWasThere() {
        assertThat(Fields.merge(Map.of("v", Map.of("a", "foo")), Collections.singletonMap("v", null)))
                .isEmpty();
    }

    private static Object read(String json) throws Json.InvalidJsonException {
        return Json.read(json.strip().replace('\'', '"'));
    }

    @Property
    void mergingTwiceIsMergingOnce(
            @ForAll("objects") Map<String, Object> target, @ForAll("objects") Map<String, Object> patch) {
        String before = Json.write(target);
        Map<String, Object> once = Fields.merge(target, patch);
        assertThat(Fields.merge(once, patch)).isEqualTo(once);
        assertThat(Json.write(target)).isEqualTo(before);
        assertThat(Fields.merge(target, Map.of())).isEqualTo(target);
        patch.forEach((key, value) -> assertThat(once.containsKey(key)).isEqualTo(value != null));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        Arbitrary<Object> leaf = Arbitraries.of(Arrays.asList(null, 1L, "x", true, List.of(), List.of("y")));
        Arbitrary<String> key = Arbitraries.of("a", "b", "c");
        Arbitrary<Map<String, Object>> flat = Arbitraries.maps(key, leaf).ofMaxSize(3);
        Arbitrary<Map<String, Object>> nested = Arbitraries.maps(key, Arbitraries.oneOf(leaf, flat.map(map -> map)))
                .ofMaxSize(3);
        return Arbitraries.maps(key, Arbitraries.oneOf(leaf, nested.map(map -> map)))
                .ofMaxSize(3);
    }

    @Test
    void tellsAllFaultsTogetherWithTheirPlaces() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", 1L);
        body.put("flag", "yes");
        body.put("number", 11L);
        body.put("half", 1.5);
        body.put("object", List.of());
        body.put("texts", List.of("a", 1L));
        body.put("a/b~c", true);
        Fields fields = new Fields(body);
        assertThat(fields.text("text")).isNull();
        assertThat(fields.flag("flag", true)).isTrue();
        assertThat(fields.number("number", 3, 1, 10)).isEqualTo(3);
        assertThat(fields.number("half", 4, 1, 10)).isEqualTo(4);
        assertThat(fields.object("object")).isNull();
        assertThat(fields.texts("texts")).isNull();
        assertThat(fields.needed("missing")).isEmpty();
        Problem problem = problem(fields);
        assertThat(problem.type()).isEqualTo(Problem.Type.INVALID);
        assertThat(pointers(problem))
                .containsExactlyInAnyOrder(
                        "/text", "/flag", "/number", "/half", "/object", "/texts", "/missing", "/a~1b~0c");
    }

    @Test
    void takesWhatIsRightAndWhatIsLeftOut() throws Problem {
        Fields fields = new Fields(Map.of("text", "", "flag", false, "number", 10L, "object", Map.of("a", 1L)));
        assertThat(fields.text("text")).isEmpty();
        assertThat(fields.text("other")).isNull();
        assertThat(fields.flag("flag", true)).isFalse();
        assertThat(fields.number("number", 3, 1, 10)).isEqualTo(10);
        assertThat(fields.object("object")).isEqualTo(Map.of("a", 1L));
        assertThat(fields.texts("texts")).isNull();
        fields.end();
    }

    /** Whoever sends back what was read would store the mask as the password. */
    @Test
    void theMaskIsNoValueAtAnyDepth() {
        Fields text = new Fields(Map.of("password", Masking.MASK));
        text.text("password");
        assertThat(pointers(problem(text))).containsExactly("/password");
        Fields deep = new Fields(Map.of("options", Map.of("a", List.of(Map.of("b", Masking.MASK)))));
        deep.object("options");
        assertThat(pointers(problem(deep))).containsExactly("/options");
    }

    private static Problem problem(Fields fields) {
        List<Problem> caught = new ArrayList<>();
        assertThatThrownBy(fields::end).isInstanceOfSatisfying(Problem.class, caught::add);
        return caught.get(0);
    }

    @SuppressWarnings("unchecked")
    private static List<String> pointers(Problem problem) {
        List<Map<String, String>> errors = (List<Map<String, String>>)
                (List<?>) new V1Harness.Answer(problem.reply()).json().get("errors");
        return errors.stream().map(error -> error.get("pointer")).toList();
    }
}
