// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.autoprov.core.testing.VendorTestKit.dhcp;
import static org.autoprov.core.testing.VendorTestKit.http;
import static org.autoprov.core.testing.VendorTestKit.tftp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.testing.SubjectCertificate;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both families that ask for SEP files read of a request: the same rules stand in both descriptors. */
public abstract class SepIdentificationRules {

    private final VendorTestKit kit;

    protected SepIdentificationRules(VendorTestKit kit) {
        this.kit = kit;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "SEP001122334455.cnf.xml, -, 00:11:22:33:44:55",
                "SEP0019AA112233.cnf.xml, -, 00:19:aa:11:22:33",
                "CTLSEP00112233AABB.tlv, -, 00:11:22:33:aa:bb",
                "ITLSEP00112233AABB.tlv, -, 00:11:22:33:aa:bb",
                "ITLFile.tlv, -, -",
                "CTLFile.tlv, -, -",
                "SIP00112233AABB.cnf, -, 00:11:22:33:aa:bb",
                "MGC00112233AABB.cnf, -, 00:11:22:33:aa:bb",
                "SIPDefault.cnf, -, -",
                "OS79XX.TXT, -, -",
                "XMLDefault.cnf.xml, -, -",
                "Communicator/SomeFile.xml, CIPC, -",
                "Communicator\\SomeFile.xml, CIPC, -",
                // signed and encrypted variants, which nobody makes
                "SEP00112233AABB.cnf.xml.sgn, -, 00:11:22:33:aa:bb",
                "SEP00112233AABB.cnf.xml.enc.sgn, -, 00:11:22:33:aa:bb",
                // lower case, or a folder or key before the name
                "SEP00112233aabb.cnf.xml, -, 00:11:22:33:aa:bb",
                "key/SEP00112233AABB.cnf.xml, -, 00:11:22:33:aa:bb"
            })
    void readsFileNamesOverTftpAndHttp(String name, String model, String mac) {
        for (PhoneRequest request : new PhoneRequest[] {tftp(name), tftp("/" + name), http("/" + name, null)}) {
            check(kit.identify(request), model, mac);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Cisco Systems, Inc. IP Phone CP-7961G\u0000 | 7961G",
                "Cisco Systems, Inc. IP Phone CP-8961\u0000 | 8961",
                "Cisco Systems, Inc. IP Phone 7912 | 7912G",
                "Cisco Systems, Inc. IP Phone CP-7942G\u0000 | 7942G",
                "Cisco Systems, Inc. IP Phone 7905 | 7905G",
                "Cisco Systems, Inc. IP Phone 7920\u0000 | 7920",
                "Cisco Systems Inc. Wireless Phone 7921 | 7921G",
                "Cisco Systems, Inc. IP Phone CP-7941G-GE\u0000 | 7941G",
                "Cisco Systems, Inc. IP Phone CP-7971G-GE\u0000 | 7971G",
                "Cisco Systems, Inc. IP Phone CP-7940\u0000 | 7940",
                "Cisco Systems, Inc. IP Phone CP-7940G\u0000 | 7940G",
                "Cisco Systems, Inc. IP Phone CP-7937G | 7937G",
                "Cisco Systems, Inc. IP Phone CP-8945 | 8945",
                "Cisco Systems, Inc. IP Phone CP-9951\u0000 | 9951",
                "Cisco Systems, Inc. IP Phone\u0000 | -",
                "Cisco Systems, Inc. | -",
                // more NULs, or none; a model that nobody has
                "Cisco Systems, Inc. IP Phone CP-7962G\u0000\u0000 | 7962G",
                "Cisco Systems, Inc. IP Phone 7999 | -",
                "Cisco Systems, Inc. IP Phone CP-79 | -"
            })
    void readsDhcpOption60(String text, String model) {
        check(kit.identify(dhcp(Map.of(60, text))), model, null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "CP-7942G-SEP0019AA112233, 7942G, 00:19:aa:11:22:33",
                "CP-7961G-GE-SEP0019AA112233, 7961G, 00:19:aa:11:22:33",
                "CP-8945-SEP0019AA112233, 8945, 00:19:aa:11:22:33",
                "SEP0019AA112233, -, 00:19:aa:11:22:33"
            })
    void readsTheCertificate(String name, String model, String mac) {
        check(kit.identify(withCertificate(name)), model, mac);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "index.html",
                "SEP0011223344.cnf.xml",
                "SEP00112233445566.cnf.xml",
                "SEP0011223344GG.cnf.xml",
                "SEP001122334455.cnf.xml/x",
                "SEP001122334455.xml",
                "xSEP001122334455.cnf.xml",
                "SEP.cnf.xml",
                "CTLSEP001122334455.tlvx",
                "XTLSEP001122334455.tlv",
                "sip001122334455.cnf",
                "ITLFile.tlv.bak",
                "ATA001122334455.cnf.xml",
                "spa504g.cfg",
                "001122334455.xml",
                "XCommunicator/x",
                "Communicator",
                "dialplan.xml",
                "RINGLIST.XML",
                "i18n/germany/g3-tones.xml",
                "SIP41.8-5-4S.loads"
            })
    void leavesOtherNamesAlone(String name) {
        assertThat(kit.identify(tftp(name))).isEqualTo(DeviceInfo.NOTHING);
        assertThat(kit.identify(http("/" + name, "Cisco/SPA504G-7.5.5"))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cisco SPA504G",
                "CISCO ATA190",
                "Cisco Systems, Inc. IP Phone SPA525G2",
                "LINKSYS SPA-942",
                "cisco",
                "Cisco Systems, Inc. IP Phone CP-8841-3PCC\u0000",
                "xCisco Systems, Inc. IP Phone CP-7961G"
            })
    void leavesOtherCiscoPhonesAlone(String text) {
        assertThat(kit.identify(dhcp(Map.of(60, text)))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CP-8841-3PCC-SEP0019AA112233", "SPA504G, MAC: 0019AA112233", "SEP0019AA11223", "x"})
    void leavesOtherCertificatesAlone(String name) {
        assertThat(kit.identify(withCertificate(name))).isEqualTo(DeviceInfo.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEP", "CTLSEP", "Communicator", "SIP00", "/SEP001122334455.cnf"})
    void isQuickWithEndlessNames(String start) {
        for (String filling : new String[] {" ", "A", "1", "/", "SEP", ".", "Phone ", "\u0000"}) {
            String name = start + filling.repeat(9_000);
            Assertions.assertTimeout(Duration.ofMillis(500), () -> kit.identify(tftp(name)));
            String text = "Cisco Systems, Inc. IP Phone " + filling.repeat(300);
            Assertions.assertTimeout(Duration.ofMillis(500), () -> kit.identify(dhcp(Map.of(60, text))));
        }
    }

    @Property(tries = 500)
    void neverThrows(@ForAll String text, @ForAll String path) {
        assertThatCode(() -> kit.identify(tftp(path))).doesNotThrowAnyException();
        assertThatCode(() -> kit.identify(tftp("SEP" + path + ".cnf.xml"))).doesNotThrowAnyException();
        assertThatCode(() -> kit.identify(dhcp(Map.of(60, "Cisco Systems" + text))))
                .doesNotThrowAnyException();
    }

    private static void check(DeviceInfo info, String model, String mac) {
        assertThat(info.vendor()).isEqualTo("Cisco");
        assertThat(info.model()).isEqualTo(model);
        assertThat(info.version()).isNull();
        assertThat(info.mac())
                .isEqualTo(mac == null ? null : MacAddress.parse(mac).orElseThrow());
    }

    /** Of a certificate only the subject is read. */
    private static PhoneRequest withCertificate(String commonName) {
        return PhoneRequest.from(Protocol.HTTPS, InetAddress.getLoopbackAddress())
                .path("x")
                .certificate(new SubjectCertificate("CN=\"" + commonName + "\",O=Cisco Systems Inc."))
                .build();
    }
}
