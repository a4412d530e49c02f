// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    private static final long MAX = (1L << 48) - 1;

    @ParameterizedTest
    @CsvSource({
        "00:11:22:aa:bb:cc, 00:11:22:aa:bb:cc",
        "00-11-22-AA-BB-CC, 00:11:22:aa:bb:cc",
        "00_11_22_aa_bb_cc, 00:11:22:aa:bb:cc",
        "00.11.22.aa.bb.cc, 00:11:22:aa:bb:cc",
        "0011.22aa.bbcc,    00:11:22:aa:bb:cc",
        "001122AABBcc,      00:11:22:aa:bb:cc",
        "0:1:2:a:b:c,       00:01:02:0a:0b:0c",
        "0:1:2:a:b:cc,      00:01:02:0a:0b:cc",
        "00-1-2-a-b-c,      00:01:02:0a:0b:0c",
        "0:11:22:a:bb:c,    00:11:22:0a:bb:0c",
        "aa.b.cc.d.e.ff,    aa:0b:cc:0d:0e:ff",
    })
    void readsEverySpelling(String text, String normal) {
        assertThat(MacAddress.parse(text)).map(MacAddress::toString).contains(normal);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                ":::::",
                "00:11:22:aa:bb",
                "00:11:22:aa:bb:cc:dd",
                "00:11-22:aa:bb:cc",
                "00:11:22:aa:bb:cg",
                "00:11:22:aa:bb:cc ",
                " 00:11:22:aa:bb:cc",
                "00:11:22:aa:bb:cc\n",
                "00:11:22:aa:bb:",
                ":00:11:22:aa:bb",
                "000:1:22:aa:bb:cc",
                "00::22:aa:bb:cc",
                "0011223344556",
                "00112233445",
                "001122:334455",
                "0011.2233:4455",
                "00/11/22/aa/bb/cc",
                "٠٠:11:22:aa:bb:cc",
                "００1122aabbcc",
                "0x1122aabbcc",
                "00 11 22 aa bb cc",
                "0011:2233:4455",
                "0011-2233-4455",
                "-----",
                "g01122aabbcc"
            })
    void refusesEverythingElse(String text) {
        assertThat(MacAddress.parse(text)).isEmpty();
    }

    @Property
    void readsBackWhatItWrites(
            @ForAll @LongRange(min = 0, max = MAX) long bits, @ForAll Separator separator, @ForAll boolean upper) {
        MacAddress mac = new MacAddress(bits);
        assertThat(MacAddress.parse(mac.format(separator.text, upper))).contains(mac);
        assertThat(MacAddress.parse(mac.hex().toUpperCase(Locale.ROOT))).contains(mac);
        assertThat(mac.upperHex()).isEqualToIgnoringCase(mac.hex()).hasSize(12);
        assertThat(mac.hex()).startsWith(mac.oui());
        assertThat(MacAddress.isNormal(mac.toString())).isTrue();
    }

    @Property
    void readsGroupsWithoutLeadingZeros(@ForAll @LongRange(min = 0, max = MAX) long bits) {
        MacAddress mac = new MacAddress(bits);
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(text.length() == 0 ? "" : ":").append(Long.toHexString(bits >>> shift & 255));
        }
        assertThat(MacAddress.parse(text)).contains(mac);
    }

    @Property
    void neverThrowsWhateverTheText(@ForAll String text) {
        MacAddress.parse(text)
                .ifPresent(mac -> assertThat(MacAddress.parse(mac.toString())).contains(mac));
    }

    @Property
    void neverThrowsForNearlyRightTexts(@ForAll("nearly") String text) {
        MacAddress.parse(text)
                .ifPresent(
                        mac -> assertThat(text.replaceAll("[^0-9a-fA-F]", "")).hasSizeBetween(6, 12));
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> nearly() {
        return net.jqwik.api.Arbitraries.strings()
                .withChars("0123456789abcDEFg:-_. ")
                .ofMinLength(9)
                .ofMaxLength(19);
    }

    @Example
    void isNormalOnlyInTheStoredForm() {
        assertThat(MacAddress.isNormal("00:11:22:aa:bb:cc")).isTrue();
        assertThat(MacAddress.isNormal("00:11:22:AA:bb:cc")).isFalse();
        assertThat(MacAddress.isNormal("00-11-22-aa-bb-cc")).isFalse();
        assertThat(MacAddress.isNormal("001122aabbcc")).isFalse();
        assertThat(MacAddress.isNormal("")).isFalse();
    }

    @Example
    void hasFortyEightBits() {
        assertThatThrownBy(() -> new MacAddress(1L << 48)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MacAddress(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void comparesAsNumbers() {
        assertThat(new MacAddress(1)).isLessThan(new MacAddress(MAX));
    }

    enum Separator {
        COLON(":"),
        MINUS("-"),
        LINE("_"),
        DOT("."),
        NONE("");

        private final String text;

        Separator(String text) {
            this.text = text;
        }
    }
}
