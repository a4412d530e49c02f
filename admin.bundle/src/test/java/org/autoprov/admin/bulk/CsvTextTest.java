// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4180, and our guard against formulas. In the tables L is LF, C is CR, T is a tabulator, Q a quote. */
final class CsvTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``              | []
            a               | [[a]]
            aL              | [[a]]
            aCL             | [[a]]
            aCbC            | [[a], [b]]
            a,bLc,d         | [[a, b], [c, d]]
            a,              | [[a, ]]
            ,               | [[, ]]
            aLLb            | [[a], [], [b]]
            QaQ,QbQ         | [[a, b]]
            Qa,bQ,c         | [[a,b, c]]
            QaQQbQ          | [[aQb]]
            QQQQ            | [[Q]]
            QQ              | [[]]
            QaLbQ           | [[aLb]]
            QaCLbQ          | [[aCLb]]
            a b             | [[a b]]
            a;bLc,d;e       | [[a, b], [c,d, e]]
            aTbLc;dTe       | [[a, b], [c;d, e]]
            a,b;c           | [[a, b;c]]
            aLb;c           | [[a], [b;c]]
            '=1+1           | [[=1+1]]
            Q'+49,1Q        | [[+49,1]]
            ''x             | [['x]]
            'x              | [['x]]
            '               | [[']]
            =1+1            | [[=1+1]]
            """)
    void readsCells(String text, String rows) throws CsvText.MalformedException {
        String read = CsvText.read(plain(text)).toString();
        assertThat(read).isEqualTo(plain(rows));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Qa          | 1 | does not end
            aLQb        | 2 | does not end
            QaLbLQQ,Qc  | 1 | something follows
            aQb         | 1 | a quote stands inside
            aLb,Q cQ d  | 2 | something follows
            """)
    void refusesBrokenQuotes(String text, int row, String message) {
        assertThatThrownBy(() -> CsvText.read(plain(text)))
                .isInstanceOfSatisfying(
                        CsvText.MalformedException.class,
                        e -> assertThat(e.row()).isEqualTo(row))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a       | a
            a,b     | Qa,bQ
            aQb     | QaQQbQ
            aLb     | QaLbQ
            =1+1    | '=1+1
            +49     | '+49
            -1      | '-1
            @x      | '@x
            'x      | ''x
            T=1     | Q'T=1Q
            a=1     | a=1
            """)
    void writesCellsThatNoSpreadsheetRuns(String cell, String written) {
        StringBuilder out = new StringBuilder();
        CsvText.write(out, List.of(plain(cell), "z"));
        assertThat(out).hasToString(plain(written) + ",z\r\n");
    }

    @Test
    void writesNothingForNull() {
        StringBuilder out = new StringBuilder();
        List<String> cells = new ArrayList<>();
        cells.add(null);
        cells.add("b");
        CsvText.write(out, cells);
        assertThat(out).hasToString(",b\r\n");
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cells =
                Arbitraries.strings().withChars(",;\t\"\r\n'=+-@ ab\u00fc").ofMaxLength(5);
        return cells.list().ofSize(3).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 300)
    void readsWhatItWrote(@ForAll("tables") List<List<String>> rows) throws CsvText.MalformedException {
        StringBuilder out = new StringBuilder();
        CsvText.write(out, List.of("a", "b", "c"));
        rows.forEach(row -> CsvText.write(out, row));
        List<List<String>> read = CsvText.read(out.toString());
        assertThat(read.subList(1, read.size())).isEqualTo(rows);
    }

    @Property(tries = 300)
    void everyTextIsReadOrRefused(@ForAll("tables") List<List<String>> rows) {
        String text = String.join(",", rows.get(0)) + "\n" + rows;
        try {
            assertThat(CsvText.read(text)).isNotEmpty();
        } catch (CsvText.MalformedException e) {
            assertThat(e.row()).isPositive();
        }
    }

    private static String plain(String text) {
        return text.replace('L', '\n').replace('C', '\r').replace('T', '\t').replace('Q', '"');
    }
}
