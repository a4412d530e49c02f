// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetAddress;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnomIdentificationTest {

    private static final VendorTestKit KIT = VendorTestKit.of(SnomGenerator.class, SnomGenerator::of);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        M4; snomD785-SIP 10.1.39.11 2010.12-00004-g9ba52f5 0004139A0B0C SXM:0 UXM:0) \
            | / | D785 | 10.1.39.11 | 00:04:13:9a:0b:0c
        M4; snom710-SIP 8.7.5.35 1.1.5-IFX-05.01.12 000413410D0E) | /snom710.htm | 710 | 8.7.5.35 | 00:04:13:41:0d:0e
        M4; snom320-SIP 8.4.18 1.1.3-s) | /snom320-000413250102.htm | 320 | 8.4.18 | 00:04:13:25:01:02
        M4; snom320-SIP 8.4.18 1.1.3-s) | /000413250102.xml | 320 | 8.4.18 | 00:04:13:25:01:02
        M4; snom320-SIP 8.4.18 1.1.3-s) | /key/x/001122250102.xml | 320 | 8.4.18 | 00:11:22:25:01:02
        M4; Snom M900 05.20.0001 000413b60708) | / | M900 | 05.20.0001 | 00:04:13:b6:07:08
        M4; Snom M900 05.20.0001 000413b60680) | / | M900 | 05.20.0001 | 00:04:13:b6:06:80
        M4; snom M400 07.40.0104 00041363aa01) | /snomM400-00041363AA01.htm | M400 | 07.40.0104 | 00:04:13:63:aa:01
        M4; SnomM700 05.20.0001 000413b60708) | / | M700 | 05.20.0001 | 00:04:13:b6:07:08
        M4; snomD785-SIP 10.1.39.11 2010.12-00004-g9ba52f5) \
            | /snomD785.htm?mac=0004139A0B0C | D785 | 10.1.39.11 | 00:04:13:9a:0b:0c
        M4; snomD785-SIP 10.1.39.11 x 0004139A0B0C) \
            | /snomD785-000413000001.htm?mac=000413000002 | D785 | 10.1.39.11 | 00:04:13:00:00:01
        M4; snomD785-SIP 10.1.39.11 x 0004139A0B0C) | /?mac=000413000002 | D785 | 10.1.39.11 | 00:04:13:9a:0b:0c
        M4; snomMP-SIP 8.7.5.35 1.1.3-s) | / | MP | 8.7.5.35 | -
        M4; snomPA1-SIP 8.7.5.35 1.1.3-s) | / | PA1 | 8.7.5.35 | -
        snomM700/03.23.0005 (MAC=0004136A0B0C; SER= 00000; HW=255) | / | M700 | 03.23.0005 | 00:04:13:6a:0b:0c
        M4; snomD785-SIP 10.1.39.11 x 0004139A0B) | / | D785 | 10.1.39.11 | -
        M4; snomD785-SIP 10.1.39.11 x 0004139A0B0C0D) | / | D785 | 10.1.39.11 | -
        """)
    void readsARequest(String userAgent, String path, String model, String version, String mac) {
        // M4 stands for what all of them begin with, so that a row fits a line.
        DeviceInfo info = KIT.identify(VendorTestKit.http(path, userAgent.replace("M4;", "Mozilla/4.0 (compatible;")));
        assertThat(info.vendor()).isEqualTo("Snom");
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.version()).isEqualTo(version);
        assertThat(info.mac()).isEqualTo(MacAddress.parse(mac).orElse(null));
    }

    @ParameterizedTest
    @CsvSource({
        "?mac=000413A1B2C3, , ",
        "snomM700.htm?mac=000413A1B2C3, Snom, M700",
        "000413A1B2C3.xml, Snom, ",
        "snomD785-000413A1B2C3.htm, Snom, D785",
    })
    void withoutAUserAgentTheFileNameTells(String path, String vendor, String model) {
        DeviceInfo expected = DeviceInfo.NOTHING
                .withMac(MacAddress.parse("000413a1b2c3").orElseThrow())
                .withVendor(vendor)
                .withModel(model);
        assertThat(KIT.identify(VendorTestKit.http("/" + path, ""))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "snomD785-000413A1B2C3.htm, 00:04:13:a1:b2:c3, D785",
        "000413A1B2C3.xml, 00:04:13:a1:b2:c3, ",
        "snom320.htm, , 320",
        "snomD785-firmware.xml, , D785",
    })
    void readsFileNamesOverTftp(String name, String mac, String model) {
        DeviceInfo info = KIT.identify(VendorTestKit.tftp(name));
        assertThat(info.vendor()).isEqualTo("Snom");
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.mac()).isEqualTo(MacAddress.parse(mac).orElse(null));
        assertThat(KIT.identify(VendorTestKit.tftp("snom-general.xml"))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "snomD735, D735",
        "snom715, 715",
        "snomMP, MP",
        "snomM700, M700",
        "snomM900-x, M900",
        "snomD1234,",
        "snomM3,",
        "xsnomD735,",
        "snom,",
        "yealink,"
    })
    void readsTheVendorClassOfDhcp(String vendorClass, String model) throws Exception {
        DeviceInfo info = KIT.identify(PhoneRequest.from(Protocol.DHCP, InetAddress.getLoopbackAddress())
                .dhcpOptions(Map.of(60, vendorClass))
                .build());
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.vendor()).isEqualTo(model == null ? null : "Snom");
    }

    @Test
    void readsASubscriptionOfPlugAndPlay() throws Exception {
        DeviceInfo info = KIT.identify(PhoneRequest.from(Protocol.SIP, InetAddress.getLoopbackAddress())
                .header(
                        "Event",
                        "ua-profile;profile-type=\"device\";vendor=\"snom\";model=\"snom320\";version=\"8.4.18\"")
                .build());
        assertThat(info.vendor()).isEqualTo("Snom");
        assertThat(info.model()).isEqualTo("320");
        assertThat(info.version()).isEqualTo("8.4.18");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mozilla/5.0",
                "snom",
                "snom-SIP ",
                "snom lid 3605",
                "Mozilla/4.0 (compatible; snom lid 3605)",
                "snom-m3-SIP/02.11//18-Aug-10 15:36",
                "Yealink SIP-T46G 28.83.0.50 00:15:65:7a:b1:2c",
                "Snom M9000 05.20",
                "Snom M90 05",
                "SNOMD785-SIP 10.1",
                "snomD785-SIP x",
                "snomD785SIP 10.1.39.11",
                "Vtech Vesa VSP735 1.1.4.1-0"
            })
    void leavesOthersAlone(String userAgent) {
        assertThat(KIT.identify(VendorTestKit.http("/index.html", userAgent))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/snom320-00041325010g.htm",
                "/snom320-00041325010.htm",
                "/snom320-000413250102.htm.bak",
                "/000413250102.XML",
                "/001122334455.xml",
                "/00041325010A2.xml",
                "/?mac=0004132501",
                "/?mac=00:04:13",
                "/snom.htm",
                "/.htm",
                "/"
            })
    void takesNoBrokenMac(String path) {
        assertThat(KIT.identify(VendorTestKit.http(path, ""))).isEqualTo(DeviceInfo.NOTHING);
    }

    @Test
    void longNonsenseIsReadQuickly() {
        String tail = " 00041325010".repeat(150);
        long start = System.nanoTime();
        DeviceInfo info = KIT.identify(VendorTestKit.http("/" + "snom3".repeat(300), "snom320-SIP 8.4.18" + tail));
        assertThat(info.model()).isEqualTo("320");
        assertThat(info.mac()).isNull();
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Property(tries = 300)
    void neverThrows(@ForAll String userAgent, @ForAll String path) {
        assertThatCode(() -> KIT.identify(PhoneRequest.from(Protocol.HTTP, InetAddress.getLoopbackAddress())
                        .path(path)
                        .header("User-Agent", "snom320-SIP " + userAgent)
                        .build()))
                .doesNotThrowAnyException();
    }
}
