// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.fuzz.VendorFuzz;
import org.autoprov.core.testing.VendorTestKit;

/** Whatever a phone asks and an administrator enters. {@link VendorFuzz} says how the octets are read. */
class SnomFuzzTest {

    private static final VendorFuzz FUZZ = new VendorFuzz(
            VendorTestKit.of(SnomGenerator.class, SnomGenerator::of),
            Map.of(
                    "snom-8.7.5.35", device("000413250102", "300", "8.7.5.35"),
                    "snom-8.9.3.60", device("000413710102", "715", "8.9.3.60"),
                    "snom-10.1.215.13", device("000413860102", "D865", "10.1.215.13"),
                    "snom-dect-05.20", device("000413b60680", "M300", "05.20.0001"),
                    "snom-dect-07.40", device("000413b60708", "M900", "07.40.0104")),
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
                .vendor("Snom")
                .model(model)
                .version(version)
                .build();
    }
}
