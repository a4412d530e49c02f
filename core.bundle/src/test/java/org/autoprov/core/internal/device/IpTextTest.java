// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

    /** The examples of RFC 5952 sections 1 to 4, and a few of ours. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "FE80::ABCD, fe80::abcd",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "::ffff:192.0.2.7, 192.0.2.7",
        "192.0.2.7, 192.0.2.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
    })
    void writesTheCanonicalText(String text, String canonical) {
        assertThat(IpText.parse(text)).map(IpText::of).contains(canonical);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                ":",
                ":::",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.04",
                "0x1.2.3.4",
                "1.2.3.-4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.4\n",
                "1..3.4",
                "localhost",
                "example.org",
                "fe80::1%eth0",
                "[::1]",
                "1:2",
                "12345::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "::g",
                "a.b.c.d",
                "cafe",
                "1.2.3.4:80",
                "١.2.3.4",
                "3232235521",
                "::1.2.3",
                "::1.2.3.256"
            })
    void refusesEverythingElseWithoutAskingDns(String text) {
        assertThat(IpText.parse(text)).isEmpty();
    }

    @Property
    void agreesWithTheJdkOnSixteenBytes(@ForAll("mostlyZero") byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        String text = IpText.of(address);
        assertThat(InetAddress.getByName(text)).isEqualTo(address);
        assertThat(IpText.parse(text)).contains(address);
        assertThat(IpText.parse(text).map(IpText::of)).contains(text);
        assertThat(text).doesNotContainPattern("[A-F]").doesNotContain(":::").doesNotContainPattern("(^|:)0[0-9a-f]");
    }

    @Property
    void agreesWithTheJdkOnFourBytes(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        assertThat(IpText.of(address)).isEqualTo(address.getHostAddress());
        assertThat(IpText.parse(address.getHostAddress())).contains(address);
    }

    @Property
    void neverThrowsForNearlyRightTexts(@ForAll("nearly") String text) {
        IpText.parse(text)
                .ifPresent(
                        address -> assertThat(IpText.parse(IpText.of(address))).contains(address));
    }

    @Provide
    Arbitrary<byte[]> mostlyZero() {
        return Arbitraries.bytes()
                .injectDuplicates(0.2)
                .array(byte[].class)
                .ofSize(16)
                .map(bytes -> {
                    for (int i = 0; i < 16; i += 2) {
                        if (bytes[i] % 2 == 0) {
                            bytes[i] = 0;
                            bytes[i + 1] = 0;
                        }
                    }
                    return bytes;
                });
    }

    @Provide
    Arbitrary<String> nearly() {
        return Arbitraries.strings().withChars("0123456789abF:.%").ofMaxLength(46);
    }
}
