// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.testing.VendorTestKit;
import org.autoprov.plugin.cisco.sep.SepIdentificationRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiscoSipIdentificationTest extends SepIdentificationRules {

    private static final VendorTestKit KIT =
            VendorTestKit.of(CiscoSipConfigGenerator.class, CiscoSipConfigGenerator::new);

    CiscoSipIdentificationTest() {
        super(KIT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7941G, -, cisco-sip-79xx-8.5.4",
                "7941G, 8.3.1, cisco-sip-79xx-8.5.4",
                "7941G, SIP41.8-5-4S, cisco-sip-79xx-8.5.4",
                "7941G, 9.4.2, cisco-sip-79xx-9.4.2",
                "7975G, SIP75.9-4-2SR3-1S, cisco-sip-79xx-9.4.2",
                "7940, -, cisco-sip-7940-8.12",
                "7960G, P0S3-8-12-00, cisco-sip-7940-8.12",
                "8945, -, cisco-sip-8941-9.3.1",
                "8941, 9.3.1, cisco-sip-8941-9.3.1",
                "9971, -, cisco-sip-9951-9.4.2",
                // only these phones show themselves without a model; the line that any phone can take
                "-, -, cisco-sip-79xx-8.5.4",
                // models of others
                "7905G, -, -",
                "7912G, -, -",
                "7920, -, -",
                "7921G, -, -",
                "7937G, -, -",
                "CIPC, -, -",
                "SPA504G, -, -",
                "ATA190, -, -",
                "8841, -, -"
            })
    void choosesTheFirmwareLine(String model, String version, String plugin) {
        assertThat(KIT.best(info(model, version))).isEqualTo(plugin);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7941G, -, COMPLETE, INCOMPLETE",
                "7941G, 9.4.2, COMPLETE, EXACT",
                "7941G, 8.5.4, EXACT, INCOMPLETE",
                "-, -, INCOMPLETE, PROBABLE",
                "8945, -, IMPROBABLE, IMPROBABLE",
                "SPA504G, -, NONE, NONE",
                "ATA192, -, NONE, NONE",
                "8841-3PCC, -, NONE, NONE"
            })
    void isSureOfItsOwnOnly(String model, String version, SupportLevel stone, SupportLevel later) {
        assertThat(KIT.generator("cisco-sip-79xx-8.5.4").support(info(model, version)))
                .isEqualTo(stone);
        assertThat(KIT.generator("cisco-sip-79xx-9.4.2").support(info(model, version)))
                .isEqualTo(later);
        assertThat(KIT.generator("cisco-sip-79xx-9.4.2").support(DeviceInfo.NOTHING))
                .isEqualTo(SupportLevel.UNKNOWN);
        assertThat(KIT.generator("cisco-sip-79xx-9.4.2")
                        .support(new DeviceInfo(null, null, null, null, "Yealink", model, version)))
                .isEqualTo(SupportLevel.IMPROBABLE);
    }

    private static DeviceInfo info(String model, String version) {
        return new DeviceInfo(null, null, null, null, "Cisco", model, version);
    }
}
