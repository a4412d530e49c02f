// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TermsTest {

    private static Packet.Request request(boolean write, String mode, String options) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String option : options == null ? new String[0] : options.split(" ")) {
            String[] pair = option.split("=", 2);
            map.put(pair[0], pair[1]);
        }
        return new Packet.Request(write, "f", mode, map);
    }

    @ParameterizedTest
    @CsvSource({
        "blksize=1000,             {blksize=1000}, 1000, 1",
        "blksize=65464,            {blksize=1468}, 1468, 1",
        "blksize=8,                {blksize=8},    8,    1",
        "blksize=0008,             {blksize=8},    8,    1",
        "windowsize=16,            {windowsize=16}, 512, 16",
        "windowsize=65535,         {windowsize=32}, 512, 32",
        "windowsize=0,             {}, 512, 1",
        "windowsize=65536,         {}, 512, 1",
        "windowsize=-1,            {}, 512, 1",
        "tsize=0,                  {tsize=77}, 512, 1",
        "tsize=,                   {}, 512, 1",
        "tsize=99999999999999999999, {}, 512, 1",
        "timeout=255,              {timeout=255}, 512, 1",
        "timeout=256,              {}, 512, 1",
        "multicast=,               {}, 512, 1",
        "tsize=5 blksize=16 x=1,   '{tsize=77, blksize=16}', 16, 1"
    })
    void answersNoMoreThanIsAsked(String options, String answer, int block, int window) {
        Terms terms = Terms.of(request(false, "octet", options), 1_468, 32, 77);
        assertThat(terms.answer()).hasToString(answer);
        assertThat(terms.blockSize()).isEqualTo(block);
        assertThat(terms.window()).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({"8, true", "65464, true", "7, false", "65465, false", "'', false", "1e3, false", "-8, false"})
    void knowsSenselessBlockSizes(String value, boolean sane) {
        assertThat(Terms.isSane(request(false, "octet", "blksize=" + value))).isEqualTo(sane);
    }

    @ParameterizedTest
    @CsvSource({"false, netascii, {}", "true, octet, {tsize=5}", "true, netascii, {tsize=5}"})
    void tellsSizeOnlyWhereItIsTrue(boolean write, String mode, String answer) {
        assertThat(Terms.of(request(write, mode, "tsize=5"), 1_468, 32, write ? -1 : 77)
                        .answer())
                .hasToString(answer);
    }

    @Property
    void takesAnyValue(@ForAll String a, @ForAll String b, @ForAll String c, @ForAll String d) {
        Map<String, String> options = Map.of("blksize", a, "tsize", b, "timeout", c, "windowsize", d);
        Packet.Request request = new Packet.Request(false, "f", "octet", options);
        if (Terms.isSane(request)) {
            Terms terms = Terms.of(request, 1_468, 32, 77);
            assertThat(terms.blockSize()).isBetween(8, 1_468);
            assertThat(terms.window()).isBetween(1, 32);
        }
    }
}
