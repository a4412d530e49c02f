// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.service.Masking;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void escapesWhatSteersATerminal() {
        assertThat(Text.safe("a\u001b[2J\u0000\u007f\u009b\n")).isEqualTo("a\\x1b[2J\\x00\\x7f\\x9b\\x0a");
        assertThat(Text.safe("\u202eevil\u2066 \ud800")).isEqualTo("\\u202eevil\\u2066 \\ud800");
        assertThat(Text.safe("Jörg 日本 😀 c:\\x")).isEqualTo("Jörg 日本 😀 c:\\x");
    }

    @Property
    void nothingControllingIsLeft(@ForAll String text) {
        assertThat(Text.safe(text).codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE);
    }

    @Property
    void cutTextFits(@ForAll String text, @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 40) int columns) {
        String safe = Text.safe(text);
        assertThat(Text.width(Text.cut(safe, columns))).isLessThanOrEqualTo(columns);
    }

    @Test
    void knowsWidths() {
        assertThat(Text.width("日本")).isEqualTo(4);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
        assertThat(Text.cut("日本語", 4)).isEqualTo("日…");
    }

    @Test
    void saysSpans() {
        assertThat(List.of(
                        Text.span(-5),
                        Text.span(59_999),
                        Text.span(3_599_000),
                        Text.span(100_000_000),
                        Text.span(200_000_000)))
                .containsExactly("0s", "59s", "59m", "27h", "2d");
    }

    @Test
    void knowsSecretNames() {
        assertThat(Arrays.asList(
                        "password",
                        "admin_password",
                        "sip_local_key",
                        "X_api_key",
                        "secret",
                        "X_token",
                        "PIN",
                        "X_passwordHash"))
                .allMatch(Masking::isSecret);
        assertThat(Arrays.asList("username", "funckeys", "sip_lines", "keyboard", "ntp_ip", "pinned", "monkey"))
                .noneMatch(Masking::isSecret);
    }

    @Test
    void masksEverySpellingOfASecret() {
        Masking secrets = Masking.of(Map.of("password", "a<b&\"c' d"));

        assertThat(secrets.mask("<p>a&lt;b&amp;\"c' d</p> {\"a<b&\\\"c' d\"} ?p=a%3Cb%26%22c%27+d&q "
                        + "v=\"a&lt;b&amp;&quot;c&apos; d\" v=\"a&lt;b&amp;&#34;c&#39; d\""))
                .isEqualTo("<p>********</p> {\"********\"} ?p=********&q v=\"********\" v=\"********\"");
    }

    @Test
    void masksAKeyOfSeveralLinesLineByLine() {
        Masking secrets = Masking.of(Map.of("sip_local_key", "BEGIN\nABCDEFGH\nEND"));

        assertThat(secrets.mask("key=ABCDEFGH")).isEqualTo("key=********");
        assertThat(secrets.mask("x\nBEGIN\nABCDEFGH\nEND\ny")).doesNotContain("ABCDEFGH");
    }

    @Test
    void masksAShortSecretOnlyWhereItStandsAlone() {
        assertThat(Masking.of(Map.of("pin", 12L)).mask("port=5012 pin=12 12"))
                .isEqualTo("port=5012 pin=******** ********");
    }

    @Test
    void masksTheLongerOfTwoSecretsFirst() {
        assertThat(Masking.of(Map.of("password", "secret1", "x_password", "secret1234"))
                        .mask("secret1234"))
                .isEqualTo("********");
    }

    @Property
    void noSecretSurvives(
            @ForAll @net.jqwik.api.constraints.AlphaChars @net.jqwik.api.constraints.StringLength(min = 6, max = 30)
                    String secret,
            @ForAll String around) {
        String masked = Masking.of(Map.of("password", secret)).mask(around + secret + around);
        assertThat(masked).doesNotContain(secret);
    }

    @Test
    void readsJson() {
        assertThat(read("42")).isEqualTo(42L);
        assertThat(read("-1.5e2")).isEqualTo(-150.0);
        assertThat(read("\"a\\u00e9\\n\"")).isEqualTo("aé\n");
        assertThat(read(" {\"a\": [true, null], \"b\": {}} ")).hasToString("{a=[true, null], b={}}");
        for (String text : List.of(
                "",
                "042",
                "tru",
                "[1,",
                "{a:1}",
                "'x'",
                "1 2",
                "de_DE",
                "\"x",
                "99999999999999999999",
                "[".repeat(1000))) {
            assertThat(Json.read(text)).as(text).isEmpty();
        }
    }

    private static Object read(String text) {
        return Json.read(text).orElseThrow().value();
    }

    @Property
    void neverThrowsOnJson(@ForAll String text) {
        assertThat(Json.read(text)).isNotNull();
        assertThat(Json.read("[\"" + text)).isNotNull();
    }
}
