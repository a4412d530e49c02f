// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.FakeGenerator;
import org.autoprov.core.service.ImportReport;
import org.autoprov.core.service.ImportReport.Count;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.ImportReport.PluginUse;
import org.autoprov.core.service.ImportReport.Remark;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.AuditEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyImportTest {

    private static final String THEIR_MASTER = "11111111-1111-4111-8111-111111111111";
    private static final String CUSTOMER = "22222222-2222-4222-8222-222222222222";

    @TempDir
    Path data;

    @TempDir
    Path legacy;

    private CoreHarness core;
    private final Map<String, String> parameters = new HashMap<>();
    private LegacyImport importer;

    @BeforeEach
    void start() {
        core = CoreHarness.in(data);
        importer =
                new LegacyImport(core.framework.context(), core.lifecycle, core.base, new Parameters(), new Plugins());
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private final class Parameters implements ParameterService {
        @Override
        public List<String> names() {
            return List.of(PLUGIN_SERVER, HTTP_PROXY, FTP_PROXY, HTTPS_PROXY, LOCALE, NAT);
        }

        @Override
        public Optional<String> get(String name) {
            return Optional.ofNullable(parameters.get(name));
        }

        @Override
        public void set(String actor, String name, String value) throws RefusedException {
            if (value.contains("bad")) {
                throw new RefusedException(Reason.INVALID, "no scheme: " + value);
            }
            parameters.put(name, value);
        }
    }

    /** The family {@code cole} is at hand, not installed. */
    private static final class Plugins implements PluginService {
        @Override
        public List<PluginStatus> installed() {
            return List.of();
        }

        @Override
        public List<Available> available() {
            return List.of(new Available("cole", "1.0.0", null, List.of("cole-3.1")));
        }

        @Override
        public List<String> install(String actor, String source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> upgrade(String actor, String source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void uninstall(String actor, String idOrFamily) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reload(String actor, String idOrFamily) {
            throw new UnsupportedOperationException();
        }
    }

    private void file(String name, String text) {
        try {
            Path file = legacy.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void device(String id, String members) {
        file("devices/" + id, "{\"id\": \"" + id + "\"" + (members.isEmpty() ? "" : ", " + members) + "}");
    }

    private void config(String id, String parents, String raw) {
        file(
                "configs/" + id,
                "{\"id\": \"" + id + "\", \"parent_ids\": [" + parents + "], \"raw_config\": {" + raw + "}}");
    }

    /** Two tenants, a chain of configs, a claimed phone and a new one. */
    private void smallSite() {
        file("app.json", """
                {"http_proxy": "http://proxy.example:3128", "locale": "fr_FR", "NAT": "1", "ftp_proxy": null,
                 "plugin_server": "http://plugins.example/stable/",
                 "tenants": {"%s": {"provisioning_key": "master-key-1"}, "%s": {"provisioning_key": "customer-key"}}}
                """.formatted(THEIR_MASTER, CUSTOMER));
        config("base", "", "\"ntp_enabled\": true, \"ntp_ip\": \"192.0.2.1\"");
        file("configs/autoprov", """
                {"id": "autoprov", "role": "autocreate", "X_type": "internal", "deletable": false,
                 "parent_ids": ["base", "defaultconfigdevice"],
                 "raw_config": {"sip_lines": {"1": {"username": "apxxxxxxxx", "password": "s3cret"}}}}
                """);
        file("configs/autoprov77", """
                {"id": "autoprov77", "parent_ids": ["autoprov"], "transient": true,
                 "raw_config": {"sip_lines": {"1": {"username": "apxxxxxxxx", "password": "s3cret"}}}}
                """);
        config("a0001", "\"base\", \"zz-template\"", "\"X_xivo_user_uuid\": \"u\", \"locale\": null");
        config("zz-template", "\"base\"", "\"timezone\": \"Europe/Paris\"");
        device("a0001", """
                "tenant_uuid": "%s", "mac": "00:11:22:33:44:01", "ip": "192.0.2.11", "vendor": "Acme", "model": "A20",
                "version": "1.0", "plugin": "wazo-acme-1", "config": "a0001", "configured": true, "is_new": false,
                "added": "auto", "options": {"switchboard": true}, "X_note": [1, null], "description": "lobby",
                "remote_state_sip_username": "u42"
                """.formatted(CUSTOMER));
        device("b0002", """
                "tenant_uuid": "%s", "mac": "00:11:22:33:44:02", "plugin": "xivo-cole-3.1", "config": "autoprov77",
                "configured": true, "is_new": true, "added": "auto"
                """.formatted(THEIR_MASTER));
    }

    private ImportReport run() {
        return run(false, false);
    }

    private ImportReport run(boolean dryRun, boolean overwrite) {
        try {
            return importer.run("test", legacy, dryRun, overwrite);
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private Device device(String id) {
        return core.devices.get(id).orElseThrow();
    }

    /** added replaced same conflicts refused */
    private static String count(ImportReport report, String kind) {
        Count c = report.count(kind);
        return c.added() + " " + c.replaced() + " " + c.same() + " " + c.conflicts() + " " + c.refused();
    }

    private static List<String> remarks(ImportReport report) {
        return report.remarks().stream()
                .map(r -> (r.outcome() + " " + r.file() + " " + r.key()).strip() + ": " + r.reason())
                .toList();
    }

    @Test
    void takesASiteOver() {
        smallSite();
        ImportReport report = run();

        assertThat(report.dryRun()).isFalse();
        assertThat(count(report, "tenants")).isEqualTo("1 1 0 0 0");
        assertThat(count(report, "parameters")).isEqualTo("3 0 0 0 0");
        assertThat(count(report, "configs")).isEqualTo("3 2 0 0 0");
        assertThat(count(report, "devices")).isEqualTo("2 0 0 0 0");
        assertThat(remarks(report))
                .containsExactly(
                        "ALTERED app.json plugin_server: is left out: the plugins there are not for this server");
        assertThat(report.plugins())
                .containsExactly(
                        new PluginUse("wazo-acme-1", "acme-1", true, 1),
                        new PluginUse("xivo-cole-3.1", "cole-3.1", true, 1));

        assertThat(parameters)
                .containsOnly(
                        Map.entry("http_proxy", "http://proxy.example:3128"),
                        Map.entry("locale", "fr_FR"),
                        Map.entry("NAT", "1"));
        Tenant customer = core.tenants.get(CUSTOMER).orElseThrow();
        assertThat(customer.provisioningKey()).isEqualTo("customer-key");
        assertThat(customer.parent()).isEqualTo(core.master());
        assertThat(core.tenants.master().provisioningKey()).isEqualTo("master-key-1");
        assertThat(core.tenants.all()).hasSize(2);

        Device phone = device("a0001");
        assertThat(phone.tenant()).isEqualTo(CUSTOMER);
        assertThat(phone.isNew()).isFalse();
        assertThat(phone.plugin()).isEqualTo("acme-1");
        assertThat(phone.config()).isEqualTo("a0001");
        assertThat(phone.configured()).isTrue();
        assertThat(phone.mac()).isEqualTo(MacAddress.parse("001122334401").orElseThrow());
        assertThat(phone.ip()).isEqualTo("192.0.2.11");
        assertThat(phone.addedByRequest()).isTrue();
        assertThat(phone.option("switchboard")).isTrue();
        assertThat(phone.others()).containsOnlyKeys("X_note");
        assertThat(phone.remoteStateSipUsername()).isEqualTo("u42");
        Device fresh = device("b0002");
        assertThat(fresh.tenant()).isEqualTo(core.master());
        assertThat(fresh.isNew()).isTrue();
        assertThat(fresh.configured()).isFalse();
        assertThat(core.configs.flattened("a0001").orElseThrow())
                .containsEntry("ntp_ip", "192.0.2.1")
                .containsEntry("timezone", "Europe/Paris")
                .containsEntry("locale", null);
        assertThat(core.configs.get("autoprov77").orElseThrow().isTransient()).isTrue();
        assertThat(core.auditOf("a0001")).containsExactly("test create import", "test create import");
    }

    @Test
    void runningItTwiceChangesNothing() {
        smallSite();
        file("base_raw_config.json", "{\"timezone\": \"Europe/Oslo\"}");
        run();
        assertThat(core.base.refresh()).isTrue();
        int commits = core.store.commits();
        List<AuditEntry> audit = core.store.allAudit();

        ImportReport again = run();

        assertThat(core.store.commits()).isEqualTo(commits);
        assertThat(core.store.allAudit()).isEqualTo(audit);
        assertThat(count(again, "tenants")).isEqualTo("0 0 2 0 0");
        assertThat(count(again, "parameters")).isEqualTo("0 0 3 0 0");
        assertThat(count(again, "base raw config")).isEqualTo("0 0 1 0 0");
        assertThat(count(again, "configs")).isEqualTo("0 0 5 0 0");
        assertThat(count(again, "devices")).isEqualTo("0 0 2 0 0");
    }

    @Test
    void theSecondRunChangesNothingWhenPhonesHaveComeBetween() {
        smallSite();
        device("c3", "\"mac\": \"00:11:22:33:44:05\"");
        run();
        core.phone(1).from("192.0.2.99").saying("Acme A20 2.5").boot();
        core.phone(5).boot();
        assertThat(device("a0001").version()).isEqualTo("2.5");
        assertThat(device("c3").model()).isEqualTo("A20");

        ImportReport again = run();

        assertThat(count(again, "devices")).isEqualTo("0 0 3 0 0");
        assertThat(device("a0001").ip()).isEqualTo("192.0.2.99");
    }

    @Test
    void aDryRunSaysTheSameAndStoresNothing() throws IOException {
        smallSite();
        file("base-raw-config.json", "{\"timezone\": \"Europe/Oslo\", \"ip\": \"192.0.2.9\"}");
        device("bad", "\"mac\": \"x\"");
        int commits = core.store.commits();

        ImportReport tried = run(true, false);

        assertThat(tried.dryRun()).isTrue();
        assertThat(core.store.commits()).isEqualTo(commits);
        assertThat(parameters).isEmpty();
        assertThat(Files.readString(data.resolve("base-raw-config.json"))).isEqualTo("{}\n");
        ImportReport real = run();
        assertThat(tried.counts()).isEqualTo(real.counts());
        assertThat(tried.remarks()).isEqualTo(real.remarks());
        assertThat(tried.plugins()).isEqualTo(real.plugins());
        assertThat(Files.readString(data.resolve("base-raw-config.json")))
                .contains("Oslo")
                .doesNotContain("192.0.2.9");
    }

    @Test
    void leavesAloneWhatIsHereWithOtherContentUnlessToldToOverwrite() throws Exception {
        smallSite();
        run();
        core.devices.update(
                "test",
                device("a0001").edit().description("mine").plugin("acme-2").build());
        core.configs.update(
                "test", core.configs.get("zz-template").orElseThrow().withRawConfig(Map.of("timezone", "Asia/Tokyo")));
        core.tenants.setProvisioningKey("test", CUSTOMER, "quite-another");
        parameters.put("locale", "de");

        ImportReport report = run();

        assertThat(remarks(report).stream().filter(r -> r.startsWith("CONFLICT")))
                .containsExactly(
                        "CONFLICT app.json tenants." + CUSTOMER + ": has another provisioning key here",
                        "CONFLICT app.json locale: has another value here",
                        "CONFLICT configs/zz-template: is here with another raw_config",
                        "CONFLICT devices/a0001: is here with another description, plugin");
        assertThat(device("a0001").description()).isEqualTo("mine");

        report = run(false, true);

        assertThat(count(report, "tenants")).isEqualTo("0 1 1 0 0");
        assertThat(count(report, "parameters")).isEqualTo("0 1 2 0 0");
        assertThat(count(report, "configs")).isEqualTo("0 1 4 0 0");
        assertThat(count(report, "devices")).isEqualTo("0 1 1 0 0");
        assertThat(device("a0001").description()).isEqualTo("lobby");
        assertThat(core.configs.flattened("a0001").orElseThrow()).containsEntry("timezone", "Europe/Paris");
        assertThat(remarks(run())).hasSize(1);
    }

    @Test
    void aDeviceWithLinesHereIsNotOverwritten() throws Exception {
        smallSite();
        run();
        String line = core.line(core.master(), "u7").code();
        core.lines.associate("test", line, "b0002", 1, null);

        ImportReport report = run(false, true);

        assertThat(remarks(report)).contains("CONFLICT devices/b0002: has lines here; dissociate them first");
        assertThat(core.ledger.lines().byCode(line).device()).isEqualTo("b0002");
    }

    @Test
    void aPhoneThatCameBeforeItsImportIsAConflictOrGivesWay() {
        core.phone(1).boot();
        String twin = core.phone(1).device().id();
        String transientConfig = core.phone(1).device().config();
        smallSite();

        assertThat(remarks(run()))
                .contains("CONFLICT devices/a0001 mac: the device " + twin + " has this MAC address here");
        assertThat(core.devices.get("a0001")).isEmpty();

        assertThat(count(run(false, true), "devices")).isEqualTo("1 0 1 0 0");
        assertThat(core.devices.get(twin)).isEmpty();
        assertThat(core.configs.get(transientConfig)).isEmpty();
        assertThat(core.phone(1).device().id()).isEqualTo("a0001");
    }

    @Test
    void devicesOfTheFolderMayShareAMac() {
        device("d1", "\"mac\": \"00:11:22:33:44:01\"");
        device("d2", "\"mac\": \"00:11:22:33:44:01\"");
        core.phone(1).boot();
        assertThat(count(run(false, true), "devices")).isEqualTo("2 0 0 0 0");
        assertThat(count(run(false, false), "devices")).isEqualTo("0 0 2 0 0");
        assertThat(core.devices.all()).hasSize(2);
    }

    @Test
    void keepsAnUnknownPluginUntilOneTakesItsPlace() {
        device("d1", "\"mac\": \"00:11:22:33:44:01\", \"plugin\": \"xivo-nobody-1\", \"config\": \"base\"");
        device("d2", "\"mac\": \"00:11:22:33:44:02\", \"plugin\": null, \"config\": \"base\"");
        device("d3", "\"mac\": \"00:11:22:33:44:03\", \"plugin\": \"\"");
        file("plugins/xivo-gone-9/plugin-info", "{}");
        file("plugins/xivo-cole-3.1/var/templates/base.tpl", "x");
        file("plugins/plugins.db", "{}");
        ImportReport report = run();

        assertThat(report.plugins())
                .containsExactly(
                        new PluginUse("xivo-cole-3.1", "cole-3.1", true, 0),
                        new PluginUse("xivo-gone-9", "xivo-gone-9", false, 0),
                        new PluginUse("xivo-nobody-1", "xivo-nobody-1", false, 1));
        assertThat(remarks(report))
                .containsExactly("ALTERED plugins/xivo-cole-3.1 var/templates: custom templates are left out: they are"
                        + " written in another language here");
        assertThat(device("d1").plugin()).isEqualTo("xivo-nobody-1");
        assertThat(device("d1").configured()).isFalse();
        core.phone(2).boot();
        assertThat(device("d2").plugin()).isNull(); // there, but null: never associated
        assertThat(device("d2").has("plugin")).isTrue();

        core.plugin(new FakeGenerator("nobody-1", "Nobody"));
        assertThat(count(run(), "devices")).isEqualTo("0 1 2 0 0");
        assertThat(device("d1").plugin()).isEqualTo("nobody-1");
    }

    @Test
    void aDeviceWithoutATenantBelongsToTheMaster() {
        device("d1", "\"tenant_uuid\": null");
        device("d2", "");
        run();
        assertThat(device("d1").tenant()).isEqualTo(core.master());
        assertThat(device("d2").isNew()).isTrue();
    }

    @Test
    void doesNotGuessTheirMasterWhenNewDevicesBelongToSeveral() {
        device("d1", "\"is_new\": true, \"tenant_uuid\": \"" + THEIR_MASTER + "\"");
        device("d2", "\"is_new\": true, \"tenant_uuid\": \"" + CUSTOMER + "\"");
        ImportReport report = run();
        assertThat(count(report, "tenants")).isEqualTo("2 0 0 0 0");
        assertThat(report.remarks()).extracting(Remark::key).containsExactly("tenant_uuid");
        assertThat(device("d1").tenant()).isEqualTo(THEIR_MASTER);
        assertThat(device("d1").isNew()).isFalse();
    }

    @Test
    void aTenantWhoseKeyIsTakenComesWithoutIt() throws Exception {
        core.tenants.setProvisioningKey("test", core.master(), "customer-key");
        file("app.json", "{\"tenants\": {\"" + CUSTOMER + "\": {\"provisioning_key\": \"customer-key\"}}}");
        ImportReport report = run();
        assertThat(count(report, "tenants")).isEqualTo("1 0 0 0 0");
        assertThat(remarks(report))
                .containsExactly("ALTERED app.json tenants." + CUSTOMER + ": another tenant has this provisioning key");
        assertThat(core.tenants.get(CUSTOMER).orElseThrow().provisioningKey()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mac": "00:11:22:33:44"}         | mac         | is not a MAC address
            {"mac": 7}                        | mac         | is not a MAC address
            {"mac": {}}                       | mac         | must be a text
            {"vendor": ["Acme"]}              | vendor      | must be a text
            {"options": "switchboard"}        | options     | must be an object
            {"tenant_uuid": "master"}         | tenant_uuid | is not a UUID
            {"tenant_uuid": 5}                | tenant_uuid | is not a UUID
            {"id": "other"}                   | id          | is not the name of its file
            {"id": "x", "id": "x"}            |             | the key id stands twice
            []                                |             | not a JSON object
            {"model": "A20"                   |             | End of input
            {"model": 'A20'}                  |             | not JSON
            {"X": 1e999}                      |             | out of range
            {"X": "\\ud800"}                  |             | surrogate
            `` |             | End of input
            """)
    void refusesADevice(String json, String key, String reason) {
        file("devices/x", json.strip());
        device("good", "");
        ImportReport report = run();
        assertThat(count(report, "devices")).isEqualTo("1 0 0 0 1");
        Remark remark = report.remarks().get(0);
        assertThat(remark.file()).isEqualTo("devices/x");
        assertThat(remark.key()).isEqualTo(key == null ? "" : key);
        assertThat(remark.reason()).contains(reason);
        assertThat(core.devices.get("x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"raw_config": {}}                                              | parent_ids | must be a list of texts
            {"raw_config": {}, "parent_ids": "base"}                        | parent_ids | must be a list of texts
            {"raw_config": {}, "parent_ids": [1]}                           | parent_ids | must be a list of texts
            {"parent_ids": []}                                              | raw_config | must be an object
            {"parent_ids": [], "raw_config": []}                            | raw_config | must be an object
            {"parent_ids": [], "raw_config": {"secret_key": "s3cret"}}      | raw_config | secret_key
            {"parent_ids": [], "raw_config": {"protocol": "s3cret"}}        | raw_config | protocol
            {"parent_ids": [], "raw_config": {}, "role": "boss"}            | role       | must be one of
            {"parent_ids": [], "raw_config": {}, "role": 1}                 | role       | must be one of
            {"parent_ids": [], "raw_config": {}, "transient": "yes"}        | transient  | must be true or false
            {"parent_ids": ["t"], "raw_config": {}}                         | parent_ids | a parent is transient
            """)
    void refusesAConfig(String json, String key, String reason) {
        file("configs/x", json);
        file("configs/t", "{\"parent_ids\": [], \"raw_config\": {}, \"transient\": " + !json.contains("[\"t\"]") + "}");
        if (json.contains("[\"t\"]")) {
            file("configs/t", "{\"parent_ids\": [], \"raw_config\": {}, \"transient\": true}");
        }
        ImportReport report = run();
        assertThat(report.remarks()).anySatisfy(remark -> {
            assertThat(remark.file()).isEqualTo("configs/x");
            assertThat(remark.key()).isEqualTo(key);
            assertThat(remark.reason()).contains(reason).doesNotContain("s3cret");
            assertThat(remark.outcome()).isEqualTo(Outcome.REFUSED);
        });
        assertThat(core.configs.get("x")).isEmpty();
    }

    @Test
    void aTakenRoleIsAConflict() {
        file("configs/mine", "{\"parent_ids\": [], \"raw_config\": {}, \"role\": \"autocreate\"}");
        assertThat(remarks(run()))
                .containsExactly("CONFLICT configs/mine role: the role is held by the config autoprov");
        assertThat(core.configs.get("mine")).isEmpty();
    }

    @Test
    void circlesOfConfigsAreTakenAndEndlessChainsAreNot() {
        config("round1", "\"round2\"", "");
        config("round2", "\"round1\", \"round2\", \"nowhere\"", "");
        for (int i = 0; i < 500; i++) {
            config("c" + i, "\"c" + (i + 1) + "\"", "");
        }
        ImportReport report = run();
        assertThat(core.configs.get("round1")).isPresent();
        assertThat(core.configs.get("round2")).isPresent();
        assertThat(report.count("configs").added()).isEqualTo(102);
        assertThat(report.count("configs").refused()).isEqualTo(400);
        assertThat(core.configs.flattened("c490")).isPresent();
    }

    @Test
    @Timeout(120)
    void readsNothingOutsideTheFolderAndNothingThatIsNoFile() throws Exception {
        Path outside = data.resolve("outside");
        Files.writeString(outside, "{\"description\": \"secret\"}");
        device("good", "");
        Files.createSymbolicLink(legacy.resolve("devices/link"), outside);
        Files.createSymbolicLink(legacy.resolve("configs"), data);
        Files.createSymbolicLink(legacy.resolve("app.json"), outside);
        Files.createSymbolicLink(legacy.resolve("base-raw-config.json"), outside);
        Files.createDirectory(legacy.resolve("devices/folder"));
        new ProcessBuilder("mkfifo", legacy.resolve("devices/pipe").toString())
                .start()
                .waitFor();
        Files.write(legacy.resolve("devices/latin1"), "{\"description\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(legacy.resolve("devices/huge"), new byte[(4 << 20) + 1]);
        file("devices/deep", "{\"X\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        file("devices/.hidden", "x");
        file("devices/two words", "{}");
        file("devices/é", "{}");
        ImportReport report = run();
        assertThat(count(report, "devices")).isEqualTo("1 0 0 0 8");
        assertThat(core.devices.all()).hasSize(1);
        assertThat(remarks(report))
                .contains(
                        "REFUSED devices/link: is a link; links are not followed",
                        "REFUSED configs: is no folder; links are not followed",
                        "REFUSED app.json: is a link; links are not followed",
                        "REFUSED base-raw-config.json: is a link; links are not followed",
                        "REFUSED devices/folder: is no file",
                        "REFUSED devices/pipe: is no file",
                        "REFUSED devices/latin1: is not UTF-8",
                        "REFUSED devices/huge: is larger than 4 MiB")
                .noneMatch(text -> text.contains("secret"));
    }

    @Test
    void wrongParametersAreRefusedWithoutTheirValues() {
        file(
                "app.json",
                "{\"http_proxy\": \"bad:s3cret\", \"locale\": 5, \"NAT\": 1, \"tenants\": {\"x\": {}, \"" + CUSTOMER
                        + "\": 7, \"" + THEIR_MASTER + "\": {\"provisioning_key\": \"s3cret/\"}}}");
        ImportReport report = run();
        assertThat(remarks(report))
                .containsExactly(
                        "REFUSED app.json tenants.x: is not a UUID",
                        "REFUSED app.json tenants." + CUSTOMER + ": must be an object",
                        "REFUSED app.json tenants." + THEIR_MASTER + ".provisioning_key: must have 8 to 256 letters,"
                                + " digits, or characters of - _ . ~ $",
                        "REFUSED app.json http_proxy: is not allowed here",
                        "REFUSED app.json locale: must be a text");
        assertThat(parameters).containsOnly(Map.entry("NAT", "1"));
        file("app.json", "{\"tenants\": []}");
        assertThat(remarks(run())).containsExactly("REFUSED app.json tenants: must be an object");
    }

    @Test
    void leavesOutAnAddressThatIsNotCanonical() {
        device("d1", "\"ip\": \"010.0.0.1\", \"version\": null, \"sn\": 1234, \"schema\": 99, \"configured\": true");
        ImportReport report = run();
        assertThat(report.remarks()).extracting(Remark::key).containsExactly("ip");
        assertThat(device("d1").ip()).isNull();
        assertThat(device("d1").sn()).isEqualTo("1234");
        assertThat(device("d1").configured()).isFalse();
        assertThat(count(run(), "devices")).isEqualTo("0 0 1 0 0");
    }

    @Test
    void readsTheDocumentsOfJsondb() {
        file("jsondb/devices/d1", "{}");
        file("jsondb/configs/c1", "{\"parent_ids\": [], \"raw_config\": {}}");
        file("app.json", "{}");
        run();
        assertThat(core.devices.get("d1")).isPresent();
        assertThat(core.configs.get("c1")).isPresent();
    }

    @Test
    void refusesAFolderThatHasNoneOfThese() throws IOException {
        assertRefused(Reason.INVALID, legacy);
        assertRefused(Reason.NOT_FOUND, legacy.resolve("nowhere"));
        assertRefused(Reason.NOT_FOUND, Files.createFile(legacy.resolve("file")));
    }

    private void assertRefused(Reason reason, Path folder) {
        assertThatThrownBy(() -> importer.run("test", folder, false, false))
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(reason);
    }

    @Test
    void goesOnWhereItStoppedWhenTheStoreWasAway() {
        smallSite();
        core.store.away(true);
        assertRefused(Reason.UNAVAILABLE, legacy);
        core.store.away(false);
        assertThat(count(run(), "devices")).isEqualTo("2 0 0 0 0");
    }

    @Test
    void looksAgainWhenSomebodyElseIsFaster() {
        for (int i = 0; i < 20; i++) {
            device("d" + i, "\"description\": \"theirs\"");
        }
        core.store.beforeNextWrite(() -> {
            try {
                core.devices.create(
                        "other", Device.create("d7").description("mine").build());
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        ImportReport report = run();
        assertThat(count(report, "devices")).isEqualTo("19 0 0 1 0");
        assertThat(device("d7").description()).isEqualTo("mine");
    }

    @Test
    void devicesHereGetWhatTheirImportedConfigsSay() throws Exception {
        core.devices.create(
                "test",
                Device.create("mine")
                        .mac(new MacAddress(5))
                        .plugin("acme-1")
                        .config("later")
                        .build());
        assertThat(device("mine").configured()).isFalse();
        config("later", "", "");
        run();
        assertThat(device("mine").configured()).isTrue();
    }

    @Test
    void aSeedThatSomebodyChangedIsAConflict() throws Exception {
        Config base = core.configs.get("base").orElseThrow();
        core.configs.update("test", base.withRawConfig(Map.of("timezone", "Asia/Tokyo")));
        smallSite();
        assertThat(count(run(), "configs")).isEqualTo("3 1 0 1 0");
    }

    @Test
    @Timeout(300)
    void takesThousandsOfDevicesInFewTransactions() {
        config("shared", "\"base\"", "\"timezone\": \"Europe/Paris\"");
        for (int i = 0; i < 1_200; i++) {
            config(
                    "d" + i,
                    "\"shared\"",
                    "\"sip_lines\": {\"1\": {\"username\": \"u" + i + "\", \"password\": \"p\"}}");
            device(
                    "d" + i,
                    "\"plugin\": \"wazo-acme-1\", \"vendor\": \"Acme\", \"model\": \"A20\", \"config\": \"d" + i
                            + "\", \"mac\": \"" + new MacAddress(i) + "\"");
        }
        int commits = core.store.commits();
        assertThat(count(run(), "devices")).isEqualTo("1200 0 0 0 0");
        assertThat(core.store.commits() - commits).isLessThan(15);
        assertThat(core.devices.all()).hasSize(1_200).allMatch(Device::configured);
        assertThat(count(run(), "devices")).isEqualTo("0 0 1200 0 0");
    }
}
