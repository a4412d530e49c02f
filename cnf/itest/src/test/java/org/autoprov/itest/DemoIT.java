// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no running server. */
class DemoIT {

    @TempDir
    Path folder;

    @Test
    void keepsTheWholePromiseInThirtySeconds() throws Exception {
        Program.Result demo =
                Program.autoprov(Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder), List.of("demo"));
        assertThat(demo.status()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.millis()).isLessThan(30_000);
        try (var left = Files.list(folder)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("autoprov")))
                    .isEmpty();
        }
    }

    @Test
    void theZooSaysWhatIsWrong() {
        assertThat(Program.autoprov("zoo", "boot").status()).isEqualTo(64);
        Program.Result unknown = Program.autoprov("zoo", "boot", "--model", "NO-SUCH", "--url", "http://127.0.0.1:1/");
        assertThat(unknown.status()).isEqualTo(64);
        assertThat(unknown.err().lines()).hasSize(1).allMatch(line -> line.contains("NO-SUCH"));
        assertThat(Program.autoprov("zoo", "models").ok()).contains("T54W").contains("D765");
        assertThat(Program.autoprov("zoo", "boot", "--model", "T54W", "--url", "http://127.0.0.1:1/", "--timeout", "1")
                        .status())
                .isEqualTo(1);
    }

    @Test
    void showsItsUsage() {
        assertThat(Program.autoprov("help").ok()).contains("autoprov shell").contains("autoprov demo");
    }
}
