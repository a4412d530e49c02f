// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.Json;

/** Queries of whoever has a token. An input's line ends separate its parts. */
final class SelectorFuzzTest {

    /** The first line is a selector; the others are documents. */
    @FuzzTest
    void selectorIsRefusedOrDecides(byte[] octets) {
        List<String> lines = lines(octets);
        Selector selector;
        try {
            selector = Selector.parse(lines.isEmpty() ? "" : lines.get(0));
        } catch (QueryException e) {
            assertThat(e).hasMessageMatching("[ -~]{1,200}");
            return;
        }
        for (Map<String, Object> document : documents(lines)) {
            boolean matches = selector.matches(document);
            assertThat(selector.matches(document)).isEqualTo(matches);
        }
    }

    /** Each line before an empty one is name=value; the lines after it are documents. */
    @FuzzTest
    void listRequestIsRefusedOrAnswered(byte[] octets) {
        List<String> lines = lines(octets);
        Map<String, String> parameters = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                break;
            }
            parameters.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
        }
        List<Map<String, Object>> documents = documents(lines);
        List<Map<String, Object>> before = List.copyOf(documents);
        try {
            List<Map<String, Object>> answer = Query.parse(parameters).apply(Collections.unmodifiableList(documents));
            assertThat(answer).hasSizeLessThanOrEqualTo(documents.size());
            assertThat(documents).isEqualTo(before);
            if (!parameters.containsKey("fields")) {
                assertThat(documents).containsAll(answer);
            }
        } catch (QueryException e) {
            assertThat(e).hasMessageMatching("[ -~]{1,200}");
        }
    }

    private static List<Map<String, Object>> documents(List<String> lines) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (String line : lines) {
            try {
                if (Json.readLenient(line) instanceof Map<?, ?> map) {
                    Map<String, Object> document = new HashMap<>();
                    map.forEach((key, value) -> document.put(key.toString(), value));
                    documents.add(document);
                }
            } catch (Json.InvalidJsonException e) {
                // no document
            }
        }
        return documents;
    }

    private static List<String> lines(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8).lines().toList();
    }
}
