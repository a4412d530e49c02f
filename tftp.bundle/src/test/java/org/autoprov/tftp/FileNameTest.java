// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "SEP001122334455.cnf.xml, SEP001122334455.cnf.xml",
        "/spa504G.cfg, spa504G.cfg",
        "///a//b, a/b",
        "./a/./b, a/b",
        "a/../b, b",
        "a/b/.., a",
        ".hidden, .hidden",
        "a/.hidden, a/.hidden",
        "..., ...",
        "/Asia/Tokyo/x.txt, Asia/Tokyo/x.txt",
        "a/, a/",
        "a b, a b",
        "Communicator\\\\a.xml, Communicator/a.xml",
        "a\\\\..\\\\b, b"
    })
    void normalises(String name, String path) {
        assertThat(FileName.normalise(name)).isEqualTo(path);
    }

    @Test
    void knowsTheRoot() {
        assertThat(FileName.normalise("")).isEmpty();
        assertThat(FileName.normalise("/")).isEmpty();
        assertThat(FileName.normalise("/./a/..")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "/../a", "a/../../b", "..\\a", "a\nb", "a\u007f", "a\u0085", "\ud800"})
    void refusesWhatLeadsElsewhere(String name) {
        assertThat(FileName.normalise(name)).isNull();
    }

    @Property
    void neverLeavesSegmentsThatClimb(@ForAll @Chars({'/', '.', 'a', '\\', '\1'}) String name) {
        String path = FileName.normalise(name);
        if (path != null && !path.isEmpty()) {
            assertThat(path).doesNotStartWith("/").doesNotContain("//", "\\", "\1");
            assertThat(Arrays.asList(path.split("/"))).doesNotContain("", ".", "..");
        }
    }
}
