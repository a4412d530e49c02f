// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() throws IOException {
        Map<String, Object> read = Json.readObject(
                "{\"z\":1,\"a\":-2.5,\"t\":true,\"n\":null,\"s\":\"\\u00e9\\n\",\"l\":[1,[],{}],\"o\":{\"x\":\"\"}}");
        assertThat(read.keySet()).containsExactly("z", "a", "t", "n", "s", "l", "o");
        assertThat(read.get("z")).isEqualTo(1L);
        assertThat(read.get("a")).isEqualTo(-2.5);
        assertThat(read.get("s")).isEqualTo("é\n");
        assertThat(read.get("l")).isEqualTo(List.of(1L, List.of(), Map.of()));
        assertThat(read).containsEntry("n", null);
    }

    @Test
    void keepsAWholeNumberBeyondLongAsADouble() throws IOException {
        assertThat(Json.readObject("{\"a\":9223372036854775807,\"b\":9223372036854775808}"))
                .containsEntry("a", Long.MAX_VALUE)
                .containsEntry("b", 9223372036854775808d);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "\"a\"",
                "{",
                "{\"a\"",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1}{",
                "{\"a\":1} x",
                "{\"a\":1}{}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\"=1}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-}",
                "{\"a\":.5}",
                "{\"a\":TRUE}",
                "{\"a\":[1,]}",
                "{\"a\":[,]}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\n\"}",
                "// c\n{}",
                "{/* c */}",
                "# c\n{}",
                ")]}'\n{}",
                "{\"a\":1,\"a\":2}",
                "{\"o\":{\"a\":1,\"a\":1}}",
                "{\"a\":undefined}",
                "{\"a\":1e999}",
                "{\"a\":-1e999}"
            })
    void refusesWhatIsNotOneStrictObject(String text) {
        assertThatThrownBy(() -> Json.readObject(text)).isInstanceOf(IOException.class);
    }

    @Test
    void namesTheKeyThatStandsTwice() {
        assertThatThrownBy(() -> Json.readObject("{\"o\":{\"abc\":1,\"abc\":2}}"))
                .hasMessageContaining("abc")
                .hasMessageContaining("twice");
    }

    @Test
    void refusesDepthThatWouldExhaustTheStack() throws IOException {
        assertThatThrownBy(() -> Json.readObject("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.readObject("{\"a\":".repeat(100) + "1" + "}".repeat(100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested deeper than 64");
        assertThat(Json.readObject("{\"a\":".repeat(60) + "1" + "}".repeat(60))).containsKey("a");
    }

    @Test
    void writesNullsAndNoHtmlEscapes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", null);
        map.put("b", "<&'=>");
        map.put("c", Arrays.asList(1L, null, 2.5));
        assertThat(Json.write(map)).isEqualTo("{\"a\":null,\"b\":\"<&'=>\",\"c\":[1,null,2.5]}");
    }

    @Property(tries = 300)
    void readsBackWhatItWrites(@ForAll("objects") Map<String, Object> object) throws IOException {
        assertThat(Json.readObject(Json.write(object))).isEqualTo(object);
        assertThat(Json.readObject(Json.writePretty(object))).isEqualTo(object);
        assertThat(new ArrayList<>(Json.readObject(Json.write(object)).keySet()))
                .isEqualTo(new ArrayList<>(object.keySet()));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                        Arbitraries.longs().map(Object.class::cast),
                        Arbitraries.of(0.5, -1.25, 1e300).map(Object.class::cast),
                        Arbitraries.of(true, false).map(Object.class::cast),
                        Arbitraries.strings().ofMaxLength(8).map(Object.class::cast))
                .injectNull(0.1);
        Arbitrary<Object> value = Arbitraries.oneOf(
                scalar,
                scalar.list().ofMaxSize(3).map(Object.class::cast),
                map(scalar).map(Object.class::cast));
        return map(value);
    }

    private static Arbitrary<Map<String, Object>> map(Arbitrary<Object> value) {
        return Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), value)
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
    }

    @Property
    void neverThrowsAnythingElseForHostileTexts(@ForAll("hostile") String text) {
        try {
            Json.readObject(text);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.strings()
                .withChars("{}[]\",:0123456789eE+-.truefalsn\\u \n")
                .ofMaxLength(30)
                .map(t -> "{" + t);
    }
}
