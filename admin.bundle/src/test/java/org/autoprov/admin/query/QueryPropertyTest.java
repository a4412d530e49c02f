// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for all documents and values, of a world small enough that they often meet. */
final class QueryPropertyTest {

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalars = Arbitraries.of(
                        "",
                        "a",
                        "ab",
                        "10",
                        "9",
                        "\ud83d\ude00",
                        "\uffee",
                        0L,
                        1L,
                        1.0,
                        1.5,
                        -0.0,
                        0x1p63,
                        Long.MAX_VALUE,
                        true,
                        false)
                .map(value -> (Object) value)
                .injectNull(0.1);
        return Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars,
                () -> values().list().ofMaxSize(2).map(list -> (Object) list),
                () -> objects().map(map -> (Object) map));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "id"), Arbitraries.lazy(this::values))
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> documents() {
        return objects().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "id", "a.a", "a.b", "b.a", "a.b.a", "");
    }

    @Property(tries = 300)
    void negationsAreComplements(
            @ForAll("objects") Map<String, Object> document,
            @ForAll("paths") String path,
            @ForAll("values") Object one,
            @ForAll("values") Object two)
            throws QueryException {
        List<Object> list = new ArrayList<>();
        list.add(one);
        list.add(two);
        boolean in = matches(document, path, operator("$in", list));
        assertThat(matches(document, path, operator("$nin", list))).isEqualTo(!in);
        boolean equalsOne = matches(document, path, operator("$in", list.subList(0, 1)));
        boolean equalsTwo = matches(document, path, operator("$in", list.subList(1, 2)));
        assertThat(in).isEqualTo(equalsOne || equalsTwo);
        assertThat(matches(document, path, operator("$ne", one))).isEqualTo(!equalsOne);
        assertThat(matches(document, path, one)).isEqualTo(equalsOne);
        assertThat(matches(document, path, operator("$exists", true)))
                .isNotEqualTo(matches(document, path, operator("$exists", false)));
    }

    @Property(tries = 300)
    void orderIsTotalAmongLikeTypes(@ForAll("values") Object one, @ForAll("values") Object two) throws QueryException {
        Map<String, Object> document = new HashMap<>();
        document.put("x", one);
        boolean less = matches(document, "x", operator("$lt", two));
        boolean greater = matches(document, "x", operator("$gt", two));
        boolean notGreater = matches(document, "x", operator("$le", two));
        boolean notLess = matches(document, "x", operator("$ge", two));
        assertThat(less && greater).isFalse();
        assertThat(less || greater || notGreater || notLess).isEqualTo(notLess || notGreater);
        if (notLess || notGreater) {
            assertThat(notGreater).isEqualTo(!greater);
            assertThat(notLess).isEqualTo(!less);
            assertThat(notLess && notGreater).isEqualTo(matches(document, "x", operator("$in", List.of(two))));
        }
    }

    @Property(tries = 300)
    void entriesAreJoinedByAnd(
            @ForAll("objects") Map<String, Object> document, @ForAll("values") Object one, @ForAll("values") Object two)
            throws QueryException {
        Map<String, Object> both = new HashMap<>();
        both.put("a", one);
        both.put("b", two);
        assertThat(Selector.of(both).matches(document))
                .isEqualTo(matches(document, "a", one) && matches(document, "b", two));
    }

    @Property(tries = 300)
    void everyDocumentMatchesItself(@ForAll("objects") Map<String, Object> document) throws QueryException {
        assertThat(Selector.of(document).matches(document)).isTrue();
    }

    @Property(tries = 300)
    void base64ChangesNothing(@ForAll("documents") List<Map<String, Object>> documents, @ForAll("paths") String path)
            throws QueryException {
        String json = "{\"" + path + "\":{\"$in\":[1,\"a\",null,{},[]],\"$exists\":true}}";
        String base64 = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThat(Query.parse(Map.of("q64", base64)).apply(documents))
                .isEqualTo(Query.parse(Map.of("q", json)).apply(documents));
    }

    @Property(tries = 300)
    void skipAndLimitCutAPieceOfTheWhole(
            @ForAll("documents") List<Map<String, Object>> documents,
            @ForAll("paths") String sort,
            @ForAll @IntRange(max = 14) int skip,
            @ForAll @IntRange(min = 1, max = 14) int limit)
            throws QueryException {
        List<Map<String, Object>> whole = Query.parse(Map.of("sort", sort)).apply(documents);
        int from = Math.min(skip, whole.size());
        assertThat(Query.parse(Map.of("sort", sort, "skip", "" + skip, "limit", "" + limit))
                        .apply(documents))
                .isEqualTo(whole.subList(from, Math.min(from + limit, whole.size())));
    }

    @Property(tries = 300)
    void sortingMovesButNeitherLosesNorChanges(
            @ForAll("documents") List<Map<String, Object>> documents, @ForAll("paths") String sort)
            throws QueryException {
        for (String order : List.of("ASC", "DESC")) {
            Query query = Query.parse(Map.of("sort", sort, "sort_ord", order));
            List<Map<String, Object>> sorted = query.apply(documents);
            assertThat(sorted).containsExactlyInAnyOrderElementsOf(documents);
            assertThat(query.apply(sorted)).as("stable").isEqualTo(sorted);
        }
    }

    @Property(tries = 300)
    void projectionKeepsValuesAndIsDoneAfterOnce(
            @ForAll("objects") Map<String, Object> document, @ForAll("paths") String one, @ForAll("paths") String two)
            throws QueryException {
        Query query = Query.parse(Map.of("fields", one + "," + two));
        Map<String, Object> part = query.apply(List.of(document)).get(0);
        assertThat(query.apply(List.of(part))).containsExactly(part);
        assertThat(part.containsKey("id")).isEqualTo(document.containsKey("id"));
        assertThat(document.keySet()).containsAll(part.keySet());
        for (String path : List.of(one, two)) {
            assertThat(new KeyPath(path).value(part)).isEqualTo(new KeyPath(path).value(document));
        }
    }

    @Property(tries = 200)
    void everyTextIsReadOrRefused(@ForAll String text, @ForAll("documents") List<Map<String, Object>> documents) {
        Map<String, String> parameters = new HashMap<>();
        for (String name : List.of("q", "sort", "skip", "limit", "fields")) {
            parameters.put(name, text);
        }
        try {
            assertThat(new HashSet<>(Query.parse(parameters).apply(documents)))
                    .hasSizeLessThanOrEqualTo(documents.size());
        } catch (QueryException e) {
            assertThat(e).hasMessageMatching("[ -~]+");
        }
    }

    private static Map<String, Object> operator(String name, Object operand) {
        Map<String, Object> operator = new HashMap<>();
        operator.put(name, operand);
        return operator;
    }

    private static boolean matches(Map<String, Object> document, String path, Object value) throws QueryException {
        return Selector.of(operator(path, value)).matches(document);
    }
}
