// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.regex.Pattern;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.fuzz.VendorFuzz;
import org.autoprov.core.testing.VendorTestKit;

/** Whatever a phone asks and an administrator enters. {@link VendorFuzz} says how the octets are read. */
class YealinkFuzzTest {

    private static final VendorFuzz FUZZ = new VendorFuzz(
            VendorTestKit.of(YealinkConfigGenerator.class, YealinkConfigGenerator::new),
            Map.of(
                    "yealink-v73", device("001565000001", "T28P", "2.73.0.50"),
                    "yealink-v80", device("001565000002", "CP960", "73.80.0.35"),
                    "yealink-v85", device("805ec0000003", "W80DM", "103.85.0.15"),
                    "yealink-v86", device("805ec0000004", "T46U", "108.86.0.90"),
                    "yealink-v87", device("805ec0000005", "T54W", "96.87.0.15")),
            Map.of(
                    ".pem",
                    Pattern.compile(".+"),
                    ".boot",
                    Pattern.compile("#.*|include:config \"[0-9a-f]{12}\\.cfg\""),
                    ".cfg",
                    Pattern.compile("#.*|[A-Za-z0-9_.%]+ = .*")));

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
                .vendor("Yealink")
                .model(model)
                .version(version)
                .build();
    }
}
