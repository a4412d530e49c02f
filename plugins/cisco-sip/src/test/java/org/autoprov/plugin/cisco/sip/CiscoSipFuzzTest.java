// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.regex.Pattern;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.fuzz.VendorFuzz;
import org.autoprov.core.testing.VendorTestKit;

/** Whatever a phone asks and an administrator enters. {@link VendorFuzz} says how the octets are read. */
class CiscoSipFuzzTest {

    private static final VendorFuzz FUZZ = new VendorFuzz(
            VendorTestKit.of(CiscoSipConfigGenerator.class, CiscoSipConfigGenerator::new),
            Map.of(
                    "cisco-sip-7940-8.12", device("000d29000001", "7960G"),
                    "cisco-sip-79xx-8.5.4", device("0019aa000002", null),
                    "cisco-sip-79xx-9.4.2", device("0019aa000003", "7962G"),
                    "cisco-sip-8941-9.3.1", device("0019aa000004", "8945")),
            Map.of(
                    ".cnf",
                    Pattern.compile("#.*|[a-z0-9_]+: \"[^\"]{0,64}\""),
                    ".TXT",
                    Pattern.compile("[A-Za-z0-9_.-]{1,64}")));

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
