// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    /** Any text of whole characters. */
    @Provide
    Arbitrary<Object> documents() {
        Arbitrary<String> texts = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(20)
                .map(points -> {
                    StringBuilder text = new StringBuilder();
                    points.forEach(text::appendCodePoint);
                    return text.toString();
                });
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                texts.asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.just((Object) null));
        Arbitrary<Object> nested = scalars;
        for (int depth = 0; depth < 2; depth++) {
            Arbitrary<Object> inner = nested;
            nested = Arbitraries.oneOf(
                    scalars,
                    inner.list().ofMaxSize(4).asGeneric(),
                    Arbitraries.maps(texts, inner).ofMaxSize(4).asGeneric());
        }
        return nested;
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void isReadBackAsItWas(@ForAll("documents") Object document) throws Exception {
        String text = Json.write(document);
        assertThat(Json.read(text)).isEqualTo(document);
        assertThat(JsonParser.parseString(text)).isNotNull(); // and by another reader
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Json.write(document, sent);
        assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void writesWhatRfc8259Has() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a\"\\/\n\u0001\u2028", Arrays.asList(null, true, 1L, -1.5e300, "", List.of(), Map.of()));
        map.put("b", List.of(1, 2).iterator());
        assertThat(Json.write(map))
                .isEqualTo("{\"a\\\"\\\\/\\n\\u0001\\u2028\":[null,true,1,-1.5E300,\"\",[],{}],\"b\":[1,2]}");
    }

    @Test
    void refusesNumbersThatJsonDoesNotHave() {
        assertThatThrownBy(() -> Json.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(Float.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsALongListInPieces() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                sizes.add(length);
                super.write(bytes, offset, length);
            }
        };
        List<String> list = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            list.add("x".repeat(i % 3) + "\ud83d\ude00");
        }
        Json.write(list, all);
        assertThat(sizes).hasSizeGreaterThan(1).allMatch(size -> size < 200_000);
        assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(Json.write(list));
    }
}
