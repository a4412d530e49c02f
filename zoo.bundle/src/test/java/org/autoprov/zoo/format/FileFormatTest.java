// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.autoprov.zoo.VendorFiles;

class FileFormatTest {

    private static final FileFormat YEALINK =
            VendorFiles.family("yealink").formats().get("cfg");
    private static final FileFormat BOOT =
            VendorFiles.family("yealink").formats().get("boot");
    private static final FileFormat SNOM = VendorFiles.family("snom").formats().get("settings");

    private static List<Entry> parse(FileFormat format, String text) throws FormatException {
        return format.parse(text.getBytes(UTF_8));
    }

    private static XmlSyntax xml(XmlSyntax.Rule... rules) {
        return new XmlSyntax(Set.of(), List.of(rules));
    }

    private static XmlSyntax.Rule rule(String path, String name, String index, String value, boolean attributes) {
        return new XmlSyntax.Rule(
                List.of(path.split("/")), name, Optional.ofNullable(index), Optional.ofNullable(value), attributes);
    }

    @Example
    void readsKeysAndValues() throws FormatException {
        assertThat(parse(YEALINK, "#!version:1.0.0.1\r\n a.b = x = y \r\n# c = d\n\nnothing\ne=\nf=%NULL%\n"))
                .containsExactly(new Entry("a.b", "x = y"), new Entry("e", ""), new Entry("f", ""));
    }

    @Example
    void aFileNeedsItsExactFirstLine() {
        for (String start :
                List.of("", "\n#!version:1.0.0.1\n", "#!version:1.0.0.1 \n", "\ufeff#!version:1.0.0.1\n", "a=b")) {
            assertThatThrownBy(() -> parse(YEALINK, start))
                    .isInstanceOf(FormatException.class)
                    .hasMessage("first line is not #!version:1.0.0.1");
        }
    }

    @Example
    void binaryBytesAreNoText() {
        assertThatThrownBy(() -> parse(YEALINK, "#!version:1.0.0.1\na=\0")).hasMessage("not a text file");
    }

    @Example
    void readsIncludesOfABootFile() throws FormatException {
        assertThat(parse(BOOT, "#!version:1.0.0.1\ninclude:config \"x.cfg\"\ninclude:config <y.cfg>\n"))
                .containsExactly(new Entry("include:config", "x.cfg"));
    }

    @Example
    void limitsAreKept() {
        FileFormat small = new FileFormat("s", YEALINK.syntax(), Optional.empty(), false, 30, List.of());
        assertThatThrownBy(() -> parse(small, "#!version:1.0.0.1\na=12345678901234567890"))
                .hasMessage("larger than 30 bytes");
        assertThatThrownBy(() -> parse(YEALINK, "#!version:1.0.0.1\na=" + "1".repeat(9000)))
                .hasMessage("line 2 is longer than 8192 characters");
    }

    @Example
    void aStrictFormatRejectsOtherLinesAndRepeats() {
        LineSyntax syntax = new LineSyntax(
                Optional.empty(),
                "#",
                List.of(new LineSyntax.Rule(
                        Pattern.compile("(?<name>[A-Z_]+)=\"(?<value>[^\"]*)\""), Optional.empty())),
                true,
                500);
        FileFormat format = new FileFormat("p", syntax, Optional.empty(), true, 1000, List.of());
        assertThatThrownBy(() -> parse(format, "A=\"1\"\nB = 2\n")).hasMessage("line 2 is not a setting");
        assertThatThrownBy(() -> parse(format, "A=\"1\"\nA=\"2\"\n")).hasMessage("a setting is there twice: A");
    }

