// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VersionStampTest {

    private static final String BLANK = "<versionStamp>00000000</versionStamp>";

    @Test
    void isAFunctionOfTheContent() {
        assertThat(fill("<a>" + BLANK + "</a>"))
                .isEqualTo(fill("<a>" + BLANK + "</a>"))
                .matches("<a><versionStamp>[0-9a-f]{8}</versionStamp></a>")
                .isNotEqualTo("<a>" + BLANK + "</a>");
        assertThat(fill("<b>" + BLANK + "</b>").substring(17, 25))
                .isNotEqualTo(fill("<c>" + BLANK + "</c>").substring(17, 25));
    }

    @Test
    void leavesFilesWithoutAStampAlone() {
        assertThat(fill("")).isEmpty();
        assertThat(fill("<versionStamp>000000000</versionStamp>")).isEqualTo("<versionStamp>000000000</versionStamp>");
    }

    private static String fill(String file) {
        return new String(VersionStamp.fill(file.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
