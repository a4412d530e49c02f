// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.autoprov.core.testing.VendorTestKit.dhcp;
import static org.autoprov.core.testing.VendorTestKit.http;
import static org.autoprov.core.testing.VendorTestKit.tftp;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.testing.SubjectCertificate;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CiscoSpaIdentificationTest {

    private static final VendorTestKit KIT =
            VendorTestKit.of(CiscoSpaGenerator.class, CiscoSpaIdentifier::new, CiscoSpaGenerator::new);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // requests as phones send them
                "Cisco/SPA508G-7.5.5 (0002FD0A0B0C)(CBT141400AB) | /x | SPA508G | 7.5.5 | 00:02:fd:0a:0b:0c | CBT141400AB",
                "Cisco/SPA525G-7.4.7 (CBT141900C7) | /0002fd010203.xml | SPA525G | 7.4.7 | 00:02:fd:01:02:03 | CBT141900C7",
                "Linksys/SPA-962-6.1.5(a) (4MM00F903043) | /spa-phone.xml | SPA962 | 6.1.5(a) | - | 4MM00F903043",
                "Cisco-CP-7832-3PCC/11.0.1 (00562b040506) | / | 7832 | 11.0.1 | 00:56:2b:04:05:06 | -",
                "Cisco/ATA192-MPP-11-1-0-MSR4 (FCH2443D9R5) | /spa-ata.xml?mac=2c01b5000001 | ATA192 | 11-1-0-MSR4 | 2c:01:b5:00:00:01 | FCH2443D9R5",
                // the grammars' other forms
                "Cisco/SPA501G-7.4.8a (8843E1657936)(CBV1445000L) | /x | SPA501G | 7.4.8a | 88:43:e1:65:79:36 | CBV1445000L",
                "Cisco/SPA525G2-7.4.9c (CBT141900C7) | /x | SPA525G2 | 7.4.9c | - | CBT141900C7",
                "Cisco/SPA122-1.3.5 (0002FD0A0B0C)(CBT141400AB) | /x | SPA122 | 1.3.5 | 00:02:fd:0a:0b:0c | CBT141400AB",
                "Linksys/SPA-942-6.1.5(a) (4MM00F903042) | /000e08123456.xml | SPA942 | 6.1.5(a) | 00:0e:08:12:34:56 | 4MM00F903042",
                "Linksys/SPA8000-6.1.11 (FM500M123456) | /x | SPA8000 | 6.1.11 | - | FM500M123456",
                "Linksys/PAP2T-5.1.6(LS) (FLI00H123456) | /init.cfg | PAP2T | 5.1.6(LS) | - | FLI00H123456",
                "Linksys/PAP2T-5.1.6 (001217000001) | /x | PAP2T | 5.1.6 | - | 001217000001",
                "Cisco-CP-8851-3PCC/12.0.7 (00562B040507) | /8851-3PCC.xml | 8851 | 12.0.7 | 00:56:2b:04:05:07 | -",
                "Cisco-CP-8845-3PCC/11.3.1 (00562B040507) | /x | 8845 | 11.3.1 | 00:56:2b:04:05:07 | -",
                "Cisco-CP-8841-3PCC/11.2.3 | /00562b040508.xml | 8841 | 11.2.3 | 00:56:2b:04:05:08 | -",
                "Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R5) | /2C01B5000001.xml | ATA191 | 11-1-0-MSR4 | 2c:01:b5:00:00:01 | FCH2443D9R5",
                // a folder or a key before the name
                "Cisco/SPA525G-7.4.7 (CBT141900C7) | /key/0002FD010203.xml | SPA525G | 7.4.7 | 00:02:fd:01:02:03 | CBT141900C7",
                // no User-Agent
                "- | /spa504G.cfg | SPA504G | - | - | -",
                "- | /a/b/Cisco/CP-8851-3PCC/00562b040506.cfg | 8851 | - | 00:56:2b:04:05:06 | -",
                "- | /8851-3PCC.xml | 8851 | - | - | -",
                "- | /ata192.cfg | ATA192 | - | - | -",
                "- | /000e08123456.xml | - | - | 00:0e:08:12:34:56 | -",
                // broken, but still ours
                "Linksys/SPA-962 | / | - | - | - | -",
                "Linksys/SPA-962-6.1.5 ../../etc/passwd | / | - | - | - | -",
                "Cisco/SPA508G-7.5.5 (0002FD0A0B0)(CBT141400AB) | /spa508G.cfg | SPA508G | - | - | -",
                "Cisco/ATA192-MPP-11-1-0-MSR4 | /x?mac=nonsense | - | - | - | -",
                "Cisco/ATA192-MPP-11-1-0-MSR4 (FCH2443D9R5) | /x?mac=2c01b500000 | ATA192 | 11-1-0-MSR4 | - | FCH2443D9R5",
                "Cisco-CP-8851-3PCC/12.0.7 (zz562b040506) | /x | 8851 | 12.0.7 | - | -",
            })
    void readsWhatARequestReveals(String userAgent, String path, String model, String version, String mac, String sn) {
        is(KIT.identify(http(path, userAgent)), model, version, mac, sn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/spa504G.cfg | SPA504G | -",
                "spa504G.cfg | SPA504G | -",
                "/spa941.cfg | SPA941 | -",
                "/spa2102.cfg | SPA2102 | -",
                "/spa525g2.cfg | SPA525G2 | -",
                "/init.cfg | PAP2T | -",
                "init.cfg | PAP2T | -",
                "/ata191.cfg | ATA191 | -",
                "ATA001BD4112233.cnf.xml | ATA190 | 00:1b:d4:11:22:33",
                "/ATA001BD4112233.cnf.xml | ATA190 | 00:1b:d4:11:22:33",
                // the second port: the device's MAC is not in it
                "ATA1BD411223301.cnf.xml | ATA190 | -",
                // a MAC that really ends so, of a known maker
                "ATA0026991122AA01.cnf.xml | - | -",
                "ATA002699112201.cnf.xml | ATA190 | 00:26:99:11:22:01",
                "/0002fd010203.xml | - | 00:02:fd:01:02:03",
                "0002fd010203.xml | - | 00:02:fd:01:02:03",
                "/Cisco/CP-7841-3PCC/00562b040506.cfg | 7841 | 00:56:2b:04:05:06",
            })
    void readsTftpNames(String name, String model, String mac) {
        DeviceInfo info = KIT.identify(tftp(name));
        if (model == null && mac == null) {
            assertThat(info).isEqualTo(DeviceInfo.NOTHING);
        } else {
            is(info, model, null, mac, null);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "LINKSYS SPA-942 | SPA942",
                "LINKSYS SPA942 | SPA942",
                "LINKSYS SPA8000 | SPA8000",
                "LINKSYS SPA-2102 | SPA2102",
                "Cisco SPA525g | SPA525G",
                "Cisco SPA525G2 | SPA525G2",
                "CISCO SPA112 | SPA112",
                "Cisco Systems, Inc. IP Phone SPA504G | SPA504G",
                "CISCO ATA190 | ATA190",
                "CISCO ATA191-MPP | ATA191",
                "CISCO ATA192-MPP | ATA192",
                "CP-7841-3PCC | 7841",
                "Cisco Systems, Inc. IP Phone CP-8851-3PCC | 8851",
                // other families' phones
                "Cisco Systems, Inc. IP Phone CP-7961G | -",
                "Cisco Systems, Inc. IP Phone 7912 | -",
                "Cisco Systems, Inc. | -",
                "CP-7841-3PCCX | -",
                "CISCO ATA186 | -",
                "LINKSYS | -",
                "yealink | -",
            })
    void readsDhcpOptions(String option, String model) {
        for (String end : new String[] {"", "\0"}) {
            DeviceInfo info = KIT.identify(dhcp(Map.of(60, option + end)));
            assertThat(info.model()).isEqualTo(model);
            assertThat(info.vendor()).isEqualTo(model == null ? null : "Cisco");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "CN=\"SPA504G, MAC: 8843E1657936, Serial: CBT141400AB\",OU=cisco.com | SPA504G | 88:43:e1:65:79:36 | CBT141400AB",
                "CN=CP-8841-3PCC-SEP00562B040506,SERIALNUMBER=PID:CP-8841-3PCC SN:FCH21070001,O=Cisco | 8841 | 00:56:2b:04:05:06 | FCH21070001",
                "SERIALNUMBER=PID:CP-8841-3PCC SN:FCH21070001,O=Cisco | 8841 | - | FCH21070001",
                // an enterprise phone, somebody else
                "CN=CP-8841-SEP00562B040506,SERIALNUMBER=PID:CP-8841 SN:FCH21070001,O=Cisco | - | - | -",
                "CN=SPA504G | - | - | -",
                "CN=805ec0010203 | - | - | -",
            })
    void readsFactoryCertificates(String subject, String model, String mac, String sn) {
        DeviceInfo info = KIT.identify(PhoneRequest.from(Protocol.HTTPS, InetAddress.getLoopbackAddress())
                .certificate(certificate(subject))
                .build());
        if (model == null) {
            assertThat(info).isEqualTo(DeviceInfo.NOTHING);
        } else {
            is(info, model, null, mac, sn);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | /",
                "- | /index.html",
                "- | /init.cfg",
                "- | /001122334455.xml",
                "- | /000e0812345.xml",
                "- | /000e08123456.xml/x",
                "- | /000e08123456.xmlx",
                "- | /x000e08123456.xml",
                "- | /000e08123456.cfg",
                "- | /spa.cfg",
                "- | /spa50.cfg",
                "- | /spaceship.cfg",
                "- | /xspa504G.cfg",
                "- | /SEP001122334455.cnf.xml",
                "- | /ATA00112233445.cnf.xml",
                "- | /8851.xml",
                "- | /Cisco/CP-8851/00562b040506.cfg",
                "Mozilla/5.0 Cisco/SPA508G-7.5.5 (0002FD0A0B0C)(CBT141400AB) | /",
                "Cisco-CP8961/9.4.2 | /",
                "Cisco/CP-7961G | /",
                "Linksys/WRT54GL | /",
                "Yealink SIP-T54W 96.86.0.45 80:5e:c0:a1:b2:c3 | /805ec0a1b2c3.xml",
                "Gigaset N720 | /7c2f80123456.xml",
            })
    void leavesOthersAlone(String userAgent, String path) {
        assertThat(KIT.identify(http(path, userAgent))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEP001122334455.cnf.xml", "XMLDefault.cnf.xml", "y000000000000.cfg", "0002fd010203.cfg"})
    void leavesOthersAloneOverTftp(String name) {
        assertThat(KIT.identify(tftp(name))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Linksys/",
                "Linksys/SPA-",
                "Linksys/SPA-962-",
                "Cisco/SPA508G-7.5.5 (",
                "Cisco/ATA192-MPP-",
                "Cisco-CP-8851-3PCC/"
            })
    void isQuickWithEndlessUserAgents(String start) {
        for (String filling : new String[] {" ", "A", "1", "1.", "-", "(", "()", "\u0000"}) {
            String userAgent = start + filling.repeat(60_000);
            Assertions.assertTimeout(Duration.ofMillis(500), () -> KIT.identify(http("/", userAgent)));
            Assertions.assertTimeout(Duration.ofMillis(500), () -> KIT.identify(http("/" + filling.repeat(9_000), "")));
            Assertions.assertTimeout(
                    Duration.ofMillis(500), () -> KIT.identify(dhcp(Map.of(60, "Cisco SPA" + filling.repeat(60_000)))));
        }
    }

    @Property(tries = 500)
    void neverThrows(@ForAll String userAgent, @ForAll String path) {
        assertThatCode(() -> KIT.identify(tftp(path))).doesNotThrowAnyException();
        assertThatCode(() -> KIT.identify(http("/", userAgent))).doesNotThrowAnyException();
        assertThatCode(() -> KIT.identify(http("/0002fd010203.xml", "Cisco/SPA508G-" + userAgent)))
                .doesNotThrowAnyException();
        assertThatCode(() -> KIT.identify(dhcp(Map.of(60, "Cisco SPA" + userAgent))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "SPA504G, 7.5.5, cisco-spa-7.5.5",
                "SPA504G, -, cisco-spa-7.5.5",
                "SPA301, 7.4.8a, cisco-spa-7.5.5",
                "SPA525G2, 7.4.9c, cisco-spa-7.5.5",
                "SPA941, -, cisco-spa-legacy",
                "SPA962, 6.1.5(a), cisco-spa-legacy",
                "PAP2T, 5.1.6(LS), cisco-spa-legacy",
                "SPA3102, 5.1.10, cisco-spa-legacy",
                "SPA8800, 6.1.7, cisco-spa-legacy",
                "SPA112, 1.3.5, cisco-spa-1xx",
                "SPA122, 1.4.1, cisco-spa-1xx",
                "ATA190, -, cisco-ata190",
                "ATA191, 11-1-0-MSR4, cisco-ata19x",
                "ATA192, 12-0-1, cisco-ata19x",
                "8851, 11.3.1, cisco-mpp-11",
                "8851, 12.0.7, cisco-mpp-12",
                "8851, 10.4.1, cisco-mpp-11",
                "7811, -, cisco-mpp-12",
                "6821, 11.3.1, cisco-mpp-11",
                "6821, 12.0.4, cisco-mpp-11",
                // unlisted models go by their spelling and their firmware
                "SPA500DS, 7.5.5, cisco-spa-7.5.5",
                "SPA232D, 1.4.1, cisco-spa-1xx",
                "SPA2100, 5.2.5, cisco-spa-legacy",
                "8865, 11.3.1, cisco-mpp-11",
                "8865, 12.0.7, cisco-mpp-12",
                "8865, -, cisco-mpp-12",
                // other families
                "7961G, -, -",
                "8961, 9.4.2, -",
                "9951, -, -",
                "ATA186, -, -",
                "CIPC, -, -",
                "-, -, -"
            })
    void choosesTheFirmwareLine(String model, String version, String plugin) {
        assertThat(KIT.best(new DeviceInfo(null, null, null, null, "Cisco", model, version)))
                .isEqualTo(plugin);
    }

    @Test
    void leavesOtherVendorsAlone() {
        assertThat(KIT.best(new DeviceInfo(null, null, null, null, "Yealink", "SPA504G", "7.5.5")))
                .isNull();
    }

    @Test
    void readsNoHeaderButTheUserAgent() {
        assertThat(new CiscoSpaIdentifier(KIT.files()).headersRead()).isEmpty();
    }

    private static void is(DeviceInfo info, String model, String version, String mac, String sn) {
        assertThat(info.vendor()).isEqualTo("Cisco");
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.version()).isEqualTo(version);
        assertThat(info.mac())
                .isEqualTo(mac == null ? null : MacAddress.parse(mac).orElseThrow());
        assertThat(info.sn()).isEqualTo(sn);
    }

    private static X509Certificate certificate(String subject) {
        return new SubjectCertificate(new X500Principal(subject, Map.of("SERIALNUMBER", "2.5.4.5")));
    }
}
