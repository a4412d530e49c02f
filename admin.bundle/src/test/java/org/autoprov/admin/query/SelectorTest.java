// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The selector language, one row per rule: document, selector, whether it matches. */
final class SelectorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # every entry must match
            {"a":1}                              | {}                                 | true
            {"a":1,"b":2}                        | {"a":1,"b":2}                      | true
            {"a":1,"b":2}                        | {"a":1,"b":3}                      | false
            {"a":1,"b":2}                        | {"a":1,"c":null}                   | false
            # equality with the whole value
            {"x":"a"}                            | {"x":"a"}                          | true
            {"x":"A"}                            | {"x":"a"}                          | false
            {"x":"1"}                            | {"x":1}                            | false
            {"x":1}                              | {"x":1.0}                          | true
            {"x":1.5}                            | {"x":15e-1}                        | true
            {"x":0}                              | {"x":-0.0}                         | true
            {"x":9007199254740993}               | {"x":9007199254740992}             | false
            {"x":9223372036854775808}            | {"x":9223372036854775807}          | false
            {"x":9223372036854775808}            | {"x":9223372036854775808}          | true
            {"x":true}                           | {"x":true}                         | true
            {"x":true}                           | {"x":1}                            | false
            {"x":false}                          | {"x":0}                            | false
            {"x":false}                          | {"x":null}                         | false
            {"x":{"a":[1,{"b":null}]}}           | {"x":{"a":[1,{"b":null}]}}         | true
            {"x":{"a":[1.0,{"b":null}]}}         | {"x":{"a":[1,{"b":null}]}}         | true
            {"x":{"a":[1,{"b":null}]}}           | {"x":{"a":[1,{}]}}                 | false
            {"x":{"a":[1,{"c":null}]}}           | {"x":{"a":[1,{"b":null}]}}         | false
            {"x":{"a":1,"b":2}}                  | {"x":{"b":2,"a":1}}                | true
            {"x":{"a":1,"b":2}}                  | {"x":{"a":1}}                      | false
            {"x":[1,2]}                          | {"x":[2,1]}                        | false
            {"x":[1,2]}                          | {"x":[1]}                          | false
            {"x":{}}                             | {"x":{}}                           | true
            {"x":[]}                             | {"x":{}}                           | false
            {"x":"v"}                            | {"x":{}}                           | false
            # null: there, and null
            {"x":null}                           | {"x":null}                         | true
            {}                                   | {"x":null}                         | false
            {"x":""}                             | {"x":null}                         | false
            # arrays are not searched by equality
            {"parent_ids":["a"]}                 | {"parent_ids":"a"}                 | false
            {"parent_ids":["a"]}                 | {"parent_ids":["a"]}               | true
            # paths descend through objects
            {"a":{"b":{"c":1}}}                  | {"a.b.c":1}                        | true
            {"a":{"b":1}}                        | {"a.c":1}                          | false
            {"a":{"b":null}}                     | {"a.b":null}                       | true
            {"a":null}                           | {"a.b":null}                       | false
            {"a":"b"}                            | {"a.b":null}                       | false
            {"a.b":1}                            | {"a.b":1}                          | false
            {"":{"":1}}                          | {".":1}                            | true
            {"sip_lines":{"1":{"u":"x"}}}        | {"sip_lines.1.u":"x"}              | true
            # an array of objects is entered at the last step only
            {"k":[{"kk":"v"}]}                   | {"k.kk":"v"}                       | true
            {"k":[{"kk":"w"},{"kk":"v"}]}        | {"k.kk":"v"}                       | true
            {"k":["kk",7,null,{"kk":"v"}]}       | {"k.kk":"v"}                       | true
            {"k":[{"kk":"w"}]}                   | {"k.kk":"v"}                       | false
            {"k":[]}                             | {"k.kk":null}                      | false
            {"k":[[{"kk":"v"}]]}                 | {"k.kk":"v"}                       | false
            {"k":[{"l":{"m":1}}]}                | {"k.l.m":1}                        | false
            {"j":{"k":[{"kk":"v"}]}}             | {"j.k.kk":"v"}                     | true
            {"k":["a"]}                          | {"k.0":"a"}                        | false
            # $in
            {"x":"b"}                            | {"x":{"$in":["a","b"]}}            | true
            {"x":"c"}                            | {"x":{"$in":["a","b"]}}            | false
            {"x":2.0}                            | {"x":{"$in":[1,2]}}                | true
            {"x":true}                           | {"x":{"$in":[1]}}                  | false
            {"x":null}                           | {"x":{"$in":[null]}}               | true
            {}                                   | {"x":{"$in":[null]}}               | false
            {"x":["a"]}                          | {"x":{"$in":["a"]}}                | false
            {"x":["a"]}                          | {"x":{"$in":[["a"]]}}              | true
            {"x":{"y":1}}                        | {"x":{"$in":[{"y":1.0}]}}          | true
            {"x":1}                              | {"x":{"$in":[]}}                   | false
            {"k":[{"l":1},{"l":2}]}              | {"k.l":{"$in":[2]}}                | true
            # $nin: none of the values; a missing key matches
            {"x":"c"}                            | {"x":{"$nin":["a","b"]}}           | true
            {"x":"a"}                            | {"x":{"$nin":["a","b"]}}           | false
            {}                                   | {"x":{"$nin":["a"]}}               | true
            {"x":null}                           | {"x":{"$nin":[null]}}              | false
            {"k":[{"l":1},{"l":2}]}              | {"k.l":{"$nin":[2]}}               | false
            {"k":[{"l":1},{"l":3}]}              | {"k.l":{"$nin":[2]}}               | true
            # $contains
            {"x":["a","b"]}                      | {"x":{"$contains":"a"}}            | true
            {"x":["ab"]}                         | {"x":{"$contains":"a"}}            | false
            {"x":[1]}                            | {"x":{"$contains":1.0}}            | true
            {"x":[{"a":1}]}                      | {"x":{"$contains":{"a":1}}}        | true
            {"x":[null]}                         | {"x":{"$contains":null}}           | true
            {"x":"10.1.198.19"}                  | {"x":{"$contains":"198"}}          | true
            {"x":"10.1.198.19"}                  | {"x":{"$contains":""}}             | true
            {"x":"10"}                           | {"x":{"$contains":1}}              | false
            {"x":{"a":1}}                        | {"x":{"$contains":"a"}}            | true
            {"x":{"a":1}}                        | {"x":{"$contains":1}}              | false
            {"x":10}                             | {"x":{"$contains":"1"}}            | false
            {"x":null}                           | {"x":{"$contains":null}}           | false
            {}                                   | {"x":{"$contains":"a"}}            | false
            # order
            {"x":2}                              | {"x":{"$gt":1}}                    | true
            {"x":1}                              | {"x":{"$gt":1.0}}                  | false
            {"x":1}                              | {"x":{"$ge":1.0}}                  | true
            {"x":1}                              | {"x":{"$lt":1.5}}                  | true
            {"x":1.5}                            | {"x":{"$lt":1}}                    | false
            {"x":1}                              | {"x":{"$le":1}}                    | true
            {"x":2}                              | {"x":{"$le":1}}                    | false
            {"x":9223372036854775807}            | {"x":{"$lt":9223372036854775808}}  | true
            {"x":9223372036854775808}            | {"x":{"$le":9223372036854775807}}  | false
            {"x":-9223372036854775808}           | {"x":{"$gt":-9223372036854780000}} | true
            {"x":1e999}                          | {"x":{"$le":1e999}}                | true
            {"x":1e308}                          | {"x":{"$lt":1e999}}                | true
            {"x":"10"}                           | {"x":{"$lt":"9"}}                  | true
            {"x":"b"}                            | {"x":{"$gt":"B"}}                  | true
            {"x":"\\ud83d\\ude00"}               | {"x":{"$gt":"\\uffee"}}            | true
            {"x":true}                           | {"x":{"$gt":false}}                | true
            # unlike types do not match, in neither direction
            {"x":"1"}                            | {"x":{"$ge":1}}                    | false
            {"x":"1"}                            | {"x":{"$lt":1}}                    | false
            {"x":true}                           | {"x":{"$ge":0}}                    | false
            {"x":null}                           | {"x":{"$ge":null}}                 | false
            {"x":[1]}                            | {"x":{"$ge":[1]}}                  | false
            {}                                   | {"x":{"$le":1}}                    | false
            {"k":[{"l":1},{"l":5}]}              | {"k.l":{"$gt":4}}                  | true
            # $ne: a missing key matches
            {"x":"a"}                            | {"x":{"$ne":"b"}}                  | true
            {"x":"a"}                            | {"x":{"$ne":"a"}}                  | false
            {}                                   | {"x":{"$ne":"a"}}                  | true
            {}                                   | {"x":{"$ne":null}}                 | true
            {"x":null}                           | {"x":{"$ne":null}}                 | false
            {"k":[{"l":1},{"l":5}]}              | {"k.l":{"$ne":5}}                  | false
            # $exists: null counts as present
            {"x":null}                           | {"x":{"$exists":true}}             | true
            {"x":null}                           | {"x":{"$exists":false}}            | false
            {}                                   | {"x":{"$exists":true}}             | false
            {}                                   | {"x":{"$exists":false}}            | true
            {"a":"b"}                            | {"a.b.c":{"$exists":false}}        | true
            {"k":[{"l":1},{}]}                   | {"k.l":{"$exists":true}}           | true
            {"k":[{}]}                           | {"k.l":{"$exists":false}}          | true
            # several operators on one key
            {"x":5}                              | {"x":{"$gt":1,"$lt":9}}            | true
            {"x":9}                              | {"x":{"$gt":1,"$lt":9}}            | false
            {"x":"ab"}                           | {"x":{"$contains":"a","$ne":"a"}}  | true
            # keys of selectors are never operators, nor are nested ones
            {"a":1}                              | {"$or":[{"a":1}]}                  | false
            {"x":{"y":{"$in":[1]}}}              | {"x":{"y":{"$in":[1]}}}            | true
            # of a key that stands twice the last one counts
            {"x":2}                              | {"x":1,"x":2}                      | true
            """)
    void matchesAsTheContractSays(String document, String selector, boolean matches) throws QueryException {
        assertThat(Selector.parse(selector).matches(object(document))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"x":{"$foo":1}}         | unknown operator
            {"x":{"$":1}}            | unknown operator
            {"x":{"$in":[1],"y":2}}  | unknown operator
            {"x":{"$GT":1}}          | unknown operator
            {"x":{"$in":"a"}}        | operand of $in must be an array
            {"x":{"$in":null}}       | operand of $in must be an array
            {"x":{"$nin":{}}}        | operand of $nin must be an array
            {"x":{"$exists":1}}      | operand of $exists must be true or false
            {"x":{"$exists":null}}   | operand of $exists must be true or false
            []                       | must be a JSON object
            null                     | must be a JSON object
            "a"                      | must be a JSON object
            {"x":1                   | is not JSON
            {x:1}                    | is not JSON
            {"x":NaN}                | is not JSON
            {"x":1}{}                | is not JSON
            {"x":01}                 | is not JSON
            {"x":"\\ud800"}          | is not JSON
            """)
    void refusesWhatMeansNothing(String selector, String message) {
        assertThatThrownBy(() -> Selector.parse(selector))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesDeepJsonBeforeItExhaustsTheStack(String open) {
        assertThatThrownBy(() -> Selector.parse("{\"x\":" + open.repeat(1_000_000)))
                .isInstanceOf(QueryException.class)
                .hasMessage("the selector is nested deeper than 64");
    }

    @Test
    void refusesDeepObjects() {
        assertThatThrownBy(() -> Selector.of(deep(1_000_000)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void deepDocumentsExhaustNothing() throws QueryException {
        Map<String, Object> deep = deep(1_000_000);
        Map<String, Object> operand = deep(60);
        assertThat(Selector.of(operand).matches(deep)).isFalse();
        assertThat(Selector.of(Map.of("a", Map.of("$in", List.of(operand)))).matches(deep))
                .isFalse();
        assertThat(Selector.of(Map.of("a", Map.of("$contains", "a"))).matches(deep))
                .isTrue();
        assertThat(Selector.parse("{\"a" + ".a".repeat(10_000) + "\":{\"$exists\":true}}")
                        .matches(deep))
                .isTrue();
    }

    @Test
    void limitsTheNumberOfConditions() throws QueryException {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < Selector.MAX_CONDITIONS; i++) {
            many.put("k" + i, i);
        }
        assertThat(Selector.of(many).matches(many)).isTrue();
        many.put("one more", 1);
        assertThatThrownBy(() -> Selector.of(many)).isInstanceOf(QueryException.class);
    }

    @Test
    void keepsNothingOfTheObjectItWasMadeFrom() throws QueryException {
        Map<String, Object> inner = new HashMap<>(Map.of("a", 1));
        Selector selector = Selector.of(Map.of("x", inner));
        inner.put("a", 2);
        assertThat(selector.matches(Map.of("x", Map.of("a", 1)))).isTrue();
    }

    @Test
    void numbersOfAnyClassCompareByValue() throws QueryException {
        Selector seven = Selector.parse("{\"x\":7}");
        for (Number number : List.of(7, 7L, 7.0, 7f, (short) 7, new BigDecimal("7"), BigInteger.valueOf(7))) {
            assertThat(seven.matches(Map.of("x", number)))
                    .as(number.getClass().getName())
                    .isTrue();
        }
        for (Number number : List.of(Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1e999999"))) {
            assertThat(seven.matches(Map.of("x", number))).as(number.toString()).isFalse();
        }
    }

    @Test
    void leavesOutTheNamedKeyOnly() throws QueryException {
        Selector selector =
                Selector.parse("{\"tenant_uuid\":{\"$in\":[\"t\"]},\"tenant_uuid.x\":1,\"vendor\":\"Snom\"}");
        assertThat(selector.without("tenant_uuid.x").without("tenant_uuid").matches(Map.of("vendor", "Snom")))
                .isTrue();
        assertThat(selector.without("tenant_uuid").matches(Map.of("vendor", "Snom")))
                .isFalse();
    }

    private static Map<String, Object> object(String json) {
        Map<String, Object> object = new HashMap<>();
        try {
            ((Map<?, ?>) Json.readLenient(json)).forEach((key, value) -> object.put(key.toString(), value));
        } catch (Json.InvalidJsonException e) {
            throw new AssertionError(json, e);
        }
        return object;
    }

    static Map<String, Object> deep(int levels) {
        Map<String, Object> at = new HashMap<>();
        for (int i = 0; i < levels; i++) {
            Map<String, Object> above = new HashMap<>();
            above.put("a", at);
            at = above;
        }
        return at;
    }
}
