// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sccp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.core.testing.VendorTestKit.tftp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CiscoSccpConfigGeneratorTest {

    private static final VendorTestKit KIT =
            VendorTestKit.of(CiscoSccpConfigGenerator.class, CiscoSccpConfigGenerator::new);
    private static final List<String> LINES =
            List.of("cisco-sccp-legacy", "cisco-sccp-8.5.2", "cisco-sccp-9.4.2", "cisco-sccp-7921-1.4.5");
    private static final String SEP = "SEP0019AA112233.cnf.xml";

    @Test
    void makesTheGoldenFiles() {
        KIT.checkGolden();
    }

    @TestFactory
    Stream<DynamicTest> makesAFileForEachModel() {
        return LINES.stream()
                .flatMap(plugin -> KIT.generator(plugin).description().capabilities().entrySet().stream()
                        .map(entry -> {
                            String model = entry.getKey().split(", ")[1];
                            return DynamicTest.dynamicTest(plugin + " " + model, () -> {
                                assertThat(entry.getValue()).containsEntry("protocol", "sccp");
                                String file = render(plugin, model, config(Map.of()), SEP);
                                assertThat(file)
                                        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<device>")
                                        .endsWith("</device>\n")
                                        .contains("<processNodeName>192.0.2.10</processNodeName>");
                                if (!model.equals("CIPC")) {
                                    assertThat(file).doesNotContain("<loadInformation></loadInformation>");
                                }
                            });
                        }));
    }

    /** The common check of core wants a SIP config, which these plugins refuse. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nhostile = 1",
                "a\rb\u0085c\u2028d\u2029e\fvf",
                "</x><hostile a=\"1\">&amp;&#10;",
                "\" hostile=\"1\" ' hostile='2' ]]> -->",
                "a\0b\u0001\ud800c\uffff",
                "${1 + 1} <#stop> #{x}"
            })
    void hostileValuesAddNoLine(String value) throws Exception {
        String hostile = render("cisco-sccp-9.4.2", "7941G", texts(value), SEP);
        String harmless = render("cisco-sccp-9.4.2", "7941G", texts("harmless"), SEP);
        assertThat(hostile.split("\\R", -1)).hasSameSizeAs(harmless.split("\\R", -1));
        assertThat(hostile.chars().filter(c -> c == '<').count())
                .isEqualTo(harmless.chars().filter(c -> c == '<').count());
        assertThat(hostile).doesNotContain("\0").doesNotContain("hostile=\"");
    }

    private static Map<String, Object> texts(String value) {
        return config(Map.of(
                "sccp_call_managers", Map.of("1", Map.of("ip", value)),
                "ntp_enabled", true,
                "ntp_ip", value,
                "X_xivo_phonebook_ip", value,
                "X_xivo_user_uuid", value));
    }

    @ParameterizedTest
    @CsvSource({
        "cisco-sccp-legacy, 7905G, CP7905080003SCCP070409A",
        "cisco-sccp-legacy, 7912G, CP7912080004SCCP080108A",
        "cisco-sccp-legacy, 7940, P0030801SR02",
        "cisco-sccp-legacy, 7960G, P0030801SR02",
        "cisco-sccp-legacy, 7937G, cmterm_7937.1-4-5-7",
        "cisco-sccp-legacy, 7920, cmterm_7920.4.0-03-02",
        "cisco-sccp-legacy, CIPC, ''",
        "cisco-sccp-8.5.2, 7906G, SCCP11.8-5-2S",
        "cisco-sccp-8.5.2, 7975G, SCCP75.8-5-2S",
        "cisco-sccp-9.4.2, 7941G, SCCP41.9-4-2SR1-1S",
        "cisco-sccp-9.4.2, 7965G, SCCP45.9-4-2SR3-1S",
        "cisco-sccp-9.4.2, 7975G, ''",
        "cisco-sccp-7921-1.4.5, 7921G, CP7921G-1.4.5.3"
    })
    void namesTheLoadOfTheLine(String plugin, String model, String load) throws Exception {
        assertThat(render(plugin, model, config(Map.of()), SEP))
                .contains("<loadInformation>" + load + "</loadInformation>");
    }

    @Test
    void namesNoFirmwareForAnUnknownModelAndWhatAnAdministratorSays() throws Exception {
        assertThat(render("cisco-sccp-8.5.2", null, config(Map.of()), SEP)).contains("<loadInformation></loadInf");
        assertThat(render("cisco-sccp-8.5.2", "7941G", config(Map.of("X_cisco_load", "")), SEP))
                .contains("<loadInformation></loadInformation>");
        assertThat(render("cisco-sccp-8.5.2", "7941G", config(Map.of("X_cisco_load", "SCCP41.8-3-3S")), SEP))
                .contains("<loadInformation>SCCP41.8-3-3S</loadInformation>");
        assertThat(render("cisco-sccp-legacy", "7960G", config(Map.of()), "OS79XX.TXT"))
                .isEqualTo("P0030801SR02\n");
        assertThat(KIT.generator("cisco-sccp-legacy").file(device("7905G"), "OS79XX.TXT"))
                .isEmpty();
    }

    @Test
    void listsCallManagersInNumericOrder() throws Exception {
        Map<String, Object> raw = config(Map.of(
                "sccp_call_managers",
                Map.of(
                        "10", Map.of("ip", "192.0.2.19", "port", 2010L),
                        "2", Map.of("ip", "192.0.2.11", "port", "2002"),
                        "1", Map.of("ip", "192.0.2.10", "port", ""))));
        assertThat(render("cisco-sccp-8.5.2", "7942G", raw, SEP))
                .containsSubsequence(
                        "<member priority=\"0\">",
                        "<ethernetPhonePort>2000<",
                        "<processNodeName>192.0.2.10<",
                        "<member priority=\"1\">",
                        "<ethernetPhonePort>2002<",
                        "<processNodeName>192.0.2.11<",
                        "<member priority=\"9\">",
                        "<ethernetPhonePort>2010<",
                        "<processNodeName>192.0.2.19<");
    }

    @Test
    void refusesConfigsThatMakeNoUsableFile() {
        refuses(
                config(Map.of("sccp_call_managers", Map.of())),
                "there is no call manager; set sccp_call_managers.1.ip");
        refuses(
                config(Map.of("sccp_call_managers", Map.of("0", Map.of("ip", "192.0.2.1")))),
                "sccp_call_managers.0 must be numbered from 1");
        refuses(
                config(Map.of("sccp_call_managers", Map.of("1", Map.of("port", 2000L)))),
                "sccp_call_managers.1.ip is missing");
        for (Object port : new Object[] {0L, 65536L, "x", -1L, 99999999999L}) {
            refuses(
                    config(Map.of("sccp_call_managers", Map.of("1", Map.of("ip", "192.0.2.1", "port", port)))),
                    "sccp_call_managers.1.port must be from 1 to 65535");
        }
        refuses(
                config(Map.of("protocol", "SIP")),
                "protocol is SIP, but cisco-sccp-8.5.2 makes files for SCCP; give the device a plugin of cisco-sip");
        Map<String, Object> noTftp = config(Map.of());
        noTftp.remove("tftp_port");
        refuses(noTftp, "tftp_port is missing, and these phones know no other way; allowed are 1 to 65535");
    }

    private static void refuses(Map<String, Object> raw, String message) {
        assertThatThrownBy(() -> render("cisco-sccp-8.5.2", "7942G", raw, SEP))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("Cisco " + SEP + ": " + message);
    }

    @Test
    void cannotBeResynchronised() {
        for (String plugin : LINES) {
            assertThat(KIT.generator(plugin).resync(device("7941G"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CTLSEP0019AA112233.tlv",
                "ITLSEP0019AA112233.tlv",
                "ITLFile.tlv",
                "CTLFile.tlv",
                "RINGLIST.XML",
                "DISTINCTIVERINGLIST.XML",
                "SEP0019AA112234.cnf.xml",
                "SIP0019AA112233.cnf",
                "dialplan.xml"
            })
    void makesNoTrustListsAndNoOtherPhonesFiles(String name) {
        for (String plugin : LINES) {
            for (String model : new String[] {null, "7941G", "7960G"}) {
                assertThat(KIT.generator(plugin)
                                .file(device(model), KIT.generator(plugin).path(tftp(name))))
                        .as(plugin)
                        .isEmpty();
            }
        }
    }

    private static Map<String, Object> config(Map<String, Object> more) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("http_base_url", "http://prov.example.org");
        raw.put("tftp_port", 69L);
        raw.put("sccp_call_managers", Map.of("1", Map.of("ip", "192.0.2.10")));
        raw.putAll(more);
        return raw;
    }

    private static String render(String plugin, String model, Map<String, Object> raw, String file)
            throws InvalidConfigException {
        return KIT.generate(plugin, device(model), VendorTestKit.config(raw, 2026), file);
    }

    private static Device device(String model) {
        return Device.create("test")
                .mac(MacAddress.parse("0019aa112233").orElseThrow())
                .vendor("Cisco")
                .model(model)
                .build();
    }
}
