// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.autoprov.core.testing.VendorTestKit.dhcp;
import static org.autoprov.core.testing.VendorTestKit.http;
import static org.autoprov.core.testing.VendorTestKit.tftp;

import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YealinkIdentificationTest {

    private static final VendorTestKit KIT =
            VendorTestKit.of(YealinkConfigGenerator.class, YealinkConfigGenerator::new);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // requests as phones send them
                "Yealink SIP-T54W 96.86.0.45 80:5e:c0:a1:b2:c3 | /805ec0a1b2c3.cfg | T54W | 96.86.0.45 | 80:5e:c0:a1:b2:c3",
                "Yealink SIP-T21P_E2 52.84.0.125 00:15:65:0f:1e:2d | /x | T21P_E2 | 52.84.0.125 | 00:15:65:0f:1e:2d",
                "Yealink W90DM 130.87.0.18 80:5e:0c:01:02:03 | /805e0c010203.boot | W90DM | 130.87.0.18 | 80:5e:0c:01:02:03",
                "Yealink SIP VP-T49G 51.80.0.100 00:15:65:9b:00:01 | / | T49G | 51.80.0.100 | 00:15:65:9b:00:01",
                "VP530P 23.70.0.40 00:15:65:31:00:02 | / | VP530P | 23.70.0.40 | 00:15:65:31:00:02",
                "Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0 | /001565000003.cfg | T46G | 28.71.0.81 | 00:15:65:00:00:03",
                "- | /805ec0000004.cfg | - | - | 80:5e:c0:00:00:04",
                // the grammar's other forms
                "yealink SIP-T58 150.87.0.15 805ec0010203 | /x | T58 | 150.87.0.15 | 80:5e:c0:01:02:03",
                "Yealink  SIP-T46S   66.86.0.15  80:5E:C0:01:02:03 | /x | T46S | 66.86.0.15 | 80:5e:c0:01:02:03",
                "Yealink SIP-W52P 25.81.0.10 00:15:65:01:02:03 | /x | W52P | 25.81.0.10 | 00:15:65:01:02:03",
                "W52P 25.30.0.20 00:15:65:01:02:03 | /x | W52P | 25.30.0.20 | 00:15:65:01:02:03",
                "Yealink CP960 73.83.0.30 00:15:65:01:02:03 | /x | CP960 | 73.83.0.30 | 00:15:65:01:02:03",
                "Yealink AX83H 180.87.0.15 80:5e:c0:01:02:03 | /x | AX83H | 180.87.0.15 | 80:5e:c0:01:02:03",
                // an address of another maker, believed because the phone says what it is
                "Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0 | /020000000003.cfg | T46G | 28.71.0.81 | 02:00:00:00:00:03",
                // upper case, a folder or a key before the name
                "- | /key/805EC0000004.cfg | - | - | 80:5e:c0:00:00:04",
                "- | /a/b/805ec0000004.boot | - | - | 80:5e:c0:00:00:04",
                "- | /805ec0000004-local.cfg | - | - | 80:5e:c0:00:00:04",
                "- | /805ec0000004-contact.xml | - | - | 80:5e:c0:00:00:04",
                // common files
                "- | /y000000000028.cfg | T46G | - | -",
                "- | /y000000000000.cfg | T28P | - | -",
                "- | /y000000000099.cfg | - | - | -",
                "- | /y000000000108.cfg | - | - | -",
                "- | /y000000000000.boot | - | - | -",
                // broken, but still Yealink's
                "Yealink SIP-T54W 96.86.0.45 80:5e:c0:a1:b2 | /x | T54W | 96.86.0.45 | -",
                "Yealink SIP-T54W 96.86.0.45 80:5e:c0:a1:b2:c3:d4 | /x | T54W | 96.86.0.45 | -",
                "Yealink SIP-T54W 96.86.0.45 zz:5e:c0:a1:b2:c3 | /x | T54W | 96.86.0.45 | -",
                "Yealink SIP-T54W 96.86 80:5e:c0:a1:b2:c3 | /x | T54W | - | -",
                "Yealink SIP-T54W | /805ec0000004.cfg | T54W | - | 80:5e:c0:00:00:04",
                "Yealink | /x | - | - | -",
                "Yealink SIP-../../etc/passwd 1.2.3.4 | /x | - | - | -",
            })
    void readsWhatARequestReveals(String userAgent, String path, String model, String version, String mac) {
        DeviceInfo info = KIT.identify(http(path, userAgent));
        assertThat(info.vendor()).isEqualTo("Yealink");
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.version()).isEqualTo(version);
        assertThat(info.mac())
                .isEqualTo(mac == null ? null : MacAddress.parse(mac).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | /",
                "- | /index.html",
                "- | /001122334455.cfg",
                "- | /000000000000.cfg",
                "- | /805ec000000.cfg",
                "- | /805ec0000004.cfg/x",
                "- | /805ec0000004.cfgx",
                "- | /x805ec0000004.cfg",
                "- | /805ec0000004.xml",
                "- | /y00000000028.cfg",
                "- | /yealink",
                "Mozilla/5.0 Yealink SIP-T54W 96.86.0.45 80:5e:c0:a1:b2:c3 | /",
                "NotYealink SIP-T54W 96.86.0.45 80:5e:c0:a1:b2:c3 | /",
                "Yealinkish SIP-T54W 96.86.0.45 80:5e:c0:a1:b2:c3 | /",
                "snom320-SIP 8.7.3.25.9 | /snom320-000413112233.htm",
                "W52P | /",
                "W52P 25.30.0.20 nothing | /"
            })
    void leavesOthersAlone(String userAgent, String path) {
        assertThat(KIT.identify(http(path, userAgent))).isEqualTo(DeviceInfo.NOTHING);
    }

    @Test
    void readsTftpNamesAndDhcpOptions() {
        assertThat(KIT.identify(tftp("805ec0000004.cfg")).mac()).hasToString("80:5e:c0:00:00:04");
        assertThat(KIT.identify(dhcp(Map.of(60, "yealink"))).vendor()).isEqualTo("Yealink");
        assertThat(KIT.identify(dhcp(Map.of(60, "snom320")))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yealink ", "Yealink SIP-", "Yealink SIP-T54W 96.86.0.45 ", "yealink-", "W52P 1.1.1.1 "})
    void isQuickWithEndlessUserAgents(String start) {
        for (String filling : new String[] {" ", "A", "1", "1.", "T5", "0:", "-", "\u0000"}) {
            String userAgent = start + filling.repeat(60_000);
            Assertions.assertTimeout(Duration.ofMillis(500), () -> KIT.identify(http("/", userAgent)));
            Assertions.assertTimeout(Duration.ofMillis(500), () -> KIT.identify(http("/" + filling.repeat(9_000), "")));
        }
    }

    @Property(tries = 500)
    void neverThrows(@ForAll String userAgent, @ForAll String path) {
        assertThatCode(() -> KIT.identify(tftp(path))).doesNotThrowAnyException();
        assertThatCode(() -> KIT.identify(http("/", userAgent))).doesNotThrowAnyException();
        assertThatCode(() -> KIT.identify(http("/805ec0000004.cfg", "Yealink SIP-" + userAgent)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "T28P, 2.73.0.50, yealink-v73",
                "T46G, 28.71.0.81, yealink-v73",
                "T46G, 28.83.0.50, yealink-v83",
                "T21P_E2, 52.80.0.130, yealink-v80",
                "T49G, 51.80.0.100, yealink-v80",
                "T27P, 45.83.0.120, yealink-v83",
                "T40G, 76.84.0.15, yealink-v84",
                "T46S, 66.81.0.10, yealink-v81",
                "T46S, 66.82.0.10, yealink-v82",
                "T46S, 66.86.0.15, yealink-v86",
                "T31P, 124.85.0.40, yealink-v85",
                "T54W, 96.86.0.45, yealink-v86",
                "T54W, 96.87.0.15, yealink-v87",
                "T57W, 97.84.0.30, yealink-v84",
                "T58, 58.85.0.5, yealink-v85",
                "W90DM, 130.87.0.18, yealink-v87",
                "W52P, 25.73.0.40, yealink-v73",
                "W52P, 25.81.0.10, yealink-v81",
                "CP960, 73.80.0.35, yealink-v80",
                "CP920, 78.86.0.15, yealink-v86",
                // firmware that no line knows: the newest line that lists the model
                "T46S, 66.99.0.1, yealink-v86",
                "T28P, -, yealink-v73",
                // an unlisted model goes by its firmware line
                "T99X, 300.85.0.1, yealink-v85",
                "-, -, yealink-v87"
            })
    void choosesTheFirmwareLine(String model, String version, String plugin) {
        assertThat(KIT.best(new DeviceInfo(null, null, null, null, "Yealink", model, version)))
                .isEqualTo(plugin);
    }
}
