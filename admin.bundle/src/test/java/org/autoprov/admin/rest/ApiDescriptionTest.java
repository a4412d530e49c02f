// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is described is what is served. */
final class ApiDescriptionTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    /** The index {@code /0.2} itself cannot be written as a path below the base path without a slash too many. */
    private static final String ROOT = "GET /0.2";

    private static Map<?, ?> document() throws IOException {
        try (LiveApi api = new LiveApi()) {
            return new Yaml()
                    .load(api.call("GET", "/0.2/api/api.yml", null, null).body());
        }
    }

    @Test
    void describesEachRouteAndNoOther() throws IOException {
        Map<String, String> described = new TreeMap<>();
        ((Map<?, ?>) document().get("paths"))
                .forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        Object access = ((Map<?, ?>) operation).get("description");
                        described.put(
                                method.toString().toUpperCase(java.util.Locale.ROOT) + " /0.2" + path,
                                access == null ? null : access.toString());
                    }
                }));
        try (LiveApi api = new LiveApi()) {
            Map<String, String> served = new TreeMap<>();
            for (Route route : api.api.routes()) {
                served.put(
                        route.method() + ' ' + route.pattern(),
                        route.access() == null ? null : "**Required ACL**: `" + route.access() + "`");
            }
            served.remove(ROOT);
            assertThat(described).isEqualTo(served);
        }
    }

    @Test
    void isSwaggerThatRefersOnlyToWhatItDefines() throws IOException {
        Map<?, ?> document = document();
        assertThat(document.get("swagger")).isEqualTo("2.0");
        assertThat(document.get("basePath")).isEqualTo("/0.2");
        assertThat(((Map<?, ?>) document.get("info")).get("x-xivo-port")).isEqualTo(8666);
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            Object at = document;
            for (String piece : reference.substring(2).split("/")) {
                at = ((Map<?, ?>) at).get(piece);
                assertThat(at).as(reference).isNotNull();
            }
        });
    }

    private static void collect(Object node, List<String> references) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("$ref")) {
                    references.add((String) value);
                }
                collect(value, references);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, references));
        }
    }
}
