// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands between GET and HTTP/1.1: refused, or a path and parameters that mean what they say. */
final class RequestPathFuzzTest {

    @FuzzTest
    void pathObeysItsRulesOrIsRefused(byte[] octets) throws BadRequestException {
        String path;
        try {
            path = RequestPath.decode(text(octets));
        } catch (BadRequestException e) {
            return;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isISOControl(c) || c == '\\' || c == '\uFFFD') {
                throw new AssertionError("lets through \\u" + Integer.toHexString(c));
            }
        }
        List<String> segments = List.of(path.split("/", -1));
        assertThat(segments).doesNotContain(".", "..");
        // Empty is only the last one, of a path that ends with a slash.
        assertThat(segments.subList(0, segments.size() - 1)).doesNotContain("");
        String again = segments.stream().map(RequestPathFuzzTest::encode).collect(Collectors.joining("/", "/", ""));
        assertThat(RequestPath.decode(again)).as("decoded once").isEqualTo(path);
    }

    @FuzzTest
    void queryIsReadWhateverItIs(byte[] octets) {
        Map<String, String> parameters = QueryParameters.of(text(octets));
        assertThat(parameters)
                .hasSizeLessThanOrEqualTo(64)
                .doesNotContainKey(null)
                .doesNotContainValue(null);
        String again = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        assertThat(QueryParameters.of(again)).isEqualTo(parameters);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02x", octet));
        }
        return encoded.toString();
    }
}
