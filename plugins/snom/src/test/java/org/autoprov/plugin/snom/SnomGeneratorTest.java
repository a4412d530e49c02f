// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnomGeneratorTest {

    private static final VendorTestKit KIT = VendorTestKit.of(SnomGenerator.class, SnomGenerator::of);
    private static final MacAddress MAC = MacAddress.parse("0004139a0b0c").orElseThrow();
    private static final String NEWEST = "snom-10.1.215.13";
    private static final String ONE_LINE = """
            "http_base_url": "http://192.0.2.1:8667", "sip_proxy_ip": "192.0.2.3",
            "sip_lines": {"1": {"username": "u1", "password": "p1", "display_name": "One"}}
            """;

    @Test
    void makesTheGoldenFiles() {
        KIT.checkGolden();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // the model's own line
                "D785, 10.1.215.13, snom-10.1.215.13, EXACT",
                "D785, 10.1.39.11, snom-10.1.39.11, EXACT",
                "D785, 10.1.46.16, snom-10.1.46, EXACT",
                "D785, 10.1.300.1, snom-10.1.215.13, EXACT",
                "715, 8.7.5.35, snom-8.7.5.35, EXACT",
                "715, 8.9.3.60, snom-8.9.3.60, EXACT",
                "D745, 8.9.3.40, snom-8.9.3.40, EXACT",
                "320, 8.4.18, snom-8.7.5.35, EXACT",
                "320, 7.3.30, snom-8.7.5.35, EXACT",
                "M300, 05.20.0001, snom-dect-05.20, EXACT",
                "M900, 05.20.0001, snom-dect-05.20, EXACT",
                "M900, 07.40.0104, snom-dect-07.40, EXACT",
                // a firmware that no line of the model has: the newest of its major version
                "D375, 10.1.215.13, snom-10.1.54.13, COMPLETE",
                "710, 8.9.3.60, snom-8.9.3.80, COMPLETE",
                "D785, -, snom-10.1.215.13, COMPLETE",
                "M700, -, snom-dect-05.20, COMPLETE",
                "M900, -, snom-dect-07.40, COMPLETE",
                // an unknown model
                "D999, 10.1.215.13, snom-10.1.215.13, INCOMPLETE",
                "D999, 10.1.184.15, snom-10.1.184.15, INCOMPLETE",
                "M999, 07.40.0104, snom-dect-07.40, INCOMPLETE",
                "D999, -, snom-10.1.215.13, PROBABLE",
                "M999, -, snom-dect-07.40, PROBABLE",
                "-, -, snom-10.1.215.13, PROBABLE",
                // too old for XML
                "320, 6.5.20, -, NONE",
                "M700, 04.10.0003, -, NONE",
            })
    void givesADeviceToTheLineOfItsFirmware(String model, String version, String plugin, SupportLevel level) {
        DeviceInfo info = DeviceInfo.NOTHING.withVendor("Snom").withModel(model).withVersion(version);
        assertThat(KIT.best(info)).isEqualTo(plugin);
        for (FirmwareLine line : KIT.files().lines()) {
            SupportLevel own = KIT.generator(line.pluginId()).support(info);
            if (line.pluginId().equals(plugin)) {
                assertThat(own).isEqualTo(level);
            } else {
                assertThat(own).as(line.pluginId()).isLessThan(plugin == null ? SupportLevel.IMPROBABLE : level);
            }
        }
    }

    @Test
    void leavesOtherVendorsAndUnknownOnesAlone() {
        DeviceInfo other =
                DeviceInfo.NOTHING.withVendor("Yealink").withModel("715").withVersion("10.1.215.13");
        assertThat(KIT.generator(NEWEST).support(other)).isEqualTo(SupportLevel.IMPROBABLE);
        assertThat(KIT.generator(NEWEST).support(DeviceInfo.NOTHING)).isEqualTo(SupportLevel.UNKNOWN);
    }

    @Test
    void everyFirmwareBelongsToOneLine() {
        List<String> versions = new ArrayList<>(List.of("8.9.3.99", "8.9.4.1", "9.0.1", "10.0.1", "10.2.1", "11.1.1"));
        for (int build = 1; build < 420; build++) {
            versions.add("10.1." + build + ".7");
        }
        for (int build = 1; build < 130; build++) {
            versions.add("8.9.3." + build);
        }
        versions.addAll(List.of("7.1.1", "7.3.1", "8.0.1", "8.4.18", "8.7.5.35", "8.8.1", "8.9.0.1", "8.9.2.1"));
        versions.addAll(List.of("05.20.0001", "06.50.0001", "07.40.0104", "08.10.0001"));
        for (String version : versions) {
            assertThat(KIT.files().lines().stream()
                            .filter(line -> line.firmware().matcher(version).lookingAt())
                            .map(FirmwareLine::pluginId))
                    .as(version)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "snom-10.1.215.13, D785, 0004139A0B0C.xml", "snom-8.7.5.35, 300, 0004139A0B0C.xml",
        "snom-8.9.3.80, 710, 0004139A0B0C.xml", "snom-dect-05.20, M300, 0004139A0B0C.xml",
        "snom-dect-07.40, M900, 0004139A0B0C.xml", "snom-10.1.215.13, D785, snomD785-0004139A0B0C.htm"
    })
    void hostileValuesStayValues(String plugin, String model, String file) {
        KIT.hostileValuesAddNoLine(plugin, device(model), file);
    }

    @Test
    void makesAllFilesOfEveryModelOnceAndOnlyTheDevicesOwnSecret() throws Exception {
        PhoneConfig config = config("");
        for (FirmwareLine line : KIT.files().lines()) {
            for (String model : line.models().keySet()) {
                Set<String> names = new HashSet<>();
                for (PhoneFile file : KIT.generator(line.pluginId()).files(device(model))) {
                    assertThat(names.add(file.name())).as(file.name()).isTrue();
                    String text = KIT.generate(line.pluginId(), device(model), config, file.name());
                    assertThat(text).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
                    boolean own = file.name().equals("0004139A0B0C.xml");
                    assertThat(text.contains("p1")).as(file.name()).isEqualTo(own);
                    assertThat(file.access() == PhoneFile.Access.SECRET).isEqualTo(own);
                    assertThat(file.stateTrigger()).isEqualTo(own);
                }
                assertThat(names)
                        .contains(
                                "snom" + model + ".htm",
                                "snom" + model + "-0004139A0B0C.htm",
                                "snom-general.xml",
                                "snom" + model + ".xml",
                                "0004139A0B0C.xml");
            }
        }
    }

    @Test
    void namesTheFirmwareOnlyWhereTheLineListsOne() throws Exception {
        assertThat(firmware(NEWEST, "D713"))
                .contains("<firmware perm=\"\">http://192.0.2.1:8667/firmware/"
                        + "snomD713-10.1.215.13-SIP-r.bin?mac={mac}<")
                .doesNotContain("ramdisk", "firmware_uxm");
        assertThat(firmware(NEWEST, "715"))
                .contains("snom715-ramdisk-chained-update-r.bin?mac={mac}&amp;chained_url="
                        + "http://192.0.2.1:8667/firmware/snom715-10.1.215.13-SIP-r.bin%3Fmac%3D{mac}<");
        assertThat(firmware(NEWEST, "D892")).contains("snomD892-10.1.215.13-SIP-r.swu?mac", "snomD8C-1.6.1-r.bin");
        assertThat(firmware("snom-8.9.3.80", "715")).doesNotContain("<firmware ", "<firmware_uxm");
        assertThat(firmware("snom-dect-05.20", "M700"))
                .contains("<fp_fwu_sw_version>520<", "<fp_fwu_branch_version>1<", "type=\"M25\">520<")
                .doesNotContain("M30\"");
    }

    @Test
    void listedFirmwareHasSizeAndDigest() {
        int count = 0;
        for (FirmwareLine line : KIT.files().lines()) {
            if (line.facts().get("packages") instanceof List<?> files) {
                for (Object element : files) {
                    Map<?, ?> file = (Map<?, ?>) element;
                    count++;
                    assertThat((Long) file.get("bytes")).isPositive();
                    assertThat((String) file.get("rule")).endsWith("/" + file.get("file"));
                    if (file.get("download") != null) {
                        assertThat(file.get("download").toString())
                                .isEqualTo(
                                        "https://downloads.snom.com/fw/" + line.version() + "/bin/" + file.get("file"));
                    }
                    assertThat(line.models())
                            .containsKeys(((List<?>) file.get("models"))
                                    .stream().map(String::valueOf).toArray(String[]::new));
                    if (!"ramdisk".equals(file.get("use"))) {
                        assertThat((String) file.get("sha1")).matches("[0-9a-f]{40}");
                    }
                }
            }
        }
        assertThat(count).isEqualTo(15 + 6 + 2 + 8 + 9);
    }

    @Test
    void handsetPinIsKnownOnlyUntilTheBaseIsClaimed() throws Exception {
        Map<String, Object> raw = config("").raw();
        Device base = device("M900");
        String claimed = KIT.generate("snom-dect-07.40", base, new PhoneConfig(raw, 2026, false), "0004139A0B0C.xml");
        String onboarding = KIT.generate("snom-dect-07.40", base, new PhoneConfig(raw, 2026, true), "0004139A0B0C.xml");
        assertThat(claimed).contains("<subscr_dect_ac_code idx=\"1\">0001</subscr_dect_ac_code>");
        assertThat(onboarding).contains("<subscr_dect_ac_code idx=\"1\">0000</subscr_dect_ac_code>");
    }

    @Test
    void aBaseTakesTenServersAndLeavesOutLinesOfOthers() throws Exception {
        Map<String, Object> lines = new LinkedHashMap<>();
        for (int i = 1; i <= 12; i++) {
            String proxy = "192.0.2." + (i == 12 ? 1 : i);
            lines.put(String.valueOf(i), Map.of("username", "u" + i, "password", "p", "proxy_ip", proxy));
        }
        PhoneConfig config = VendorTestKit.config(Map.of("http_base_url", "http://a", "sip_lines", lines), 2026);
        assertThat(KIT.generate("snom-dect-05.20", device("M700"), config, "0004139A0B0C.xml"))
                .contains("<srv_sip_server_alias idx=\"10\">", "<user_name idx=\"10\">u10<")
                .contains("<user_name idx=\"12\">u12<", "<subscr_sip_ua_data_server_id idx=\"12\">1<")
                .doesNotContain("idx=\"11\"");
    }

    @Test
    void oldFirmwareGivesThe710MoreIdentitiesAndModules() throws Exception {
        PhoneConfig config = config("""
                , "sip_backup_proxy_ip": "192.0.2.4", "funckeys": {"7": {"type": "blf", "value": "7"}}
                """);
        assertThat(own("snom-8.7.5.35", "710", config))
                .contains("<fkey idx=\"6\"")
                .contains("idx=\"2\" perm");
        assertThat(own("snom-8.9.3.80", "710", config)).doesNotContain("<fkey idx=\"6\"");
    }

    @Test
    void aLineWithoutAFreeIdentityHasNoBackup() throws Exception {
        PhoneConfig config = config(", \"sip_backup_proxy_ip\": \"192.0.2.4\"");
        assertThat(own("snom-8.7.5.35", "PA1", config))
                .doesNotContain("user_failover_identity", "hide_identity", "status_msgs_that_are_blocked");
    }

    @ParameterizedTest
    @CsvSource({"vlan_id, 4095", "vlan_id, x", "vlan_priority, 8", "vlan_pc_port_id, 5000"})
    void refusesAVlanOutOfRange(String name, String value) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("http_base_url", "http://a");
        raw.put("vlan_enabled", true);
        raw.put("vlan_id", 1);
        raw.put(name, value);
        PhoneConfig config = VendorTestKit.config(raw, 2026);
        assertThatThrownBy(() -> own(NEWEST, "D785", config))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(name + " is " + value);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> own(NEWEST, "D785", VendorTestKit.config("{}", 2026)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("http_base_url");
        String noProxy = "{\"http_base_url\": \"http://a\", \"sip_lines\": {\"2\": {\"username\": \"u\"}}}";
        assertThatThrownBy(() -> own(NEWEST, "D785", VendorTestKit.config(noProxy, 2026)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("sip_lines.2 has no proxy_ip");
        assertThatThrownBy(() -> own("snom-dect-07.40", "M400", VendorTestKit.config(noProxy, 2026)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("sip_lines.2 has no proxy_ip");
    }

    @ParameterizedTest
    @CsvSource({
        "snomD785.htm, snomD785.htm",
        "key/snomD785.htm, snomD785.htm",
        "a/b/0004139A0B0C.xml, 0004139A0B0C.xml",
        "key/firmware/snomD785-r.bin, firmware/snomD785-r.bin",
        "i18n/gui_lang_DE.xml, i18n/gui_lang_DE.xml",
        "k/M900/M900_v0740_b0104.fwu, M900/M900_v0740_b0104.fwu",
        "'', ''",
        "x/, ''",
    })
    void aPrefixOfThePathDoesNoHarm(String asked, String found) {
        PhoneRequest request = PhoneRequest.from(Protocol.HTTP, InetAddress.getLoopbackAddress())
                .path(asked)
                .build();
        assertThat(KIT.generator(NEWEST).path(request)).isEqualTo(found);
    }

    @Test
    void restartsOnlyBaseStations() {
        assertThat(KIT.generator(NEWEST).resync(device("D785")).orElseThrow().event())
                .isEqualTo("check-sync;reboot=false");
        assertThat(KIT.generator("snom-dect-07.40")
                        .resync(device("M900"))
                        .orElseThrow()
                        .event())
                .isEqualTo("check-sync;reboot=true");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "de_DE, Deutsch, GER",
                "de_AT, Deutsch, -",
                "en_GB, English, -",
                "fr_CA, Français, USA",
                "pt_BR, -, -",
                "-, -, -"
            })
    void takesTheLanguageOfAnUnlistedCountry(String locale, String language, String tone) {
        assertThat(SnomLocale.of(locale).language()).isEqualTo(language);
        assertThat(SnomLocale.of(locale).tone()).isEqualTo(tone);
    }

    private static PhoneConfig config(String more) {
        return VendorTestKit.config("{" + ONE_LINE + more + "}", 2026);
    }

    private static String own(String plugin, String model, PhoneConfig config) throws InvalidConfigException {
        return KIT.generate(plugin, device(model), config, "0004139A0B0C.xml");
    }

    private static String firmware(String plugin, String model) throws InvalidConfigException {
        return KIT.generate(plugin, device(model), config(""), "snom" + model + "-firmware.xml");
    }

    private static Device device(String model) {
        return Device.create("d").mac(MAC).vendor("Snom").model(model).build();
    }
}
