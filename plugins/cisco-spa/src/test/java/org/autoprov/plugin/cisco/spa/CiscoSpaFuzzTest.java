// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.fuzz.VendorFuzz;
import org.autoprov.core.testing.VendorTestKit;

/** Whatever a phone asks and an administrator enters. {@link VendorFuzz} says how the octets are read. */
class CiscoSpaFuzzTest {

    private static final VendorFuzz FUZZ = new VendorFuzz(
            VendorTestKit.of(CiscoSpaGenerator.class, CiscoSpaIdentifier::new, CiscoSpaGenerator::new),
            Map.of(
                    "cisco-ata190", device("001bd4112233", "ATA190", null),
                    "cisco-ata19x", device("2c01b5000001", "ATA192", "11-1-0-MSR4"),
                    "cisco-mpp-11", device("00562b040506", "6851", "11.3.1"),
                    "cisco-mpp-12", device("00562b040507", "8861", "12.0.7"),
                    "cisco-spa-1xx", device("0002fd010203", "SPA122", "1.3.5"),
                    "cisco-spa-7.5.5", device("0002fd010204", "SPA504G", "7.5.5"),
                    "cisco-spa-legacy", device("000e08010205", "SPA962", "6.1.5(a)")),
            Map.of());

    @FuzzTest
    void requestIsReadQuickly(byte[] octets) {
        FUZZ.identify(octets);
    }

    @FuzzTest
    void filesAreAsThePhoneReadsThem(byte[] octets) {
        FUZZ.generate(octets);
    }

    private static Device device(String mac, String model, String version) {
        return Device.create("fuzz")
                .mac(MacAddress.parse(mac).orElseThrow())
                .vendor("Cisco")
                .model(model)
                .version(version)
                .build();
    }
}