    @Example
    void aPatternThatOverflowsTheStackDropsTheFile() {
        LineSyntax syntax = new LineSyntax(
                Optional.empty(),
                "",
                List.of(new LineSyntax.Rule(Pattern.compile("(?<name>n)(?<value>(a|b)*)"), Optional.empty())),
                false,
                65536);
        FileFormat format = new FileFormat("p", syntax, Optional.empty(), false, 1 << 20, List.of());
        assertThatThrownBy(() -> parse(format, "n" + "ab".repeat(30000))).isInstanceOf(FormatException.class);
    }

    @Example
    void xmlElementsAttributesAndIndexesAreSettings() throws FormatException {
        byte[] polycom =
                "<polycomConfig><reg reg.1.address=\"ada\" reg.1.label=\"A\"/></polycomConfig>".getBytes(UTF_8);
        assertThat(xml(rule("**", "", null, null, true)).parse(polycom))
                .containsExactlyInAnyOrder(new Entry("reg.1.address", "ada"), new Entry("reg.1.label", "A"));
        byte[] grandstream = "<gs><config version='2'><item name='account.1'>x</item></config></gs>".getBytes(UTF_8);
        assertThat(xml(rule("gs/config/item", "{@name}", null, null, false)).parse(grandstream))
                .containsExactly(new Entry("account.1", "x"));
        byte[] cisco = "<device><sipLines><line button='2'><name>u</name></line></sipLines></device>".getBytes(UTF_8);
        assertThat(xml(rule("device/**/line/*", "{element}", "button", null, false))
                        .parse(cisco))
                .containsExactly(new Entry("name[2]", "u"));
        assertThat(xml(rule("*/*/line/*", "{path}", null, null, false)).parse(cisco))
                .containsExactly(new Entry("device/sipLines/line/name", "u"));
        assertThat(xml(rule("device/sipLines/line", "b", null, "button", false)).parse(cisco))
                .containsExactly(new Entry("b", "2"));
    }

    @Example
    void xmlWithAnUnknownRootOrTooDeepIsDropped() {
        assertThatThrownBy(() -> parse(SNOM, "<html/>")).hasMessageStartingWith("the root element is none of");
        String deep = "<settings>" + "<a>".repeat(70) + "</a>".repeat(70) + "</settings>";
        assertThatThrownBy(() -> parse(SNOM, deep)).hasMessage("XML is nested deeper than 60 elements");
    }

    @Example
    void xmlWithEntitiesIsDropped() {
        String laughs = "<!DOCTYPE settings [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><settings>&b;</settings>";
        assertThatThrownBy(() -> parse(SNOM, laughs)).hasMessageStartingWith("not well-formed XML");
    }

    @Property(tries = 300)
    void throwsNothingButItsOwnExceptionOnBytes(@ForAll byte[] file) {
        survives(file);
    }

    @Property(tries = 700)
    void throwsNothingButItsOwnExceptionOnNearlyRightFiles(@ForAll("nearlyRight") String file) {
        survives(file.getBytes(UTF_8));
        survives(file.getBytes(StandardCharsets.UTF_16));
    }

    @Provide
    Arbitrary<String> nearlyRight() {
        Arbitrary<String> piece = Arbitraries.of(
                "#!version:1.0.0.1\n",
                "a = b\n",
                "include:config \"",
                "\"\n",
                "=",
                "\r",
                "\0",
                "<settings>",
                "</settings>",
                "<phone-settings>",
                "</phone-settings>",
                "<user_name idx=\"1\">",
                "</user_name>",
                "<![CDATA[",
                "]]>",
                "&amp;",
                "&#0;",
                "&x;",
                "<!DOCTYPE a [",
                "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
                "]>",
                "<?xml version=\"1.0\" encoding=\"",
                "UTF-16\"?>",
                "<!--",
                "-->",
                "<a:b xmlns:a='",
                "'/>",
                "\ud800",
                "%NULL%");
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    private static void survives(byte[] file) {
        for (FileFormat format : List.of(YEALINK, BOOT, SNOM)) {
            try {
                assertThat(format.parse(file)).isNotNull();
            } catch (FormatException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
    }
}
