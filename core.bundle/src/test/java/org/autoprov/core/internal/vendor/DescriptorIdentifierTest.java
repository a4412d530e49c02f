// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorIdentifierTest {

    private final DeviceIdentifier acme = new DescriptorIdentifier(
            DescriptorReader.read(DescriptorReaderTest.ACME).rules());

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /x                        | -                        | nothing
            /x                        | Mozilla/5.0              | nothing
            /x                        | Acme A10 4.2             | vendor=Acme model=A10 version=4.2
            /x                        | Acme A10 4.2 001122334455| mac=00:11:22:33:44:55 vendor=Acme model=A10 version=4.2
            /001122334455.cfg         | -                        | mac=00:11:22:33:44:55 vendor=Acme
            /a/001122334455.cfg       | Acme A10 4.2 001122334466| mac=00:11:22:33:44:66 vendor=Acme model=A10 version=4.2
            /aabbcc334455.cfg         | -                        | nothing
            /x?mac=aabbcc334455       | -                        | mac=aa:bb:cc:33:44:55
            /x?mac=nonsense           | -                        | nothing
            /common10.cfg             | -                        | vendor=Acme model=A10
            /common11.cfg             | -                        | nothing
            """)
    void readsHttpRequests(String path, String userAgent, String expected) {
        assertThat(acme.identify(VendorTestKit.http(path, userAgent))).hasToString(expected);
    }

    @Test
    void readsTftpAndDhcp() {
        assertThat(acme.identify(VendorTestKit.tftp("001122334455.cfg")).vendor())
                .isEqualTo("Acme");
        assertThat(acme.identify(VendorTestKit.dhcp(Map.of(60, "acmeA10"))).model())
                .isEqualTo("A10");
        assertThat(acme.identify(VendorTestKit.dhcp(Map.of(43, "acmeA10")))).isSameAs(DeviceInfo.NOTHING);
    }

    @Test
    void needsWhatAnEarlierRuleFound() {
        Map<String, String> id = Map.of("x-id", "01234567-89AB-cdef-0123-456789abcdef");
        assertThat(acme.identify(VendorTestKit.http("/x", "Acme A10 4.2", id)).uuid())
                .isEqualTo("01234567-89ab-cdef-0123-456789abcdef");
        assertThat(acme.identify(VendorTestKit.http("/x", "Other", id))).isSameAs(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            Acme (?<model>A[0-9]+) ~ 'Acme '
            (?:^|/)(?<mac>[0-9a-fA-F]{12})\\.cfg$ ~ .cfg
            (?i)yealink.*sip ~ yealink
            abc|abd ~ ''
            (?:abc)?de*f+g ~ d
            ab?cd{0,2}e ~ a
            (?<!x)y[a\\]b]zz ~ zz
            \\Qabc\\E ~ ''
            (?x) a b c ~ ''
            x{2}yz ~ yz
            """)
    void findsRequiredLiterals(String regex, String literal) {
        assertThat(RequiredLiteral.of(regex)).hasToString(literal);
    }

    private static final List<String> REGEXES = List.of(
            "a+b",
            "(?:ab)?c",
            "a|bc",
            "(ab|c)a",
            "a{2}b",
            "a{0,2}bc",
            "[ab]c+?a",
            "(?i)AB.c",
            "a(b(c)?)+",
            "(?=ab)a",
            "(?!a)b",
            "a\\.b",
            "^a.?b$",
            "(a?b)*c",
            "[^a]bc|a",
            "(?<model>ab)\\.?c",
            "ab??c",
            "a*+b");

    @Property(tries = 3000)
    void neverSortsOutWhatMatches(
            @ForAll
                    @CharRange(from = 'a', to = 'c')
                    @CharRange(from = '.', to = '.')
                    @CharRange(from = 'A', to = 'B')
                    @StringLength(max = 8)
                    String text) {
        for (String regex : REGEXES) {
            if (Pattern.compile(regex).matcher(text).find()) {
                assertThat(RequiredLiteral.of(regex).allows(text)).as(regex).isTrue();
            }
        }
    }
}
