// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPatternTest {

    @ParameterizedTest
    @CsvSource({
        "#,                             provd.read,                          true",
        "#,                             provd,                               true",
        "provd.#,                       provd.read,                          true",
        "provd.#,                       provd.dev_mgr.devices.d1.read,       true",
        "provd.#,                       provd,                               false",
        "provd.#,                       provdx.read,                         false",
        "provd.#.read,                  provd.dev_mgr.devices.d1.read,       true",
        "provd.#.read,                  provd.dev_mgr.read,                  true",
        "provd.#.read,                  provd.read,                          false",
        "provd.#.read,                  provd.dev_mgr.devices.d1.update,     false",
        "#.read,                        provd.status.read,                   true",
        "#.read.#,                      a.read.b.read.c,                     true",
        "provd.#.devices.#.read,        provd.dev_mgr.devices.devices.a.read, true",
        "provd.dev_mgr.devices.*.read,  provd.dev_mgr.devices.d1.read,       true",
        "provd.dev_mgr.devices.*.read,  provd.dev_mgr.devices.read,          false",
        "provd.dev_mgr.devices.*.read,  provd.dev_mgr.devices.a.b.read,      false",
        "provd.*.*,                     provd.dev_mgr.read,                  true",
        "*,                             provd.read,                          false",
        "provd.read,                    provd.read,                          true",
        "provd.read,                    provd.READ,                          false",
        "provd.read,                    provd.reads,                         false",
        "provd.read,                    provd.read.,                         false",
        "provd.pg_mgr.plugins.wazo-x-1_2.read, provd.pg_mgr.plugins.wazo-x-1_2.read, true",
    })
    void matchesPieceByPiece(String pattern, String access, boolean granted) {
        assertThat(new AccessPattern(pattern).matches(access)).isEqualTo(granted);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a*", "##", "!provd.read", "a b", "a\n", "ä", "provd.#x"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> new AccessPattern(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPatternTooLong() {
        assertThatThrownBy(() -> new AccessPattern("a".repeat(AccessPattern.MAX_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNastyPatternTakesNoTime() {
        AccessPattern pattern = new AccessPattern("#.a.".repeat(60) + "b");
        String access = "a.".repeat(10_000) + "c";
        assertThat(Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> pattern.matches(access)))
                .isFalse();
    }

    @Property
    void matchesAsARegularExpressionWould(@ForAll("patterns") String pattern, @ForAll("accesses") String access) {
        String regex = Arrays.stream(pattern.split("\\."))
                .map(piece -> switch (piece) {
                    case "*" -> "[^.]+";
                    case "#" -> "[^.]+(\\.[^.]+)*";
                    default -> Pattern.quote(piece);
                })
                .collect(Collectors.joining("\\."));
        assertThat(new AccessPattern(pattern).matches(access)).isEqualTo(access.matches(regex));
    }

    @Provide
    Arbitrary<String> patterns() {
        return dotted("a", "b", "*", "#");
    }

    @Provide
    Arbitrary<String> accesses() {
        return dotted("a", "b", "c");
    }

    private static Arbitrary<String> dotted(String... pieces) {
        return Arbitraries.of(pieces).list().ofMinSize(1).ofMaxSize(7).map(list -> String.join(".", list));
    }
}
