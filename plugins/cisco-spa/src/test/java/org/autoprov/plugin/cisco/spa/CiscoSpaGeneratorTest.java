// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.core.testing.VendorTestKit.http;
import static org.autoprov.core.testing.VendorTestKit.tftp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CiscoSpaGeneratorTest {

    private static final VendorTestKit KIT =
            VendorTestKit.of(CiscoSpaGenerator.class, CiscoSpaIdentifier::new, CiscoSpaGenerator::new);
    private static final String OWN = "0002fd0a0b0c.xml";
    private static final Pattern TAG = Pattern.compile("<([A-Za-z0-9_.-]+)(?: ua=\"na\")?>([^<]*)</([A-Za-z0-9_.-]+)>");

    @Test
    void makesTheGoldenFiles() {
        KIT.checkGolden();
    }

    /** Every model on every line: it finds its files by the names that it asks for, and all its accounts are said. */
    @TestFactory
    Stream<DynamicTest> eachModelBootsToAllItsAccounts() {
        return KIT.files().lines().stream()
                .filter(line -> !line.pluginId().equals("cisco-ata190"))
                .flatMap(line -> line.models().values().stream()
                        .map(model -> DynamicTest.dynamicTest(line.pluginId() + " " + model.name(), () -> {
                            ConfigGenerator generator = KIT.generator(line.pluginId());
                            List<PhoneFile> files = generator.files(device(model.name()));
                            assertThat(files).hasSize(3);
                            Map<String, String> first = parse(render(
                                    line.pluginId(), model.name(), files.get(0).name(), lines(Map.of())));
                            String common = name(first.get("Profile_Rule_B"));
                            assertThat(common).isEqualTo(files.get(1).name());
                            assertThat(name(first.get("Profile_Rule_C"))).isEqualTo(OWN);
                            // As the device reads them: one after the other, the last mention of a tag counts.
                            Map<String, String> all =
                                    parse(render(line.pluginId(), model.name(), common, lines(Map.of())));
                            all.putAll(parse(render(line.pluginId(), model.name(), OWN, lines(Map.of()))));
                            assertThat(all)
                                    .containsEntry("Line_Enable_1_", "Yes")
                                    .containsEntry("User_ID_1_", "alice")
                                    .containsEntry("Use_Auth_ID_1_", "Yes")
                                    .containsEntry("Resync_From_SIP", "Yes")
                                    .containsEntry("Auth_Resync-Reboot_1_", "No");
                            for (int n = 2; n <= model.lines(); n++) {
                                assertThat(all)
                                        .containsEntry("Line_Enable_" + n + "_", "No")
                                        .containsEntry("Password_" + n + "_", "");
                            }
                        })));
    }

    @Test
    void capabilitiesAreThoseOfTheFirmwareLine() {
        Map<String, Map<String, Object>> eleven =
                KIT.generator("cisco-mpp-11").description().capabilities();
        Map<String, Map<String, Object>> twelve =
                KIT.generator("cisco-mpp-12").description().capabilities();
        assertThat(eleven.get("Cisco, 8861, 1.0"))
                .containsEntry("expansion_modules", 0L)
                .containsEntry("function_keys", 10L);
        assertThat(twelve.get("Cisco, 8861, 1.0")).containsEntry("expansion_modules", 3L);
        assertThat(twelve.get("Cisco, 7811, 1.0")).containsEntry("function_keys", 0L);
        assertThat(eleven.get("Cisco, 7832, 1.0")).containsEntry("type", "conference");
        assertThat(KIT.generator("cisco-ata19x").description().capabilities().get("Cisco, ATA191, 1.0"))
                .containsEntry("high_availability", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SPA504G cisco-spa-7.5.5",
                "SPA962 cisco-spa-legacy",
                "SPA8000 cisco-spa-legacy",
                "SPA122 cisco-spa-1xx",
                "ATA192 cisco-ata19x",
                "ATA190 cisco-ata190",
                "6851 cisco-mpp-11",
                "8861 cisco-mpp-12"
            })
    void hostileValuesAddNoLine(String modelAndPlugin) {
        String[] part = modelAndPlugin.split(" ");
        KIT.hostileValuesAddNoLine(part[1], device(part[0]));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cisco-spa-7.5.5, SPA504G, -, -, -, udp, 192.0.2.10:5060",
                "cisco-spa-7.5.5, SPA504G, 5070, -, -, udp, 192.0.2.10:5070",
                "cisco-spa-7.5.5, SPA504G, -, -, -, tls, 192.0.2.10:5061",
                "cisco-spa-7.5.5, SPA504G, -, b.example, -, udp, "
                        + "autoprov_proxies1:SRV=192.0.2.10:5060:p=0|b.example:5060:p=1",
                "cisco-spa-legacy, PAP2T, 5070, b.example, 5080, tcp, "
                        + "autoprov_proxies1:SRV=192.0.2.10:5070:p=0|b.example:5080:p=1",
                "cisco-mpp-12, 8851, -, 2001:db8::1, -, udp, "
                        + "autoprov_proxies1:SRV=192.0.2.10:5060:p=0|[2001:db8::1]:5060:p=1",
                "cisco-ata19x, ATA191, -, b.example, -, udp, 192.0.2.10:5060"
            })
    void namesTheBackupInAnInlineServiceRecord(
            String plugin, String model, Long port, String backup, Long backupPort, String transport, String proxy)
            throws Exception {
        Map<String, Object> more = new HashMap<>(Map.of("sip_transport", transport));
        more.put("sip_proxy_port", port);
        more.put("sip_backup_proxy_ip", backup);
        more.put("sip_backup_proxy_port", backupPort);
        assertThat(own(plugin, model, lines(more)))
                .containsEntry("Proxy_1_", proxy)
                .containsEntry("SIP_Transport_1_", transport.toUpperCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, Auto", "RTP-in-band, InBand", "RTP-out-of-band, AVT", "SIP-INFO, INFO"})
    void translatesDigits(String mode, String written) throws Exception {
        Map<String, Object> more = new HashMap<>();
        more.put("sip_dtmf_mode", mode);
        assertThat(own("cisco-spa-7.5.5", "SPA504G", lines(more))).containsEntry("DTMF_Tx_Method_1_", written);
    }

    @ParameterizedTest
    @CsvSource({"disabled, No, Optional", "preferred, Yes, Optional", "required, Yes, Required"})
    void encryptsMedia(String mode, String service, String option) throws Exception {
        Map<String, Object> raw = lines(Map.of("sip_srtp_mode", mode));
        assertThat(own("cisco-spa-7.5.5", "SPA504G", raw))
                .containsEntry("Secure_Call_Serv", service)
                .containsEntry("Secure_Call_Serv_1_", service)
                .containsEntry("SRTP_Method", "s-descriptor");
        assertThat(own("cisco-spa-1xx", "SPA122", raw)).containsEntry("Secure_Call_Serv_1_", service);
        assertThat(own("cisco-mpp-11", "8851", raw))
                .containsEntry("Secure_Call_Setting", service)
                .containsEntry("Secure_Call_Option_1_", option);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cisco-spa-7.5.5, SPA504G, 1, -, -",
                "cisco-spa-7.5.5, SPA504G, 4, Extended_Function_4_, -",
                "cisco-spa-7.5.5, SPA504G, 5, Unit_1_Key_1, -",
                "cisco-spa-7.5.5, SPA504G, 36, Unit_1_Key_32, -",
                "cisco-spa-7.5.5, SPA504G, 37, Unit_2_Key_1, -",
                "cisco-spa-7.5.5, SPA504G, 68, Unit_2_Key_32, -",
                "cisco-spa-7.5.5, SPA504G, 69, -, -",
                "cisco-spa-7.5.5, SPA502G, 2, Unit_1_Key_2, -",
                "cisco-spa-legacy, SPA942, 5, -, -",
                "cisco-mpp-11, 6851, 5, Unit_1_Key_1, -",
                "cisco-mpp-11, 8851, 11, -, -",
                "cisco-mpp-12, 8851, 11, Unit_1_Key_1_, Maximum",
                "cisco-mpp-12, 8851, 75, -, Normal",
                "cisco-mpp-12, 7811, 2, -, Normal",
                "cisco-spa-1xx, SPA122, 2, -, -"
            })
    void numbersKeysOverPhoneAndModules(String plugin, String model, int number, String tag, String power)
            throws Exception {
        Map<String, Object> key = Map.of("type", "speeddial", "value", "2001", "label", "L");
        Map<String, String> file = own(plugin, model, lines(Map.of("funckeys", Map.of("" + number, key))));
        assertThat(file.entrySet().stream()
                        .filter(e -> e.getValue().startsWith("fnc="))
                        .map(Map.Entry::getKey)
                        .toList())
                .isEqualTo(tag == null ? List.of() : List.of(tag));
        if (tag != null) {
            assertThat(file).containsEntry(tag, "fnc=sd;ext=2001@$PROXY;nme=L");
        }
        assertThat(file.get("PoE_Power_Required")).isEqualTo(power);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "speeddial | 2001 | Desk | 1 | fnc=sd;ext=2001@$PROXY;nme=Desk",
                "blf | 1002 | - | 1 | fnc=sd+blf+cp;sub=1002@$PROXY;nme=1002",
                "blf | 1002 | Bob | 2 | fnc=sd+blf+cp;sub=1002@$PROXY;nme=Bob;vid=2",
                "blf | 1;fnc=x | a;b | 1 | fnc=sd+blf+cp;sub=1 fnc=x@$PROXY;nme=a b",
                "park | 700 | P | 1 | -"
            })
    void translatesKeys(String type, String value, String label, long line, String written) throws Exception {
        Map<String, Object> key = new HashMap<>(Map.of("type", type, "value", value, "line", line));
        key.put("label", label);
        Map<String, String> file = own("cisco-spa-7.5.5", "SPA504G", lines(Map.of("funckeys", Map.of("3", key))));
        assertThat(file.get("Extended_Function_3_")).isEqualTo(written);
        assertThat(file.get("Extension_3_")).isEqualTo(written == null ? null : "Disabled");
    }

    @Test
    void anAccountWinsOverAKeyOnTheSameNumber() throws Exception {
        Map<String, Object> key = Map.of("type", "speeddial", "value", "2001");
        assertThat(own("cisco-spa-7.5.5", "SPA504G", lines(Map.of("funckeys", Map.of("1", key)))))
                .containsEntry("Extension_1_", "1")
                .containsEntry("Short_Name_1_", "1001")
                .containsEntry("Extended_Function_1_", "");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "de_DE, German, de-DE, 425@-10;*(*/0/1)",
                "de_CH, German, en-US, 425@-10;*(*/0/1)",
                "en_US, English, en-US, '350@-19,440@-19;10(*/0/1+2)'",
                "fr_CA, French, fr-CA, '350@-19,440@-19;10(*/0/1+2)'",
                "fr_FR, French, fr-FR, 440@-10;*(*/0/1)",
                "es_ES, Spanish, es-ES, 425@-10;*(*/0/1)",
                "it_IT, English, en-US, '425@-10;*(.2/.2/1,.6/1/1)'",
                "ja_JP, English, en-US, -",
                "-, English, en-US, -"
            })
    void speaksTheLanguageAndSoundsLikeTheCountry(String locale, String language, String code, String dialTone)
            throws Exception {
        Map<String, Object> more = new HashMap<>();
        more.put("locale", locale);
        Map<String, String> file = own("cisco-spa-7.5.5", "SPA504G", lines(more));
        assertThat(file).containsEntry("Language_Selection", language).containsEntry("Locale", code);
        assertThat(file.get("Dial_Tone")).isEqualTo(dialTone);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cisco-spa-7.5.5, SPA301, '($SWVER lt 7.5.2b) ? B/firmware/spa50x-30x-7-5-2b.bin | "
                        + "B/firmware/spa50x-30x-7-5-5.bin', -",
                "cisco-spa-7.5.5, SPA514G, B/firmware/spa51x-7-5-5.bin, x0=spa50x_30x_en_v755.xml",
                "cisco-spa-7.5.5, SPA525G2, B/firmware/spa525g-7-5-5.bin, x2=spa525_de_v755.xml",
                "cisco-spa-legacy, SPA921, B/firmware/spa941-5-1-8.bin, -",
                "cisco-spa-legacy, SPA962, B/firmware/spa962-6-1-5a.bin, serv=B/i18n/;d0=English;x0=enS.xml",
                "cisco-spa-legacy, SPA8800, B/firmware/spa8800-6-1-7-GW.bin, -",
                "cisco-spa-1xx, SPA112, B/firmware/SPA112-SPA122_1.3.5_004p.bin, -",
                "cisco-ata19x, ATA192, B/firmware/ATA19x.11-1-0MPP0401-002.img, -",
                "cisco-mpp-11, 6821, B/sip6821.11-3-1MSR3-3.loads, en-US_78xx_68xx-11.3.2.1000.xml",
                "cisco-mpp-11, 7832, B/sip7832.11-3-1MSR3-3.loads, en-US_78xx_68xx-11.3.2.1000.xml",
                "cisco-mpp-11, 8811, B/sip88xx.11-3-1MSR3-3.loads, en-US_88xx-11.3.2.1000.xml",
                "cisco-mpp-12, 7861, B/sip78xx.12-0-7MPP0201-66.loads, "
                        + "serv=B/locales/;d0=English;x0=en-US_78xx_68xx-12.0.4.0002.xml",
                "cisco-mpp-12, 7832, '', en-US_78xx_68xx-12.0.4.0002.xml",
                "cisco-mpp-12, 8865, '', -"
            })
    void namesFirmwareAndDictionaries(String plugin, String model, String rule, String dictionary) throws Exception {
        Map<String, String> file = own(plugin, model, lines(Map.of()));
        String base = "http://prov.example.org/p";
        assertThat(file).containsEntry("Upgrade_Rule", rule.replace("B/", base + "/"));
        if (dictionary != null) {
            assertThat(file.get("Dictionary_Server_Script")).contains(dictionary.replace("B/", base + "/"));
        }
    }

    @Test
    void switchesOffWhatTheConfigDoesNotUse() throws Exception {
        assertThat(own("cisco-spa-7.5.5", "SPA504G", lines(Map.of("ntp_ip", "192.0.2.1", "vlan_id", 7L))))
                .containsEntry("Primary_NTP_Server", "")
                .containsEntry("Primary_DNS", "")
                .containsEntry("Syslog_Server", "")
                .containsEntry("Enable_VLAN", "No")
                .containsEntry("User_Password", "")
                .containsEntry("XML_Directory_Service_URL", "")
                .doesNotContainKeys("VLAN_ID", "Admin_Passwd", "Time_Zone");
    }

    @Test
    void adaptersGetRouterSettingsAndNoKeys() throws Exception {
        Map<String, Object> raw = lines(Map.of(
                "timezone", "America/New_York", "admin_username", "root", "admin_password", "s", "locale", "en_US"));
        assertThat(own("cisco-spa-1xx", "SPA122", raw))
                .containsEntry("WAN_VLAN_Enable", "0")
                .containsEntry("WAN_VLAN_ID", "1")
                .containsEntry("Web_Login_Admin_Name", "root")
                .containsEntry("Web_Login_Admin_Password", "s")
                .containsEntry("Web_Login_Guest_Password", "cisco")
                .containsEntry("FXS_Port_Impedance", "600")
                .containsEntry("Time_Zone", "-05 2 1")
                .doesNotContainKeys("Extension_1_", "Station_Name");
        assertThat(own("cisco-ata19x", "ATA191", raw))
                .containsEntry("Web_Login_Admin_Name", "admin")
                .containsEntry("Web_Login_Admin_Password", "s")
                .doesNotContainKey("Web_Login_Guest_Password");
        assertThat(own("cisco-spa-legacy", "PAP2T", raw)).doesNotContainKey("WAN_VLAN_ID");
    }

    @Test
    void oldPhonesGetLatinLetters() throws Exception {
        Map<String, Object> raw = lines(Map.of(
                "sip_lines", Map.of("1", Map.of("username", "a", "password", "é€", "display_name", "Zoë Čech 電 ½"))));
        byte[] latin = bytes("cisco-spa-legacy", "SPA942", OWN, raw);
        String text = new String(latin, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"");
        assertThat(text).contains("<Display_Name_1_>Zoë Cech ? ½</Display_Name_1_>", "<Password_1_>é?</Password_1_>");
        assertThat(new String(bytes("cisco-spa-7.5.5", "SPA504G", OWN, raw), StandardCharsets.UTF_8))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"")
                .contains("Zoë Čech 電 ½");
    }

    @Test
    void anOnboardingFileIsOrdinary() throws Exception {
        PhoneConfig claimed = VendorTestKit.config(lines(Map.of()), 2026);
        PhoneConfig onboarding = new PhoneConfig(claimed.raw(), 2026, true);
        assertThat(KIT.generate("cisco-spa-7.5.5", device("SPA504G"), onboarding, OWN))
                .isEqualTo(KIT.generate("cisco-spa-7.5.5", device("SPA504G"), claimed, OWN));
    }

    /** Over TFTP a phone says its model only, so this file is for a device without a MAC. */
    @ParameterizedTest
    @CsvSource({
        "cisco-spa-legacy, SPA941, spa941.cfg",
        "cisco-spa-legacy, PAP2T, init.cfg",
        "cisco-ata19x, ATA191, ata191.cfg",
        "cisco-mpp-11, 8851, 8851-3PCC.xml",
        "cisco-spa-legacy, SPA3000, spa3000.cfg"
    })
    void theFirstFileNeedsNoMac(String plugin, String model, String name) throws Exception {
        Device device = Device.create("d").vendor("Cisco").model(model).build();
        PhoneFile file = KIT.generator(plugin).file(device, name).orElseThrow();
        assertThat(file.access()).isEqualTo(PhoneFile.Access.OPEN);
        assertThat(file.perDevice()).isFalse();
        assertThat(KIT.generate(plugin, device, VendorTestKit.config(lines(Map.of()), 2026), name))
                .contains("/$MA.xml</Profile_Rule_C>")
                .doesNotContain("alice");
        assertThat(KIT.generator(plugin).file(device, OWN)).isEmpty();
    }

    @Test
    void commonFilesHoldNothingOfTheConfig() throws Exception {
        Map<String, Object> raw =
                lines(Map.of("admin_password", "s3cret", "locale", "de_DE", "timezone", "Asia/Tokyo"));
        for (String file : List.of("spa-phone.xml", "spa504G.cfg")) {
            assertThat(render("cisco-spa-7.5.5", "SPA504G", file, raw))
                    .isEqualTo(render("cisco-spa-7.5.5", "SPA504G", file, lines(Map.of())));
        }
    }

    @Test
    void anAta190HasAFileForEachPort() throws Exception {
        Map<String, Object> raw = lines(Map.of(
                "sip_lines",
                Map.of("1", Map.of("username", "a", "password", "p"), "2", Map.of("username", "b", "password", "q"))));
        Device device = device("ATA190");
        assertThat(KIT.generator("cisco-ata190").files(device))
                .extracting(PhoneFile::name)
                .containsExactly("ATA0002FD0A0B0C.cnf.xml", "dialplan.xml", "ATA02FD0A0B0C01.cnf.xml");
        assertThat(render("cisco-ata190", "ATA190", "ATA0002FD0A0B0C.cnf.xml", raw))
                .contains("<name>a</name>")
                .doesNotContain("<name>b</name>");
        assertThat(render("cisco-ata190", "ATA190", "ATA02FD0A0B0C01.cnf.xml", raw))
                .contains("<name>b</name>")
                .doesNotContain("<name>a</name>");
        assertThat(render("cisco-ata190", "ATA190", "ATA02FD0A0B0C01.cnf.xml", lines(Map.of())))
                .contains("<sipLines></sipLines>");
        assertThat(KIT.generator("cisco-ata190").files(device).stream()
                        .filter(f -> f.access() == PhoneFile.Access.SECRET))
                .hasSize(2);
        assertThat(KIT.generator("cisco-ata190").files(device).stream().filter(PhoneFile::stateTrigger))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/0002FD0A0B0C.xml, 0002fd0a0b0c.xml",
        "/key/0002fd0a0b0c.xml, 0002fd0a0b0c.xml",
        "/Cisco/CP-8851-3PCC/00562B040506.cfg, 00562b040506.xml",
        "/ata0002fd0a0b0c.cnf.xml, ATA0002FD0A0B0C.cnf.xml",
        "/a/spa504g.cfg, spa504G.cfg",
        "/spa525G2.cfg, spa525G2.cfg",
        "/spa941.cfg, spa941.cfg",
        "/INIT.CFG, init.cfg",
        "/a/8851-3pcc.xml, 8851-3PCC.xml",
        "/a/SPA-Phone.xml, spa-phone.xml",
        "/a/dialplan.xml, dialplan.xml",
        "/a/firmware/spa51x-7-5-5.bin, firmware/spa51x-7-5-5.bin",
        "/i18n/enS.xml, i18n/enS.xml",
        "/locales/en-US_88xx-11.3.2.1000.xml, locales/en-US_88xx-11.3.2.1000.xml",
        "/sip88xx.11-3-1MSR3-3.loads, sip88xx.11-3-1MSR3-3.loads",
        "/a/b, a/b"
    })
    void findsFilesUnderAnyFolderAndSpelling(String path, String found) {
        assertThat(KIT.generator("cisco-spa-7.5.5").path(http(path, ""))).isEqualTo(found);
        assertThat(KIT.generator("cisco-mpp-12").path(tftp(path))).isEqualTo(found);
    }

    @Test
    void refusesConfigsThatMakeNoUsableFile() {
        Map<String, Object> noServer = lines(Map.of());
        noServer.remove("sip_proxy_ip");
        assertRefused("cisco-spa-7.5.5", "SPA504G", OWN, noServer, "line 1 has no server");
        assertRefused("cisco-mpp-12", "8851", OWN, noServer, "line 1 has no server");
        assertRefused("cisco-ata190", "ATA190", "ATA0002FD0A0B0C.cnf.xml", noServer, "line 1 has no server");
        Map<String, Object> vlan = lines(Map.of("vlan_enabled", true, "vlan_id", 4095L));
        assertRefused("cisco-spa-7.5.5", "SPA504G", OWN, vlan, "vlan_id must be a whole number from 0 to 4094");
        Map<String, Object> noUrl = lines(Map.of());
        noUrl.remove("http_base_url");
        assertRefused("cisco-spa-7.5.5", "SPA504G", "spa504G.cfg", noUrl, "http_base_url is missing");
    }

    @Test
    void firmwareTableIsComplete() {
        List<Map<?, ?>> packages = new ArrayList<>();
        KIT.files()
                .lines()
                .forEach(line -> ((List<?>) line.facts().get("packages")).forEach(item -> {
                    Map<?, ?> one = (Map<?, ?>) item;
                    packages.add(one);
                    if (one.get("models") instanceof List<?> models) {
                        assertThat(models).allMatch(line.models()::containsKey);
                    }
                    assertThat((Long) one.get("bytes")).isPositive();
                    if (one.containsKey("sha1")) {
                        assertThat(one.get("sha1").toString()).matches("[0-9a-f]{40}");
                    }
                }));
        assertThat(packages).hasSize(26);
        assertThat(packages.stream().filter(one -> one.containsKey("sha1"))).hasSize(7);
    }

    @Test
    void isToldByCheckSync() {
        assertThat(KIT.generator("cisco-spa-7.5.5").resync(device("SPA504G")))
                .get()
                .extracting("event")
                .isEqualTo("check-sync");
    }

    private static void assertRefused(
            String plugin, String model, String file, Map<String, Object> raw, String message) {
        assertThatThrownBy(() -> render(plugin, model, file, raw))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("Cisco " + file + ": ")
                .hasMessageContaining(message);
    }

    private static Map<String, Object> lines(Map<String, Object> more) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("http_base_url", "http://prov.example.org/p/");
        raw.put("sip_proxy_ip", "192.0.2.10");
        raw.put(
                "sip_lines",
                Map.of("1", Map.of("username", "alice", "password", "p", "display_name", "Alice", "number", "1001")));
        raw.putAll(more);
        return raw;
    }

    private static Device device(String model) {
        return Device.create("d")
                .mac(MacAddress.parse("00:02:fd:0a:0b:0c").orElseThrow())
                .vendor("Cisco")
                .model(model)
                .build();
    }

    private static String name(String url) {
        String name = url.substring(url.lastIndexOf('/') + 1).replace("$MA", "0002fd0a0b0c");
        return name.replaceFirst("\\?.*", "");
    }

    private static byte[] bytes(String plugin, String model, String file, Map<String, Object> raw) throws Exception {
        ConfigGenerator generator = KIT.generator(plugin);
        return generator.generate(
                generator.file(device(model), file).orElseThrow(), device(model), VendorTestKit.config(raw, 2026));
    }

    private static String render(String plugin, String model, String file, Map<String, Object> raw) throws Exception {
        return KIT.generate(plugin, device(model), VendorTestKit.config(raw, 2026), file);
    }

    private static Map<String, String> own(String plugin, String model, Map<String, Object> raw) throws Exception {
        return parse(render(plugin, model, OWN, raw));
    }

    /** What the device remembers: of each tag the last mention. */
    private static Map<String, String> parse(String text) {
        Map<String, String> result = new LinkedHashMap<>();
        Matcher matcher = TAG.matcher(text);
        while (matcher.find()) {
            assertThat(matcher.group(3)).isEqualTo(matcher.group(1));
            result.put(matcher.group(1), matcher.group(2));
        }
        return result;
    }
}
