// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.device.IpText;

/** Addresses as somebody wrote them: empty, or one that is written and read again as itself. */
final class AddressFuzzTest {

    @FuzzTest
    void macIsReadAsItself(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Optional<MacAddress> mac = MacAddress.parse(text);
        if (mac.isEmpty()) {
            assertThat(MacAddress.isNormal(text)).isFalse();
            return;
        }
        MacAddress address = mac.get();
        assertThat(address.toString()).matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
        for (String spelling : new String[] {
            address.toString(), address.hex(), address.upperHex(), address.format("-", true), address.format(".", false)
        }) {
            assertThat(MacAddress.parse(spelling)).contains(address);
        }
        String digits = text.replaceAll("[-:_.]", "").toLowerCase(Locale.ROOT);
        if (digits.length() == 12) {
            assertThat(address.hex()).isEqualTo(digits);
        }
        assertThat(MacAddress.isNormal(text)).isEqualTo(address.toString().equals(text));
    }

    @FuzzTest
    void ipIsReadAsItself(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Optional<InetAddress> parsed = IpText.parse(text);
        if (parsed.isPresent()) {
            String canonical = IpText.of(parsed.get());
            assertThat(canonical).matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:]{2,39}");
            assertThat(IpText.parse(canonical)).contains(parsed.get());
        }
    }
}
