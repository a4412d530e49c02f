// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    /** Patterns told by regular expressions: nothing is shared with core. */
    private static Predicate<String> having(String... patterns) {
        List<Pattern> all = List.of(patterns).stream()
                .map(pattern -> Pattern.compile(List.of(pattern.split("\\.")).stream()
                        .map(piece -> switch (piece) {
                            case "*" -> "[^.]+";
                            case "#" -> "[^.]+(\\.[^.]+)*";
                            default -> Pattern.quote(piece);
                        })
                        .collect(Collectors.joining("\\."))))
                .toList();
        return access ->
                all.stream().anyMatch(pattern -> pattern.matcher(access).matches());
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "*, a, true",
        "a, *, false",
        "*, *, true",
        "#, *, true",
        "*, #, false",
        "#, #, true",
        "a.#, a.#, true",
        "a.#, a.*.#, true",
        "a.*.#, a.#, false",
        "a.#.z, a.#, false",
        "a.#, a.#.z, true",
        "a.#.z, a.b.#.z, true",
        "a.#.b.#, a.#.b.#, false", // not seen, which harms nobody
        "#, a.#.b.#, true",
        "a.#, a, false",
        "a.b, a.{tenant_uuid}, false"
    })
    void tellsWhetherAPatternIsWithinAnother(String has, String pattern, boolean covered) {
        assertThat(Coverage.covers(having(has), pattern)).isEqualTo(covered);
    }

    @Test
    void severalPatternsCoverTogether() {
        assertThat(Coverage.covers(having("a.*", "a.*.#"), "a.#")).isTrue();
        assertThat(Coverage.covers(having("a.*", "a.*.*.#"), "a.#")).isFalse();
        assertThat(Coverage.covers(having("a.b", "a.c"), "a.*")).isFalse();
    }

    @Test
    void manySingleWildcardsAreNoEnd() {
        String[] ladder = new String[128];
        for (int i = 0; i < ladder.length; i++) {
            ladder[i] = "*.".repeat(i) + "*";
        }
        assertThat(Coverage.covers(having(ladder), "#")).isFalse();
    }

    @Property
    void whatIsCoveredGivesNothingNew(
            @ForAll("patterns") String has, @ForAll("patterns") String other, @ForAll("patterns") String pattern) {
        Predicate<String> caller = having(has, other);
        if (Coverage.covers(caller, pattern)) {
            Predicate<String> made = having(pattern);
            for (String access : ACCESSES) {
                assertThat(!made.test(access) || caller.test(access))
                        .as("%s of %s with %s and %s", access, pattern, has, other)
                        .isTrue();
            }
        }
    }

    private static final List<String> ACCESSES = Arbitraries.of("a", "b", "c")
            .list()
            .ofMinSize(1)
            .ofMaxSize(5)
            .map(pieces -> String.join(".", pieces))
            .allValues()
            .orElseThrow()
            .toList();

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "*", "#")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(pieces -> String.join(".", pieces));
    }
}
