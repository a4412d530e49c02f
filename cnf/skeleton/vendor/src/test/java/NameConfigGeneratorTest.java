// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.@family@;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.core.testing.VendorTestKit.http;

import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class @Name@ConfigGeneratorTest {

    private static final Class<?> OWNER = @Name@.class;
    private static final VendorTestKit KIT = VendorTestKit.of(OWNER, @Name@ConfigGenerator::new);
    private static final Device PHONE = Device.create("phone")
            .mac(MacAddress.parse("@oui@010203").orElseThrow())
            .vendor("@vendor@")
            .model("A10")
            .build();

    @Test
    void makesTheGoldenFiles() {
        KIT.checkGolden();
    }

    @Test
    void hostileValuesAddNoLine() {
        KIT.hostileValuesAddNoLine("@family@-v1", PHONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "@vendor@ A10 1.4.2 @oui@010203 | /x | @vendor@ | A10 | 1.4.2 | @oui@010203",
                "@vendor@ A10 1.4.2 | /@oui@010203.cfg | @vendor@ | A10 | 1.4.2 | @oui@010203",
                "- | /key/@oui@010203.cfg | @vendor@ | - | - | @oui@010203",
                // not of this family
                "- | /001122334455.cfg | - | - | - | -",
                "Not @vendor@ A10 1.4.2 | / | - | - | - | -",
                "Mozilla/5.0 | / | - | - | - | -"
            })
    void readsWhatARequestReveals(
            String userAgent, String path, String vendor, String model, String version, String mac) {
        DeviceInfo info = KIT.identify(http(path, userAgent));
        assertThat(info.vendor()).isEqualTo(vendor);
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.version()).isEqualTo(version);
        assertThat(info.mac())
                .isEqualTo(mac == null ? null : MacAddress.parse(mac).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"A10, 1.4.2", "A10, 2.0", "A99, 1.0", "-, -"})
    void takesEachPhoneOfTheVendor(String model, String version) {
        DeviceInfo info = new DeviceInfo(null, null, null, null, "@vendor@", model, version);
        assertThat(KIT.best(info)).isEqualTo("@family@-v1");
    }

    @Test
    void refusesAnAccountWithoutServer() {
        var config = VendorTestKit.config("{\"sip_lines\": {\"1\": {\"username\": \"alice\"}}}", 2026);
        assertThatThrownBy(() -> KIT.generate("@family@-v1", PHONE, config, "@oui@010203.cfg"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("proxy_ip");
    }
}
