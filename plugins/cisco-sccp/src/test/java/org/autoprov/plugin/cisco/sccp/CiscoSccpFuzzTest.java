// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sccp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.regex.Pattern;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.fuzz.VendorFuzz;
import org.autoprov.core.testing.VendorTestKit;

/** Whatever a phone asks and an administrator enters. {@link VendorFuzz} says how the octets are read. */
class CiscoSccpFuzzTest {

    private static final VendorFuzz FUZZ = new VendorFuzz(
            VendorTestKit.of(CiscoSccpConfigGenerator.class, CiscoSccpConfigGenerator::new),
            Map.of(
                    "cisco-sccp-7921-1.4.5", device("0019aa000001", "7921G"),
                    "cisco-sccp-8.5.2", device("0019aa000002", null),
                    "cisco-sccp-9.4.2", device("0019aa000003", "7962G"),
                    "cisco-sccp-legacy", device("000d29000004", "7960G")),
            Map.of(".TXT", Pattern.compile("[A-Za-z0-9_.-]{1,64}")));

    @FuzzTest
    void requestIsReadQuickly(byte[] octets) {
        FUZZ.identify(octets);
    }

    @FuzzTest
    void filesAreAsThePhoneReadsThem(byte[] octets) {
        FUZZ.generate(octets);
    }

    private static Device device(String mac, String model) {
        return Device.create("fuzz")
                .mac(MacAddress.parse(mac).orElseThrow())
                .vendor("Cisco")
                .model(model)
                .build();
    }
}
