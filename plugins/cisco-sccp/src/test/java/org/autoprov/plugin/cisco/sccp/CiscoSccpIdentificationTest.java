// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sccp;

import static org.assertj.core.api.Assertions.assertThat;

import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.testing.VendorTestKit;
import org.autoprov.plugin.cisco.sep.SepIdentificationRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiscoSccpIdentificationTest extends SepIdentificationRules {

    private static final VendorTestKit KIT =
            VendorTestKit.of(CiscoSccpConfigGenerator.class, CiscoSccpConfigGenerator::new);

    CiscoSccpIdentificationTest() {
        super(KIT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7941G, -, cisco-sccp-8.5.2",
                "7941G, 8.3.1, cisco-sccp-8.5.2",
                "7941G, SCCP41.8-5-2S, cisco-sccp-8.5.2",
                "7941G, 9.4.2, cisco-sccp-9.4.2",
                "7965G, SCCP45.9-4-2SR3-1S, cisco-sccp-9.4.2",
                "7975G, -, cisco-sccp-8.5.2",
                "7975G, 9.4.2, cisco-sccp-8.5.2",
                "7940, -, cisco-sccp-legacy",
                "7960G, 8.1.2, cisco-sccp-legacy",
                "7905G, -, cisco-sccp-legacy",
                "7912G, -, cisco-sccp-legacy",
                "7920, -, cisco-sccp-legacy",
                "7937G, -, cisco-sccp-legacy",
                "CIPC, -, cisco-sccp-legacy",
                "7921G, -, cisco-sccp-7921-1.4.5",
                "7921G, CP7921G-1.4.5.3, cisco-sccp-7921-1.4.5",
                // only these phones show themselves without a model; the line that any phone can take
                "-, -, cisco-sccp-8.5.2",
                // models of others
                "8941, -, -",
                "8945, -, -",
                "8961, -, -",
                "9971, -, -",
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
                "7941G, 8.5.2, EXACT, INCOMPLETE",
                "-, -, INCOMPLETE, PROBABLE",
                "8945, -, IMPROBABLE, IMPROBABLE",
                "SPA504G, -, NONE, NONE",
                "ATA192, -, NONE, NONE",
                "8841-3PCC, -, NONE, NONE"
            })
    void isSureOfItsOwnOnly(String model, String version, SupportLevel stone, SupportLevel later) {
        assertThat(KIT.generator("cisco-sccp-8.5.2").support(info(model, version)))
                .isEqualTo(stone);
        assertThat(KIT.generator("cisco-sccp-9.4.2").support(info(model, version)))
                .isEqualTo(later);
        assertThat(KIT.generator("cisco-sccp-9.4.2").support(DeviceInfo.NOTHING))
                .isEqualTo(SupportLevel.UNKNOWN);
        assertThat(KIT.generator("cisco-sccp-9.4.2")
                        .support(new DeviceInfo(null, null, null, null, "Yealink", model, version)))
                .isEqualTo(SupportLevel.IMPROBABLE);
    }

    private static DeviceInfo info(String model, String version) {
        return new DeviceInfo(null, null, null, null, "Cisco", model, version);
    }
}
