// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LineSafeFormatTest {

    @Property(tries = 2000)
    void textStaysOnOneLineAndSurvivesUtf8(@ForAll @CharRange(from = '\0', to = '\uffff') String value) {
        String escaped = LineSafeFormat.TEXT.escapePlainText(value);
        assertThat(escaped.codePoints()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        assertThat(new String(escaped.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(escaped);
    }

    @Property(tries = 1000)
    void xmlIsWellFormedInTextAndAttribute(@ForAll @CharRange(from = '\0', to = '\uffff') String value)
            throws Exception {
        String escaped = LineSafeFormat.XML.escapePlainText(value);
        String document = "<a b=\"" + escaped + "\" c='" + escaped + "'>" + escaped + "</a>";
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(document)))
                .getDocumentElement();
        assertThat(root.getChildNodes().getLength()).isLessThanOrEqualTo(1);
        assertThat(root.getAttribute("b")).isEqualTo(root.getTextContent()).isEqualTo(root.getAttribute("c"));
        assertThat(escaped.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void hostileCharactersOfEachKind() {
        assertThat(LineSafeFormat.TEXT.escapePlainText("a\r\nb\tc\u0085d\u2028e\0f\ud800g"))
                .isEqualTo("a b c d e f\ufffdg");
        assertThat(LineSafeFormat.XML.escapePlainText("a\r\nb\tc\0d\ud800e\ufffff"))
                .isEqualTo("a b cdef");
        assertThat(LineSafeFormat.XML.escapePlainText("<&>\"'")).isEqualTo("&lt;&amp;&gt;&#34;&#39;");
        assertThat(LineSafeFormat.TEXT.escapePlainText("<&>\"' é 😀")).isEqualTo("<&>\"' é 😀");
    }
}
