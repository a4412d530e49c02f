// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Bodies of whoever has a token. */
final class BodyFuzzTest {

    private static final List<Sample> BODIES =
            Sample.withBodies().stream().map(sample -> sample.to("new")).toList();

    private final BodyRules rules = new BodyRules();

    @AfterEach
    void close() {
        rules.close();
    }

    /** The first line is the method and the path of a sample, the rest is the body. */
    @FuzzTest
    void bodyIsDoneWholeOrRefused(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String line = end < 0 ? "" : text.substring(0, end) + ' ';
        Sample sample = BODIES.stream()
                .filter(body -> body.toString().startsWith(line))
                .findFirst()
                .orElse(BODIES.get(0));
        rules.check(sample.with(text.substring(end + 1)));
    }
}
