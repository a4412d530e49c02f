// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Text from the network in a log: one line, nothing that a terminal obeys or that turns the reading direction. */
final class LogTextFuzzTest {

    private static final int LONGEST = 300 * "\\u0000".length() + 1;

    /** The octets once as UTF-8, and once as they come in, with any 16 bits in a character. */
    @FuzzTest
    void lineCannotBeForged(byte[] octets) {
        check(new String(octets, StandardCharsets.UTF_8));
        check(new String(octets, StandardCharsets.ISO_8859_1));
        StringBuilder any = new StringBuilder();
        for (int i = 0; i + 1 < octets.length; i += 2) {
            any.append((char) ((octets[i] & 0xff) << 8 | octets[i + 1] & 0xff));
        }
        check(any.toString());
    }

    private static void check(String text) {
        String escaped = LogText.escape(text);
        assertThat(escaped.length()).isLessThanOrEqualTo(LONGEST);
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            int type = Character.getType(c);
            boolean harmless = !Character.isISOControl(c)
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            if (!harmless) {
                throw new AssertionError("lets through \\u" + Integer.toHexString(c));
            }
        }
        if (escaped.equals(text)) {
            assertThat(text).doesNotContain("\\"); // else an escape could be forged
        }
    }
}
