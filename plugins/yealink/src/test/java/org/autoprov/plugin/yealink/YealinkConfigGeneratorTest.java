// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.yealink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.core.testing.VendorTestKit.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.testing.VendorTestKit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YealinkConfigGeneratorTest {

    private static final VendorTestKit KIT =
            VendorTestKit.of(YealinkConfigGenerator.class, YealinkConfigGenerator::new);
    private static final List<String> LINES = Stream.of(73, 80, 81, 82, 83, 84, 85, 86, 87)
            .map(n -> "yealink-v" + n)
            .toList();
    private static final String NULL = "%NULL%";

    @Test
    void makesTheGoldenFiles() {
        KIT.checkGolden();
    }

    /** Every model on every line that lists it: one header, one assignment a line, all accounts and keys covered. */
    @TestFactory
    Stream<DynamicTest> writesAllAccountsAndKeysOfEachModel() {
        return LINES.stream()
                .flatMap(plugin -> KIT.generator(plugin).description().capabilities().entrySet().stream()
                        .map(entry -> {
                            String model = entry.getKey().split(", ")[1];
                            return DynamicTest.dynamicTest(plugin + " " + model, () -> {
                                Map<String, String> file = render(plugin, model, lines(Map.of()));
                                long accounts = (Long) entry.getValue().get("lines");
                                assertThat(file.keySet().stream().filter(k -> k.matches("account\\.[0-9]+\\.enable")))
                                        .hasSize((int) accounts);
                                if (accounts > 0) {
                                    assertThat(file.get("account.1.enable")).isEqualTo("1");
                                    assertThat(file.get("account." + (accounts + 1) + ".enable"))
                                            .isNull();
                                }
                                assertThat(file.keySet().stream()
                                                .filter(k -> k.matches("(linekey|memorykey)\\.[0-9]+\\.type")))
                                        .hasSize(((Long) entry.getValue().get("function_keys")).intValue());
                                assertThat(file.keySet().stream()
                                                .filter(k -> k.matches("expansion_module\\.[0-9]+\\.key\\.1\\.type")))
                                        .hasSize(((Long) entry.getValue().get("expansion_modules")).intValue());
                            });
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "T28P yealink-v73",
                "T46G yealink-v80",
                "T46S yealink-v81",
                "T46S yealink-v86",
                "W60B yealink-v84",
                "W90DM yealink-v87",
                "W80DM yealink-v85",
                "CP920 yealink-v86",
                "AX83H yealink-v87"
            })
    void hostileValuesAddNoLine(String modelAndPlugin) {
        String[] part = modelAndPlugin.split(" ");
        KIT.hostileValuesAddNoLine(part[1], device(part[0]), "805ec0000004.cfg");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "yealink-v73, '', lang.gui, account.1.transport, -, -, syslog.mode, firmware.url",
                "yealink-v80, '', lang.gui, account.1.sip_server.1.transport_type, -, -, syslog.mode, firmware.url",
                "yealink-v81, static., static.lang.gui, account.1.sip_server.2.transport_type, -, -, static.syslog.enable, -",
                "yealink-v82, static., static.lang.gui, account.1.sip_server.2.transport_type, -, -, static.syslog.enable, -",
                "yealink-v83, static., lang.gui, account.1.sip_server.2.transport_type, action_url.dnd_on, "
                        + "static.auto_provision.server.url, static.syslog.enable, -",
                "yealink-v87, static., lang.wui, account.1.sip_server.2.transport_type, action_url.dnd_off, "
                        + "static.auto_provision.server.url, static.syslog.enable, -"
            })
    void namesParametersAsTheFirmwareLineDoes(
            String plugin,
            String prefix,
            String lang,
            String transport,
            String dnd,
            String serverUrl,
            String syslog,
            String firmware)
            throws Exception {
        Map<String, String> file = render(plugin, "T46G", lines(Map.of("sip_transport", "tls", "locale", "fr_CA")));
        assertThat(file)
                .containsEntry(prefix + "auto_provision.pnp_enable", "0")
                .containsEntry(lang, "French");
        assertThat(file).containsEntry(transport, "2").containsEntry(syslog, "0");
        assertThat(file.containsKey("static.auto_provision.pnp_enable")).isEqualTo(!prefix.isEmpty());
        assertThat(file.containsKey("action_url.dnd_on")).isEqualTo(dnd != null);
        assertThat(file.containsKey("static.auto_provision.server.url")).isEqualTo(serverUrl != null);
        assertThat(file.keySet()).noneMatch(key -> key.endsWith("firmware.url")); // none is known for a T46G
    }

    @ParameterizedTest
    @CsvSource({
        "yealink-v86, T46S, static.firmware.url, 'T46S(T48S,T42S,T41S)-66.86.0.15.rom'",
        "yealink-v86, T41S, static.firmware.url, 'T46S(T48S,T42S,T41S)-66.86.0.15.rom'",
        "yealink-v87, T57W, static.firmware.url, 'T54W(T57W,T53W,T53,T53C,T54,T57)-96.87.0.15.rom'",
        "yealink-v87, W75B, static.firmware.url, $PN-175.87.0.18.rom",
        "yealink-v87, T58W, over_the_air.url.w73h, W73H-116.87.0.5.rom",
        "yealink-v87, W70B, over_the_air.url.w56h, W56H-61.87.0.5.rom"
    })
    void namesTheFirmwareVerbatim(String plugin, String model, String key, String file) throws Exception {
        assertThat(render(plugin, model, lines(Map.of())))
                .containsEntry(key, "http://prov.example.org/firmware/" + file);
    }

    @Test
    void namesFirmwareOnlyForItsOwnLine() throws Exception {
        assertThat(render("yealink-v85", "T46S", lines(Map.of()))).doesNotContainKey("static.firmware.url");
        assertThat(render("yealink-v87", "T46S", lines(Map.of()))).doesNotContainKey("static.firmware.url");
        assertThat(render("yealink-v84", "T54W", lines(Map.of()))).doesNotContainKey("over_the_air.handset_tip");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "yealink-v85, T46S, 1001, 1001, Alice",
                "yealink-v85, T46S, -, Alice, Alice",
                "yealink-v86, T46S, 1001, Alice, -",
                "yealink-v86, W60B, 1001, 1001 Alice, Alice",
                "yealink-v86, W60B, -, Alice, Alice"
            })
    void labelsAccounts(String plugin, String model, String number, String label, String displayName) throws Exception {
        Map<String, Object> line = new HashMap<>(Map.of("username", "a", "password", "p", "display_name", "Alice"));
        line.put("number", number);
        Map<String, String> file = render(plugin, model, lines(Map.of("sip_lines", Map.of("1", line))));
        assertThat(file.get("account.1.label")).isEqualTo(label);
        assertThat(file.get("account.1.display_name")).isEqualTo(displayName);
        assertThat(file.get("account.2.display_name")).isEqualTo(NULL);
    }

    @ParameterizedTest
    @CsvSource({
        "yealink-v86, udp, disabled, 0", "yealink-v86, udp, preferred, 1", "yealink-v86, udp, required, 2",
        "yealink-v86, tls, disabled, 2", "yealink-v86, tls, preferred, 1", "yealink-v87, tls, disabled, 2",
        "yealink-v85, tls, disabled, 0", "yealink-v85, tls, required, 2"
    })
    void encryptsMedia(String plugin, String transport, String mode, String value) throws Exception {
        Map<String, Object> raw = lines(Map.of("sip_transport", transport, "sip_srtp_mode", mode));
        assertThat(render(plugin, "T46S", raw)).containsEntry("account.1.srtp_encryption", value);
    }

    @Test
    void anOnboardingAccountIsOrdinaryButForEncryption() throws Exception {
        Map<String, Object> raw = lines(Map.of("sip_transport", "tls"));
        PhoneConfig config = VendorTestKit.config(raw, 2026);
        String file = "805ec0000004.cfg";
        Map<String, String> onboarding =
                parse(KIT.generate("yealink-v86", device("T46S"), new PhoneConfig(config.raw(), 2026, true), file));
        Map<String, String> claimed = parse(KIT.generate("yealink-v86", device("T46S"), config, file));
        assertThat(onboarding).containsEntry("account.1.srtp_encryption", "0").containsEntry("account.1.enable", "1");
        claimed.put("account.1.srtp_encryption", "0");
        assertThat(onboarding).isEqualTo(claimed);
    }

    @Test
    void numbersKeysOverPhoneMemoryAndModules() throws Exception {
        Map<String, Object> key = Map.of("type", "speeddial", "value", "2001");
        Map<String, Object> keys = Map.of("27", key, "28", key, "88", key, "207", key, "208", key);
        Map<String, Object> raw = lines(Map.of("funckeys", keys));
        Map<String, String> file = render("yealink-v86", "T46U", raw);
        assertThat(file)
                .containsEntry("linekey.1.type", "15")
                .containsEntry("linekey.1.value", "1001")
                .containsEntry("linekey.2.type", "0")
                .containsEntry("linekey.2.value", NULL)
                .containsEntry("linekey.27.type", "13")
                .containsEntry("expansion_module.1.key.1.type", "13")
                .containsEntry("expansion_module.1.key.2.type", "0")
                .containsEntry("expansion_module.2.key.1.type", "13")
                .containsEntry("expansion_module.3.key.60.type", "13")
                .doesNotContainKey("expansion_module.4.key.1.type");
        assertThat(render("yealink-v73", "T28P", lines(Map.of("funckeys", Map.of("7", key, "16", key)))))
                .containsEntry("memorykey.1.type", "13")
                .containsEntry("memorykey.10.type", "13")
                .containsEntry("linekey.6.type", "0");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "yealink-v82, speeddial, 2001, 13, 2001, -, -",
                "yealink-v82, speeddial, *3, 11, *3, -, -",
                "yealink-v82, blf, 1002, 16, 1002, *8, *8",
                "yealink-v83, blf, 1002, 16, 1002, *8, -",
                "yealink-v83, park, 701, 10, 701, -, -",
                "yealink-v83, park, -, 10, 700, -, -"
            })
    void translatesKeys(
            String plugin, String type, String value, String code, String written, String extension, String pickup)
            throws Exception {
        Map<String, Object> key = new HashMap<>(Map.of("type", type, "label", "L", "line", 2L));
        key.put("value", value);
        Map<String, String> file = render(
                plugin,
                "T23G",
                lines(Map.of("exten_pickup_call", "*8", "exten_park", "700", "funckeys", Map.of("1", key))));
        assertThat(file)
                .containsEntry("linekey.1.type", code)
                .containsEntry("linekey.1.value", written)
                .containsEntry("linekey.1.label", "L")
                .containsEntry("linekey.1.line", "2");
        assertThat(file.get("linekey.1.extension")).isEqualTo(extension);
        assertThat(file.get("linekey.1.pickup_value")).isEqualTo(pickup);
    }

    @Test
    void managersShareServersByTemplateFromLine86On() throws Exception {
        Map<String, Object> raw = lines(Map.of(
                "sip_lines",
                Map.of(
                        "1", Map.of("username", "a", "proxy_ip", "p1", "proxy_port", 5060L),
                        "2", Map.of("username", "b", "proxy_ip", "p2"),
                        "5", Map.of("username", "c", "proxy_ip", "p1", "proxy_port", 5060L))));
        assertThat(render("yealink-v87", "W90DM", raw))
                .containsEntry("template.1.sip_server.1.address", "p1")
                .containsEntry("template.1.sip_server.1.port", "5060")
                .containsEntry("template.2.sip_server.1.address", "p2")
                .doesNotContainKeys("template.2.sip_server.1.port", "template.3.name", "account.1.sip_server.1.address")
                .containsEntry("account.1.sip_server.template", "1")
                .containsEntry("account.2.sip_server.template", "2")
                .containsEntry("account.5.sip_server.template", "1")
                .containsEntry("account.250.enable", "0");
        assertThat(render("yealink-v85", "W90DM", raw))
                .containsEntry("account.5.sip_server.template", "5")
                .containsEntry("template.5.name", "p1");
    }

    @Test
    void passwordsComeAsTwoLinesUserFirst() throws Exception {
        String text = text("yealink-v86", "T46S", lines(Map.of("user_password", "u", "admin_password", "a:b")));
        assertThat(text.lines().filter(line -> line.startsWith("static.security.user_password")))
                .containsExactly("static.security.user_password = user:u", "static.security.user_password = admin:a:b");
    }

    @Test
    void unknownLocaleAndZoneClearTheParameters() throws Exception {
        assertThat(render("yealink-v86", "T46S", lines(Map.of("locale", "nl_NL"))))
                .containsEntry("lang.gui", NULL)
                .containsEntry("voice.tone.country", NULL)
                .containsEntry("local_time.date_format", "2")
                .containsEntry("local_time.time_zone", NULL)
                .containsEntry("local_time.time_zone_name", NULL)
                .containsEntry("local_time.summer_time", NULL);
        assertThat(render("yealink-v86", "T46S", lines(Map.of("locale", "en_US"))))
                .containsEntry("local_time.date_format", "0");
        assertThat(render("yealink-v85", "T46S", lines(Map.of("locale", "en_US"))))
                .containsEntry("local_time.date_format", "2");
    }

    @Test
    void switchesVlanOffUnlessEnabled() throws Exception {
        Map<String, Object> vlan = Map.of("vlan_id", 40L, "vlan_priority", 5L, "vlan_pc_port_id", "41");
        assertThat(render("yealink-v86", "T46S", lines(vlan)))
                .containsEntry("static.network.vlan.internet_port_enable", "0")
                .containsEntry("static.network.vlan.internet_port_vid", NULL)
                .containsEntry("static.network.vlan.pc_port_enable", "0");
        Map<String, Object> on = new HashMap<>(vlan);
        on.put("vlan_enabled", true);
        assertThat(render("yealink-v86", "T46S", lines(on)))
                .containsEntry("static.network.vlan.internet_port_vid", "40")
                .containsEntry("static.network.vlan.internet_port_priority", "5")
                .containsEntry("static.network.vlan.pc_port_vid", "41");
    }

    @ParameterizedTest
    @CsvSource({"vlan_id, 4095", "vlan_id, x", "vlan_id, -1", "vlan_priority, 8", "vlan_pc_port_id, 99999999999"})
    void refusesAVlanOutOfRange(String name, String value) {
        Map<String, Object> raw = new HashMap<>(Map.of("vlan_enabled", true, "vlan_id", 1L));
        raw.put(name, value);
        assertThatThrownBy(() -> render("yealink-v86", "T46S", lines(raw)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("805ec0000004.cfg: " + name + " must be a whole number from 0 to ");
    }

    @Test
    void refusesALineWithoutAServerAndAConfigWithoutAddress() {
        assertThatThrownBy(() -> render(
                        "yealink-v86",
                        "T46S",
                        Map.of("http_base_url", "http://p", "sip_lines", Map.of("2", Map.of("username", "a")))))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("sip_lines.2.proxy_ip or sip_proxy_ip");
        assertThatThrownBy(() -> render("yealink-v86", "T46S", Map.of("sip_proxy_ip", "p")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("http_base_url is missing");
    }

    @Test
    void offersItsFiles() throws Exception {
        List<PhoneFile> files = KIT.generator("yealink-v86").files(device("T46S"));
        assertThat(files)
                .extracting(PhoneFile::name)
                .containsExactly(
                        "805ec0000004.boot",
                        "y000000000066.cfg",
                        "805ec0000004.cfg",
                        "805ec0000004-ca.pem",
                        "805ec0000004-local.cfg",
                        "805ec0000004-contact.xml",
                        "805ec0000004-calllog.xml");
        assertThat(files.stream().filter(PhoneFile::stateTrigger))
                .extracting(PhoneFile::name)
                .containsExactly("805ec0000004.cfg");
        assertThat(files.stream().filter(f -> f.access() == PhoneFile.Access.OPEN))
                .extracting(PhoneFile::name)
                .containsExactly("805ec0000004.boot", "y000000000066.cfg", "805ec0000004-ca.pem");
        assertThat(files.stream().filter(PhoneFile::writable)).hasSize(3);
        assertThat(KIT.generator("yealink-v73").files(device("T28P")))
                .extracting(PhoneFile::name)
                .doesNotContain("805ec0000004.boot")
                .contains("y000000000000.cfg");
        PhoneConfig config = VendorTestKit.config(lines(Map.of()), 2026);
        assertThat(KIT.generate("yealink-v86", device("T46S"), config, "805ec0000004.boot"))
                .isEqualTo("#!version:1.0.0.1\ninclude:config \"805ec0000004.cfg\"\n");
        assertThat(KIT.generate("yealink-v86", device("T46S"), config, "y000000000066.cfg"))
                .isEqualTo("#!version:1.0.0.1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/805EC0000004.CFG, 805EC0000004.CFG", // no phone spells it so
        "/805EC0000004.cfg, 805ec0000004.cfg",
        "/a/805ec0000004.boot, 805ec0000004.boot",
        "/a/y000000000066.cfg, y000000000066.cfg",
        "/a/805EC0000004-ca.pem, 805ec0000004-ca.pem",
        "/firmware/x.rom, firmware/x.rom"
    })
    void findsFilesByTheLastPartOfThePath(String path, String found) {
        assertThat(KIT.generator("yealink-v86").path(http(path, ""))).isEqualTo(found);
    }

    @Test
    void servesTheRootThatVouchesForTheSipServer() throws Exception {
        String root = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        Map<String, Object> raw =
                lines(Map.of("sip_servers_root_and_intermediate_certificates", List.of(root, "intermediate")));
        assertThat(render("yealink-v86", "T46S", raw))
                .containsEntry("static.trusted_certificates.url", "http://prov.example.org/805ec0000004-ca.pem");
        PhoneConfig config = VendorTestKit.config(raw, 2026);
        assertThat(KIT.generate("yealink-v86", device("T46S"), config, "805ec0000004-ca.pem"))
                .isEqualTo(root);
        assertThat(render("yealink-v86", "T46S", lines(Map.of()))).doesNotContainKey("static.trusted_certificates.url");
    }

    @Test
    void firmwareTableIsComplete() {
        List<Map<?, ?>> packages = new ArrayList<>();
        KIT.files().lines().forEach(line -> {
            if (line.facts().get("packages") instanceof List<?> list) {
                list.forEach(item -> {
                    Map<?, ?> one = (Map<?, ?>) item;
                    packages.add(one);
                    if (one.get("models") instanceof List<?> models) {
                        assertThat(models).allMatch(line.models()::containsKey);
                    } else {
                        assertThat(one.get("handset").toString()).isNotEmpty();
                    }
                });
            }
        });
        assertThat(packages).hasSize(21).allSatisfy(item -> {
            assertThat(item.get("file").toString()).matches("[A-Z][A-Z0-9,()]*(-OS12)?-[0-9.]+\\.rom");
            assertThat(item.get("sha1").toString()).matches("[0-9a-f]{40}");
            assertThat((Long) item.get("bytes")).isPositive();
        });
        assertThat(packages).extracting(item -> item.get("sha1")).doesNotHaveDuplicates();
    }

    @Test
    void suitsOnlyYealink() {
        assertThat(KIT.generator("yealink-v86")
                        .support(new DeviceInfo(null, null, null, null, "Snom", "D715", null))
                        .score())
                .isEqualTo(100);
        assertThat(KIT.generator("yealink-v86").resync(device("T46S")))
                .get()
                .extracting("event")
                .isEqualTo("check-sync;reboot=false");
    }

    private static Map<String, Object> lines(Map<String, Object> more) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("http_base_url", "http://prov.example.org/");
        raw.put("sip_proxy_ip", "192.0.2.10");
        raw.put(
                "sip_lines",
                Map.of("1", Map.of("username", "alice", "password", "p", "display_name", "Alice", "number", "1001")));
        raw.putAll(more);
        return raw;
    }

    private static Device device(String model) {
        return Device.create("d")
                .mac(MacAddress.parse("80:5e:c0:00:00:04").orElseThrow())
                .vendor("Yealink")
                .model(model)
                .build();
    }

    private static String text(String plugin, String model, Map<String, Object> raw) throws Exception {
        return KIT.generate(plugin, device(model), VendorTestKit.config(raw, 2026), "805ec0000004.cfg");
    }

    private static Map<String, String> render(String plugin, String model, Map<String, Object> raw) throws Exception {
        return parse(text(plugin, model, raw));
    }

    /** Reads a file as strictly as a phone: the header first, then one assignment a line, none twice. */
    private static Map<String, String> parse(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        assertThat(lines.remove(0)).isEqualTo("#!version:1.0.0.1");
        Map<String, String> result = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf(" = ");
            assertThat(equals).as(line).isPositive();
            String key = line.substring(0, equals);
            assertThat(key).matches("[a-z0-9_.]+");
            String before = result.put(key, line.substring(equals + 3));
            assertThat(before == null || key.endsWith("security.user_password"))
                    .as("twice: " + key)
                    .isTrue();
        }
        return result;
    }
}
