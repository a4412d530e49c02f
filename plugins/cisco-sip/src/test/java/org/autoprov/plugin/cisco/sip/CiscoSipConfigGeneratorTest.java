// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.core.testing.VendorTestKit.http;
import static org.autoprov.core.testing.VendorTestKit.tftp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.Resync;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CiscoSipConfigGeneratorTest {

    private static final VendorTestKit KIT =
            VendorTestKit.of(CiscoSipConfigGenerator.class, CiscoSipConfigGenerator::new);
    private static final List<String> LINES = List.of(
            "cisco-sip-7940-8.12",
            "cisco-sip-79xx-8.5.4",
            "cisco-sip-79xx-9.4.2",
            "cisco-sip-8941-9.3.1",
            "cisco-sip-9951-9.4.2");
    private static final String TEXT = "cisco-sip-7940-8.12";
    private static final String XML = "cisco-sip-79xx-8.5.4";
    private static final String SEP = "SEP0019AA112233.cnf.xml";
    private static final String CNF = "SIP0019AA112233.cnf";

    @Test
    void makesTheGoldenFiles() {
        KIT.checkGolden();
    }

    /** Every model on every line that lists it: its own file, all of its lines and buttons, its firmware. */
    @TestFactory
    Stream<DynamicTest> writesAllLinesAndButtonsOfEachModel() {
        return LINES.stream()
                .flatMap(plugin -> KIT.generator(plugin).description().capabilities().entrySet().stream()
                        .map(entry -> {
                            String model = entry.getKey().split(", ")[1];
                            int lines = ((Long) entry.getValue().get("lines")).intValue();
                            return DynamicTest.dynamicTest(plugin + " " + model, () -> {
                                Map<String, Object> raw = config(lines + 1, Map.of());
                                Map<String, Object> key = Map.of("type", "blf", "value", "2000");
                                Map<String, Object> keys = new HashMap<>();
                                for (int n = 1; n <= 300; n++) {
                                    keys.put(Integer.toString(n), key);
                                }
                                raw.put("funckeys", keys);
                                if (plugin.equals(TEXT)) {
                                    String file = render(plugin, model, raw, CNF);
                                    assertThat(count(file, "line[0-9]+_name: \"user[0-9]+\""))
                                            .isEqualTo(lines);
                                    assertThat(KIT.generator(plugin).file(device(model), SEP))
                                            .isEmpty();
                                } else {
                                    String file = render(plugin, model, raw, SEP);
                                    assertThat(count(file, "<featureID>9<")).isEqualTo(lines);
                                    long modules = (Long) entry.getValue().get("expansion_modules");
                                    int each = model.startsWith("79") ? 24 : 36;
                                    assertThat(count(file, "<featureID>21<")).isEqualTo((int) modules * each);
                                    assertThat(file).containsPattern("<loadInformation>(SIP|sip)[A-Z0-9_.a-z-]+</load");
                                    assertThat(KIT.generator(plugin).file(device(model), CNF))
                                            .isEmpty();
                                }
                            });
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7942G cisco-sip-79xx-8.5.4",
                "7975G cisco-sip-79xx-9.4.2",
                "8945 cisco-sip-8941-9.3.1",
                "9971 cisco-sip-9951-9.4.2",
                "7960G cisco-sip-7940-8.12"
            })
    void hostileValuesAddNoLine(String modelAndPlugin) {
        String[] part = modelAndPlugin.split(" ");
        KIT.hostileValuesAddNoLine(part[1], device(part[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "cisco-sip-79xx-8.5.4, 7941G, SIP41.8-5-4S",
        "cisco-sip-79xx-8.5.4, 7911G, SIP11.8-5-4S",
        "cisco-sip-79xx-9.4.2, 7961G, SIP41.9-4-2SR3-1S",
        "cisco-sip-8941-9.3.1, 8941, SIP8941_8945.9-3-1-18",
        "cisco-sip-9951-9.4.2, 9951, sip9951.9-4-2SR4-1",
        // a model that the line does not list keeps its firmware
        "cisco-sip-79xx-9.4.2, 8945, ''",
        "cisco-sip-79xx-8.5.4, 8851, ''"
    })
    void namesTheLoadOfTheLine(String plugin, String model, String load) throws Exception {
        assertThat(render(plugin, model, config(1, Map.of()), SEP))
                .contains("<loadInformation>" + load + "</loadInformation>");
    }

    @Test
    void anAdministratorNamesAnotherLoadOrNone() throws Exception {
        assertThat(render(XML, "7941G", config(1, Map.of("X_cisco_load", "SIP41.8-4-2S")), SEP))
                .contains("<loadInformation>SIP41.8-4-2S</loadInformation>");
        assertThat(render(XML, "7941G", config(1, Map.of("X_cisco_load", "")), SEP))
                .contains("<loadInformation></loadInformation>");
        assertThatThrownBy(() -> render(XML, "7941G", config(1, Map.of("X_cisco_load", "../x")), SEP))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("X_cisco_load must be up to 64 letters");
    }

    @Test
    void aPhoneOfUnknownModelGetsBothFilesAndNoFirmware() throws Exception {
        Device unknown = device(null);
        assertThat(KIT.generator(XML).files(unknown).stream().map(PhoneFile::name))
                .containsExactly(SEP, CNF, "XMLDefault.cnf.xml", "SIPDefault.cnf", "syncinfo.xml", "dialplan.xml");
        assertThat(KIT.generator(XML).files(unknown).stream().filter(PhoneFile::stateTrigger))
                .hasSize(1);
        assertThat(render(XML, null, config(2, Map.of()), SEP))
                .contains("<loadInformation></loadInformation>")
                .contains("<name>user2</name>");
        assertThat(render(XML, null, config(2, Map.of()), CNF)).contains("line2_name: \"user2\"");
        assertThat(render(XML, null, config(2, Map.of()), "SIPDefault.cnf")).doesNotContain("image_version");
        Map<String, Object> tooLong = config(1, Map.of("admin_password", "x".repeat(40)));
        assertThat(render(XML, null, tooLong, CNF))
                .contains("phone_password: \"\"")
                .contains("line1_name: \"user1\"");
        assertThat(render(XML, null, tooLong, SEP)).contains("x".repeat(40));
    }

    @ParameterizedTest
    @CsvSource({
        "CTLSEP0019AA112233.tlv",
        "ITLSEP0019AA112233.tlv",
        "ITLFile.tlv",
        "CTLFile.tlv",
        "SoftKeys.xml",
        "RINGLIST.XML",
        "DISTINCTIVERINGLIST.XML",
        "SEP0019AA112234.cnf.xml",
        "sep0019AA112233.cnf.xml",
        "SEP0019AA112233.cnf.xml.sgn",
        "SIP0019AA112234.cnf"
    })
    void makesNoTrustListsAndNoOtherPhonesFiles(String name) {
        for (String plugin : LINES) {
            for (String model : new String[] {null, "7941G", "7960G", "8945"}) {
                String path = KIT.generator(plugin).path(tftp(name));
                assertThat(KIT.generator(plugin).file(device(model), path))
                        .as(plugin)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/SEP0019AA112233.cnf.xml, SEP0019AA112233.cnf.xml",
        "/key/SEP0019aa112233.cnf.xml, SEP0019AA112233.cnf.xml",
        "/a/b/SIP0019AA112233.cnf, SIP0019AA112233.cnf",
        "/key/dialplan.xml, dialplan.xml",
        "/i18n/german_germany/gp-sip.jar, i18n/german_germany/gp-sip.jar",
        "/SIP41.8-5-4S.loads, SIP41.8-5-4S.loads"
    })
    void findsItsNamesBelowAnyPath(String asked, String path) {
        assertThat(KIT.generator(XML).path(http(asked, null))).isEqualTo(path);
    }

    @Test
    void commonFilesHoldNothingOfTheConfig() throws Exception {
        Map<String, Object> raw = config(2, Map.of("admin_password", "s3cret", "ntp_enabled", true, "ntp_ip", "ntp.x"));
        for (PhoneFile file : KIT.generator(TEXT).files(device("7960G"))) {
            if (!file.perDevice()) {
                assertThat(file.access()).isEqualTo(PhoneFile.Access.OPEN);
                assertThat(render(TEXT, "7960G", raw, file.name()))
                        .as(file.name())
                        .doesNotContain("user1")
                        .doesNotContain("s3cret")
                        .doesNotContain("192.0.2.10");
            } else {
                assertThat(file.access()).isEqualTo(PhoneFile.Access.SECRET);
            }
        }
    }

    @Test
    void registersWithTheFirstLinesServer() throws Exception {
        Map<String, Object> raw = config(2, Map.of());
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("1", Map.of("username", "a", "password", "p", "display_name", "A", "proxy_ip", "198.51.100.1"));
        lines.put("2", Map.of("username", "b", "password", "p", "display_name", "B"));
        lines.put(
                "3",
                Map.of(
                        "username",
                        "c",
                        "password",
                        "p",
                        "display_name",
                        "C",
                        "proxy_ip",
                        "198.51.100.1",
                        "proxy_port",
                        5060));
        raw.put("sip_lines", lines);
        raw.put("sip_backup_proxy_ip", "192.0.2.99");
        String file = render(XML, "7961G", raw, SEP);
        assertThat(file)
                .containsSubsequence(
                        "<member priority=\"0\">",
                        "<sipPort>5060</sipPort>",
                        "<processNodeName>198.51.100.1</processNodeName>",
                        "<member priority=\"1\">",
                        "<processNodeName>192.0.2.99</processNodeName>",
                        "<proxy>USECALLMANAGER</proxy>",
                        "<proxy>192.0.2.10</proxy>",
                        "<proxy>USECALLMANAGER</proxy>");
    }

    @ParameterizedTest
    @CsvSource({"udp, 2", "tcp, 1", "tls, 3"})
    void namesTheTransport(String transport, String code) throws Exception {
        assertThat(render(XML, "7941G", config(1, Map.of("sip_transport", transport)), SEP))
                .contains("<transportLayerProtocol>" + code + "</transportLayerProtocol>");
    }

    @Test
    void putsKeysBehindTheHighestLineInNumericOrder() throws Exception {
        Map<String, Object> raw = config(1, Map.of());
        raw.put(
                "funckeys",
                Map.of(
                        "10", Map.of("type", "speeddial", "value", "10"),
                        "9", Map.of("type", "blf", "value", "9", "label", "nine"),
                        "2", Map.of("type", "park", "value", "700"),
                        "1", Map.of("type", "speeddial", "value", "1")));
        assertThat(render(XML, "7962G", raw, SEP))
                .containsSubsequence(
                        "<line button=\"2\" lineIndex=\"2\">",
                        "<line button=\"10\" lineIndex=\"10\">\n        <featureID>21</featureID>",
                        "<featureLabel>nine</featureLabel>\n        <speedDialNumber>9</speedDialNumber>",
                        "<featureOptionMask>1</featureOptionMask>",
                        "<line button=\"11\" lineIndex=\"11\">")
                .doesNotContain("button=\"3\"");
    }

    @ParameterizedTest
    @CsvSource({"7941G, cisco-sip-79xx-8.5.4, " + SEP, "7960G, cisco-sip-7940-8.12, " + CNF})
    void refusesTheOtherProtocolAndLinesWithoutServer(String model, String plugin, String file) {
        assertThatThrownBy(() -> render(plugin, model, config(1, Map.of("protocol", "SCCP")), file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("Cisco " + file + ": protocol is SCCP, but " + plugin
                        + " makes files for SIP; give the device a plugin of cisco-sccp");
        Map<String, Object> raw = config(1, Map.of());
        raw.remove("sip_proxy_ip");
        assertThatThrownBy(() -> render(plugin, model, raw, file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("line 1 has no server; set sip_lines.1.proxy_ip or sip_proxy_ip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "username | 123456789012345678901234567890123 | sip_lines.1.username must be at most 32",
                "password | with\"quote | sip_lines.1.password must be at most 32",
                "proxy_ip | a-server-with-a-rather-long-name.example.org | sip_lines.1.proxy_ip must be at most 32"
            })
    void refusesTextsThatTheOldPhonesCannotHold(String part, String value, String message) {
        Map<String, Object> raw = config(1, Map.of());
        Map<String, Object> line = new HashMap<>(Map.of("username", "u", "password", "p", "display_name", "d"));
        line.put(part, value);
        raw.put("sip_lines", Map.of("1", line));
        assertThatThrownBy(() -> render(TEXT, "7960G", raw, CNF))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theOldPhonesNeedTftpAndTakeShortLines() throws Exception {
        Map<String, Object> raw = config(6, Map.of("admin_password", "x".repeat(31)));
        assertThat(render(TEXT, "7960G", raw, CNF).length()).isLessThan(8192);
        assertThat(render(TEXT, "7960G", raw, CNF).lines())
                .allMatch(line -> line.startsWith("#") || line.matches("[a-z0-9_]+: \"[^\"]{0,32}\""));
        raw.remove("tftp_port");
        assertThatThrownBy(() -> render(TEXT, "7960G", raw, CNF))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("tftp_port is missing");
        assertThat(render(XML, "7961G", raw, SEP)).contains("</device>");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Europe/Paris, CET, 1, March, Sun, 8, 02:00, October, Sun, 8, 03:00",
                "America/New_York, EST, 1, March, Sun, 2, 02:00, November, Sun, 1, 02:00",
                "Pacific/Auckland, NZST, 1, September, Sun, 8, 02:00, April, Sun, 1, 03:00",
                "Asia/Jerusalem, EET, 1, March, '', '', 02:00, October, Sun, 8, 02:00",
                "America/Phoenix, MST, 0, -, -, -, -, -, -, -, -",
                "Asia/Kathmandu, -, -, -, -, -, -, -, -, -, -"
            })
    void writesTheClockOfTheOldPhones(
            String zone,
            String name,
            String adjust,
            String startMonth,
            String startDay,
            String startWeek,
            String startTime,
            String stopMonth,
            String stopDay,
            String stopWeek,
            String stopTime)
            throws Exception {
        Map<String, String> file = parse(render(TEXT, "7960G", config(1, Map.of("timezone", zone)), CNF));
        assertThat(file.get("time_zone")).isEqualTo(name);
        assertThat(file.get("dst_auto_adjust")).isEqualTo(adjust);
        assertThat(file.get("dst_start_month")).isEqualTo(startMonth);
        assertThat(file.get("dst_start_day_of_week")).isEqualTo(startDay);
        assertThat(file.get("dst_start_week_of_month")).isEqualTo(startWeek);
        assertThat(file.get("dst_start_time")).isEqualTo(startTime);
        assertThat(file.get("dst_stop_month")).isEqualTo(stopMonth);
        assertThat(file.get("dst_stop_day_of_week")).isEqualTo(stopDay);
        assertThat(file.get("dst_stop_week_of_month")).isEqualTo(stopWeek);
        assertThat(file.get("dst_stop_time")).isEqualTo(stopTime);
    }

    @Test
    void namesTheImageOfTheOldPhonesOrNothing() throws Exception {
        assertThat(render(TEXT, "7960G", config(1, Map.of()), "OS79XX.TXT")).isEqualTo("P003-8-12-00\n");
        assertThat(render(TEXT, "7960G", config(1, Map.of()), "SIPDefault.cnf"))
                .contains("image_version: \"P0S3-8-12-00\"\n");
        assertThatThrownBy(() -> render(TEXT, "7960G", config(1, Map.of("X_cisco_load", "")), "OS79XX.TXT"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("no firmware is known");
    }

    @Test
    void restartsAtTheEventOfTheLoad() {
        assertThat(KIT.generator(XML).resync(device("7941G")).map(Resync::event))
                .contains("service-control");
        assertThat(KIT.generator(TEXT).resync(device("7960G")).map(Resync::event))
                .contains("check-sync");
    }

    @Test
    void theStampChangesWithTheContentOnly() throws Exception {
        String one = stamp(render(XML, "7941G", config(1, Map.of()), SEP));
        assertThat(stamp(render(XML, "7941G", config(1, Map.of()), SEP)))
                .isEqualTo(one)
                .isNotEqualTo("00000000");
        assertThat(stamp(render(XML, "7941G", config(2, Map.of()), SEP))).isNotEqualTo(one);
    }

    private static String stamp(String file) {
        return file.replaceFirst("(?s).*<versionStamp>([0-9a-f]{8})</versionStamp>.*", "$1");
    }

    private static int count(String text, String pattern) {
        return (int)
                java.util.regex.Pattern.compile(pattern).matcher(text).results().count();
    }

    private static Map<String, String> parse(String file) {
        Map<String, String> result = new HashMap<>();
        file.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int colon = line.indexOf(": ");
            result.put(line.substring(0, colon), line.substring(colon + 3, line.length() - 1));
        });
        return result;
    }

    private static Map<String, Object> config(int lines, Map<String, Object> more) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("http_base_url", "http://prov.example.org");
        raw.put("tftp_port", 69L);
        raw.put("sip_proxy_ip", "192.0.2.10");
        Map<String, Object> all = new LinkedHashMap<>();
        for (int n = 1; n <= lines; n++) {
            all.put(
                    Integer.toString(n),
                    Map.of(
                            "username",
                            "user" + n,
                            "password",
                            "p" + n,
                            "display_name",
                            "User " + n,
                            "number",
                            "100" + n));
        }
        raw.put("sip_lines", all);
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
