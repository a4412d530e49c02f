// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {

    @TempDir
    Path folder;

    private CoreHarness core;
    private CoreHarness.Phone phone;
    private String device;

    @BeforeEach
    void start() {
        core = CoreHarness.in(folder);
        phone = core.phone(1);
        phone.boot();
        device = phone.device().id();
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private static void assertRefused(Reason reason, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(reason);
    }

    private Line line(String username) throws RefusedException {
        return core.line(core.master(), username);
    }

    private Device associate(Line line, int position) throws RefusedException {
        return core.lines.associate("test", line.code(), device, position, phone.ip);
    }

    @Test
    void codesAreUniqueAndSixDigits() throws RefusedException {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Line line = line("u" + i);
            assertThat(line.code()).matches("[0-9]{6}");
            codes.add(line.code());
            assertThat(core.lines.findByCode(line.code())).contains(line);
        }
        assertThat(codes).hasSize(500);
    }

    @Test
    void aLineNeedsItsAccountAndATenant() {
        for (String missing : List.of("username", "password", "display_name")) {
            for (Object value : new Object[] {null, "", 7L}) {
                Map<String, Object> account = new HashMap<>(CoreHarness.account("u"));
                account.put(missing, value);
                assertRefused(
                        Reason.INVALID, missing, () -> core.lines.create("test", core.master(), account, Map.of()));
            }
        }
        assertRefused(Reason.INVALID, "no tenant", () -> core.line("nowhere", "u"));
        assertRefused(
                Reason.INVALID,
                "Custom fields must start with `X_` : foo",
                () -> core.lines.create("test", core.master(), CoreHarness.account("u"), Map.of("foo", 1L)));
        Map<String, Object> account = new HashMap<>(CoreHarness.account("u"));
        account.put("proxy_port", "many");
        assertRefused(
                Reason.INVALID,
                "sip_lines.1.proxy_port",
                () -> core.lines.create("test", core.master(), account, null));
        assertThat(core.lines.all()).isEmpty();
    }

    @Test
    void associationWritesTheDevicesOwnConfigAndDropsTheTransientOne() throws RefusedException {
        String onboarding = phone.device().config();
        Device claimed = associate(line("user1"), 0);
        assertThat(claimed.config()).isEqualTo(device);
        assertThat(claimed.configured()).isTrue();
        assertThat(claimed.trustedAddress()).isEqualTo(phone.ip);
        Config config = core.configs.get(device).orElseThrow();
        assertThat(config.parentIds()).containsExactly("base", "defaultconfigdevice");
        assertThat(config.isTransient()).isFalse();
        assertThat(config.rawConfig().get("sip_lines")).asString().contains("user1");
        assertThat(core.configs.get(onboarding)).isEmpty();
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=user1:secret-user1@203.0.113.5:null\n");
    }

    @Test
    void aTemplateOfTheLinesOwnIsInherited() throws RefusedException {
        core.config("special", List.of(), Map.of("X_special", "yes"));
        Line line = core.lines.create(
                "test", core.master(), CoreHarness.account("u"), Map.of("X_template", "special", "locale", "de_DE"));
        associate(line, 0);
        assertThat(core.configs.get(device).orElseThrow().parentIds()).containsExactly("base", "special");
        assertThat(CoreHarness.text(phone.boot())).contains("X_special=yes\n").contains("locale=de_DE\n");
    }

    @Test
    void severalLinesTakeThePositionsTheyAskForOrTheFirstFree() throws RefusedException {
        associate(line("two"), 2);
        associate(line("one"), 0);
        associate(line("three"), 0);
        associate(line("nine"), 9);
        assertThat(core.lines.ofDevice(device))
                .extracting(Line::position, Line::username)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "one"),
                        org.assertj.core.groups.Tuple.tuple(2, "two"),
                        org.assertj.core.groups.Tuple.tuple(3, "three"),
                        org.assertj.core.groups.Tuple.tuple(9, "nine"));
        assertThat(CoreHarness.text(phone.boot()))
                .contains("line.1=one:", "line.2=two:", "line.3=three:", "line.9=nine:");
        assertRefused(Reason.CONFLICT, "position 3 of the device is taken", () -> associate(line("late"), 3));
        assertRefused(Reason.INVALID, "position", () -> associate(line("late"), -1));
        assertRefused(Reason.INVALID, "position", () -> associate(line("late"), 10_001));
    }

    @Test
    void theFirstPositionsParametersWin() throws RefusedException {
        associate(
                core.lines.create(
                        "test", core.master(), CoreHarness.account("b"), Map.of("locale", "bb_BB", "X_b", "b")),
                2);
        associate(core.lines.create("test", core.master(), CoreHarness.account("a"), Map.of("locale", "aa_AA")), 1);
        assertThat(CoreHarness.text(phone.boot())).contains("locale=aa_AA\n").contains("X_b=b\n");
    }

    @Test
    void refusesWhatContradicts() throws RefusedException {
        Line line = line("u");
        assertRefused(Reason.NOT_FOUND, "code", () -> core.lines.associate("test", "nocode", device, 0, null));
        assertRefused(Reason.NOT_FOUND, "device", () -> core.lines.associate("test", line.code(), "nowhere", 0, null));
        assertRefused(Reason.INVALID, "IP address", () -> core.lines.associate("test", line.code(), device, 0, "here"));
        assertThat(phone.device().config()).startsWith("autoprov");
        associate(line, 0);
        assertRefused(Reason.CONFLICT, "bound", () -> associate(line, 0));
        core.phone(2).boot();
        assertRefused(
                Reason.CONFLICT,
                "bound",
                () -> core.lines.associate(
                        "test", line.code(), core.phone(2).device().id(), 0, null));
        assertRefused(Reason.CONFLICT, "bound", () -> core.lines.delete("test", line.id()));
        assertRefused(Reason.NOT_FOUND, "no line", () -> core.lines.delete("test", "nowhere"));
        assertRefused(Reason.NOT_FOUND, "no line", () -> core.lines.dissociate("test", "nowhere"));
    }

    @Test
    void aNewDeviceGoesToItsLinesTenantOnce() throws RefusedException {
        String one = core.tenant("one");
        String two = core.tenant("two");
        Line first = core.line(one, "u1");
        Device moved = associate(first, 0);
        assertThat(moved.tenant()).isEqualTo(one);
        assertThat(moved.isNew()).isFalse();
        assertRefused(Reason.CONFLICT, "another tenant", () -> associate(core.line(two, "u2"), 0));
        assertRefused(Reason.CONFLICT, "another tenant", () -> associate(line("u3"), 0));
        Device reset = core.lines.dissociate("test", first.id());
        assertThat(reset.tenant()).as("it keeps its tenant").isEqualTo(one);
        assertThat(reset.isNew()).isFalse();
        assertRefused(Reason.CONFLICT, "another tenant", () -> associate(core.line(two, "u4"), 0));
        assertThat(associate(core.line(one, "u5"), 0).tenant()).isEqualTo(one);
    }

    @Test
    void aDeviceWithLinesOfTheMasterTenantGoesNowhereElse() throws RefusedException {
        assertThat(associate(line("u1"), 0).isNew()).isTrue();
        assertRefused(Reason.CONFLICT, "another tenant", () -> associate(core.line(core.tenant("one"), "u2"), 0));
    }

    @Test
    void aDeviceThatSpeaksSccpHasOneLine() throws RefusedException {
        Map<String, Object> sccp = Map.of("protocol", "SCCP");
        associate(core.lines.create("test", core.master(), CoreHarness.account("a"), sccp), 0);
        assertRefused(Reason.CONFLICT, "SCCP", () -> associate(line("b"), 0));
        core.phone(2).boot();
        String other = core.phone(2).device().id();
        core.lines.associate("test", line("c").code(), other, 0, null);
        assertRefused(
                Reason.CONFLICT,
                "SCCP",
                () -> core.lines.associate(
                        "test",
                        core.lines
                                .create("test", core.master(), CoreHarness.account("d"), sccp)
                                .code(),
                        other,
                        0,
                        null));
    }

    @Test
    void aLineWithoutAServerTakesTheRegistrars() throws RefusedException {
        Map<String, Object> account = new HashMap<>(CoreHarness.account("u"));
        account.remove("proxy_ip");
        Line line = core.lines.create("test", core.master(), account, Map.of());
        assertRefused(Reason.INVALID, "proxy_main", () -> associate(line, 0));
        Config registrar = core.configs.get("default").orElseThrow();
        Map<String, Object> others = new LinkedHashMap<>(registrar.others());
        others.putAll(
                Map.of("proxy_main", "203.0.113.7", "registrar_main", "203.0.113.8", "proxy_backup", "203.0.113.9"));
        core.configs.update(
                "test",
                new Config("default", 0, registrar.parentIds(), registrar.rawConfig(), null, false, false, others));
        associate(line, 0);
        assertThat(core.configs
                        .get(device)
                        .orElseThrow()
                        .rawConfig()
                        .get("sip_lines")
                        .toString())
                .contains("proxy_ip=203.0.113.7", "registrar_ip=203.0.113.8", "backup_proxy_ip=203.0.113.9");
    }

    @Test
    void dissociationTakesOneLineAndTheLastOneResetsTheDevice() throws RefusedException {
        Line one = line("one");
        Line two = line("two");
        associate(one, 1);
        associate(two, 2);
        phone.boot();
        Device left = core.lines.dissociate("test", one.id());
        assertThat(left.config()).isEqualTo(device);
        assertThat(CoreHarness.text(phone.boot())).contains("line.2=two:").doesNotContain("line.1=");
        Device reset = core.lines.dissociate("test", two.id());
        assertThat(reset.config()).startsWith("autoprov");
        assertThat(reset.trustedAddress()).isNull();
        assertThat(reset.configured()).isTrue();
        assertThat(core.configs.get(device)).isEmpty();
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=ap").doesNotContain("secret");
        assertRefused(Reason.CONFLICT, "bound to no device", () -> core.lines.dissociate("test", two.id()));
        core.lines.delete("test", two.id());
        assertThat(core.lines.get(two.id())).isEmpty();
        assertThat(core.lines.findByCode(two.code())).isEmpty();
        assertThat(associate(core.lines.get(one.id()).orElseThrow(), 0).configured())
                .isTrue();
    }

    @Test
    void resetUnbindsAllLinesAndKeepsTheTenant() throws RefusedException {
        String tenant = core.tenant("one");
        Line line = core.line(tenant, "u");
        associate(line, 0);
        core.devices.update(
                "test",
                phone.device().edit().options(Map.of("switchboard", true)).build());
        Device reset = core.devices.reset("test", device);
        assertThat(reset.tenant()).isEqualTo(tenant);
        assertThat(reset.config()).startsWith("autoprov");
        assertThat(reset.hasOptions()).isFalse();
        assertThat(reset.trustedAddress()).isNull();
        assertThat(reset.configured()).isTrue();
        assertThat(core.lines.get(line.id()).orElseThrow().isBound()).isFalse();
        assertThat(core.configs.get(device)).isEmpty();
        String onboarding = reset.config();
        assertThat(core.devices.reset("test", device).config()).isNotEqualTo(onboarding);
        assertThat(core.configs.get(onboarding)).isEmpty();
    }

    @Test
    void deletingTheDeviceFreesItsLines() throws RefusedException {
        Line line = line("u");
        associate(line, 0);
        core.devices.delete("test", device);
        assertThat(core.lines.get(line.id()).orElseThrow().isBound()).isFalse();
        assertThat(core.lines.ofDevice(device)).isEmpty();
    }

    @Test
    void oneOfTwoWhoClaimAtOnceIsRefused() throws RefusedException {
        Line line = line("u");
        core.phone(2).boot();
        String other = core.phone(2).device().id();
        core.store.beforeNextWrite(() -> {
            try {
                core.lines.associate("faster", line.code(), other, 0, null);
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertRefused(Reason.CONFLICT, "bound", () -> associate(line, 0));
        assertThat(core.lines.get(line.id()).orElseThrow().device()).isEqualTo(other);
        assertThat(phone.device().config()).startsWith("autoprov");
    }

    @Test
    void nothingIsStoredHalf() throws RefusedException {
        Line line = line("u");
        core.store.away(true);
        assertRefused(Reason.UNAVAILABLE, "away", () -> associate(line, 0));
        core.store.away(false);
        assertThat(core.lines.get(line.id()).orElseThrow().isBound()).isFalse();
        assertThat(phone.device().config()).startsWith("autoprov");
        assertThat(core.configs.get(device)).isEmpty();
        assertThat(phone.boot().status()).isEqualTo(Status.SERVED);
    }

    @Test
    void theAuditLogTellsWhoAndWhatAndNoSecret() throws RefusedException {
        Line line = core.lines.create("anna", core.master(), CoreHarness.account("user1"), Map.of());
        core.lines.associate("bert", line.code(), device, 0, phone.ip);
        core.lines.dissociate("carl", line.id());
        assertThat(core.auditOf(line.id()))
                .containsExactly(
                        "anna create",
                        "bert associate device " + device + " position 1",
                        "carl dissociate device " + device);
        assertThat(core.auditOf(device))
                .anyMatch(l -> l.startsWith("bert associate"))
                .anyMatch(l -> l.startsWith("carl dissociate"));
        String all = core.store.allAudit().toString();
        assertThat(all).doesNotContain("secret-").doesNotContain(line.code());
        assertThat(line.toString()).doesNotContain("secret-");
    }

    private Line update(Line line, String name, Object value) throws RefusedException {
        Map<String, Object> account = new LinkedHashMap<>(line.account());
        account.put(name, value);
        return core.lines.update("anna", line.with(account, line.parameters()));
    }

    private Line now(Line line) {
        return core.lines.get(line.id()).orElseThrow();
    }

    @Test
    void anIdOfTheCallersOwnMakesOneLineOnly() throws RefusedException {
        Line line = core.lines.create("test", "pbx-7.1_a", core.master(), CoreHarness.account("u"), null);
        assertThat(line.id()).isEqualTo("pbx-7.1_a");
        assertThat(line.parameters()).isEmpty();
        assertThat(core.lines.get("pbx-7.1_a")).contains(line);
        assertRefused(
                Reason.CONFLICT,
                "pbx-7.1_a exists",
                () -> core.lines.create("test", "pbx-7.1_a", core.master(), CoreHarness.account("v"), null));
        for (String id : List.of("", "a/b", "a b", "ü", "x".repeat(65))) {
            assertRefused(
                    Reason.INVALID,
                    "id",
                    () -> core.lines.create("test", id, core.master(), CoreHarness.account("v"), null));
        }
        assertThat(core.lines.all()).hasSize(1);
    }

    @Test
    void oneOfTwoWhoChooseAnIdAtOnceIsRefused() {
        core.store.beforeNextWrite(() -> {
            try {
                core.lines.create("faster", "same", core.master(), CoreHarness.account("u"), null);
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        assertRefused(
                Reason.CONFLICT,
                "same exists",
                () -> core.lines.create("late", "same", core.master(), CoreHarness.account("v"), null));
        assertThat(core.lines.get("same").orElseThrow().username()).isEqualTo("u");
    }

    @Test
    void aChangedLineReachesThePhoneWithItsOtherLines() throws RefusedException {
        Line one = line("one");
        associate(one, 1);
        associate(line("two"), 2);
        phone.boot();
        Line changed = update(now(one), "password", "secret-new");
        assertThat(changed.position()).isEqualTo(1);
        assertThat(changed.code()).isEqualTo(one.code());
        assertThat(now(one)).isEqualTo(changed);
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=one:secret-new@", "line.2=two:secret-two@");
        Line localised = core.lines.update("anna", changed.with(changed.account(), Map.of("locale", "de_DE")));
        assertThat(CoreHarness.text(phone.boot())).contains("locale=de_DE\n");
        assertThat(core.configs.get(device).orElseThrow().rawConfig().get("locale"))
                .isEqualTo("de_DE");
        core.lines.update("anna", localised.with(localised.account(), Map.of()));
        assertThat(CoreHarness.text(phone.boot())).doesNotContain("de_DE");
        assertThat(core.auditOf(one.id())).contains("anna update");
        assertThat(core.store.allAudit().toString()).doesNotContain("secret-");
    }

    @Test
    void aLineThatIsBoundToNoneIsChangedByItself() throws RefusedException {
        Line line = line("u");
        int commits = core.store.commits();
        Line changed = update(line, "number", "42");
        assertThat(changed.revision()).isEqualTo(2);
        assertThat(changed.number()).isEqualTo("42");
        assertThat(changed.isBound()).isFalse();
        assertThat(update(changed, "number", "42")).as("nothing differs").isEqualTo(changed);
        assertThat(core.store.commits()).isEqualTo(commits + 1);
        assertThat(update(changed, "number", null).account()).doesNotContainKey("number");
    }

    @Test
    void aChangeKeepsWhereALineIsBoundItsTenantAndItsCode() throws RefusedException {
        Line line = line("u");
        associate(line, 3);
        Map<String, Object> account = new HashMap<>(CoreHarness.account("v"));
        Line changed = core.lines.update(
                "test", new Line(line.id(), 0, core.tenant("other"), "000000", account, Map.of(), "elsewhere", 9));
        assertThat(changed.tenant()).isEqualTo(core.master());
        assertThat(changed.code()).isEqualTo(line.code());
        assertThat(changed.device()).isEqualTo(device);
        assertThat(changed.position()).isEqualTo(3);
        assertThat(changed.username()).isEqualTo("v");
    }

    @Test
    void aChangeIsRefusedForAnOldRevisionABadAccountAndNoLine() throws RefusedException {
        Line line = line("u");
        associate(line, 0);
        Line bound = now(line);
        update(bound, "number", "1");
        assertRefused(Reason.STALE, "meanwhile", () -> update(bound, "number", "2"));
        assertRefused(Reason.INVALID, "password", () -> update(now(line), "password", ""));
        assertRefused(Reason.INVALID, "proxy_port", () -> update(now(line), "proxy_port", "many"));
        assertRefused(
                Reason.INVALID,
                "foo",
                () -> core.lines.update("test", now(line).with(line.account(), Map.of("foo", 1L))));
        assertRefused(
                Reason.INVALID, "proxy_main", () -> update(now(line), "proxy_ip", null)); // no server for the phone
        Line other = line("gone");
        core.lines.delete("test", other.id());
        assertRefused(Reason.NOT_FOUND, "no line", () -> update(other, "number", "3"));
        core.store.away(true);
        assertRefused(Reason.UNAVAILABLE, "away", () -> update(now(line), "number", "4"));
        core.store.away(false);
        assertThat(now(line).number()).isEqualTo("1");
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=u:secret-u@");
    }

    @Test
    void aPhoneThatIsQuickerStopsNoChange() throws RefusedException {
        Line line = line("u");
        associate(line, 0);
        core.store.beforeNextWrite(() -> {
            try {
                core.devices.trust("faster", device, "192.0.2.99");
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        Line changed = update(now(line), "number", "7");
        assertThat(now(line)).isEqualTo(changed);
        assertThat(phone.device().trustedAddress()).isEqualTo("192.0.2.99");
    }

    @Test
    void aLineThatIsUntiedMeanwhileIsNotWrittenToThePhone() throws RefusedException {
        Line line = line("u");
        associate(line, 0);
        core.store.beforeNextWrite(() -> {
            try {
                core.lines.dissociate("faster", line.id());
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        Line changed = core.lines.update("late", now(line).withRevision(0).with(CoreHarness.account("v"), Map.of()));
        assertThat(changed.isBound()).isFalse();
        assertThat(changed.username()).isEqualTo("v");
        assertThat(phone.device().config()).startsWith("autoprov");
        assertThat(core.configs.get(device)).isEmpty();
    }

    @Test
    void aNewCodeMakesTheOldOneUseless() throws RefusedException {
        Line line = line("u");
        associate(line, 2);
        Line renewed = core.lines.renewCode("anna", line.id());
        assertThat(renewed.code()).matches("[0-9]{6}").isNotEqualTo(line.code());
        assertThat(renewed.position()).isEqualTo(2);
        assertThat(core.lines.findByCode(line.code())).isEmpty();
        assertThat(core.lines.findByCode(renewed.code())).contains(renewed);
        assertRefused(Reason.NOT_FOUND, "code", () -> associate(line, 0));
        assertRefused(Reason.NOT_FOUND, "no line", () -> core.lines.renewCode("anna", "nowhere"));
        assertThat(core.auditOf(line.id())).contains("anna renew code");
        assertThat(core.store.allAudit().toString()).doesNotContain(line.code(), renewed.code());
        core.store.beforeNextWrite(() -> {
            try {
                update(now(line), "number", "5");
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        Line again = core.lines.renewCode("anna", line.id());
        assertThat(again.number()).as("no change is lost").isEqualTo("5");
        assertThat(again.code()).isNotEqualTo(renewed.code());
    }

    @Test
    void aSharedDeviceTakesLinesOfAllTenantsAndStaysWithItsOwner() throws RefusedException {
        String one = core.tenant("one");
        String two = core.tenant("two");
        core.devices.update(
                "test", phone.device().edit().tenant(one).shared(true).build());
        associate(core.line(two, "w"), 2);
        Line line = core.line(one, "e");
        Device both = associate(line, 1);
        assertThat(both.tenant()).isEqualTo(one);
        assertThat(both.isNew()).isFalse();
        assertThat(both.shared()).isTrue();
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=e:", "line.2=w:");
        assertThat(core.lines.dissociate("test", line.id()).tenant()).isEqualTo(one);
        assertThat(CoreHarness.text(phone.boot())).contains("line.2=w:").doesNotContain("line.1=e:");
        assertThat(core.devices.reset("test", device).shared()).isTrue();
        assertThat(core.lines.ofDevice(device)).isEmpty();
    }

    @Test
    void aSharedDeviceOfTheMasterTenantDoesNotMoveWithItsFirstLine() throws RefusedException {
        core.devices.update("test", phone.device().edit().shared(true).build());
        Device tied = associate(core.line(core.tenant("one"), "u"), 0);
        assertThat(tied.tenant()).isEqualTo(core.master());
        assertThat(tied.isNew()).isTrue();
        assertThat(associate(core.line(core.tenant("two"), "v"), 0).tenant()).isEqualTo(core.master());
    }

    private static Line wanted(String username, String tenant, String device, int position) {
        return new Line("id-" + username, 0, tenant, "", CoreHarness.account(username), Map.of(), device, position);
    }

    @Test
    void makesAndTiesManyLinesInOneTransaction() throws RefusedException {
        String east = core.tenant("east");
        Line free = core.line(east, "free");
        int commits = core.store.commits();
        core.lines.putAll(
                "bulk",
                List.of(
                        wanted("a", east, device, 2),
                        free.boundTo(device, 0),
                        wanted("b", east, device, 0),
                        wanted("c", east, null, 0)));
        assertThat(core.store.commits()).isEqualTo(commits + 1);
        assertThat(core.lines.ofDevice(device).stream().map(Line::username)).containsExactly("free", "a", "b");
        assertThat(core.lines.get("id-c").orElseThrow().code()).matches("[0-9]{6}");
        assertThat(core.lines.get("id-c").orElseThrow().isBound()).isFalse();
        Device now = core.devices.get(device).orElseThrow();
        assertThat(now.tenant()).isEqualTo(east);
        assertThat(now.isNew()).isFalse();
        assertThat(now.configured()).isTrue();
        assertThat(CoreHarness.text(phone.boot())).contains("line.1=free:", "line.2=a:", "line.3=b:");
        assertThat(core.auditOf("id-a")).containsExactly("bulk create device " + device + " position 2");
    }

    @Test
    void storesNoneOfManyLinesWhenOneIsRefused() throws RefusedException {
        String east = core.tenant("east");
        Line free = core.line(east, "free");
        int commits = core.store.commits();
        for (Line bad : List.of(
                wanted("b", core.tenants.master().id(), device, 0), // the device goes to the tenant of the first
                wanted("b", east, device, 1),
                wanted("b", east, "nothing", 1),
                wanted("b", "nobody", null, 0),
                free.withRevision(7).boundTo(device, 2))) {
            assertThatThrownBy(() -> core.lines.putAll("bulk", List.of(wanted("a", east, device, 1), bad)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(bad.username());
        }
        assertThat(core.lines.get("id-a")).isEmpty();
        assertThat(core.lines.ofDevice(device)).isEmpty();
        assertThat(core.store.commits()).isEqualTo(commits);
    }

    @Test
    void tiesManyLinesThoughTheDeviceChangesMeanwhile() throws RefusedException {
        String east = core.tenant("east");
        core.store.beforeNextWrite(() -> {
            try {
                core.devices.update(
                        "other",
                        core.devices
                                .get(device)
                                .orElseThrow()
                                .edit()
                                .description("moved")
                                .build());
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        });
        core.lines.putAll("bulk", List.of(wanted("a", east, device, 0)));
        assertThat(core.devices.get(device).orElseThrow().description()).isEqualTo("moved");
        assertThat(core.lines.ofDevice(device)).hasSize(1);
        core.store.away(true);
        assertRefused(Reason.UNAVAILABLE, "away", () -> core.lines.putAll("bulk", List.of(wanted("b", east, null, 0))));
        core.store.away(false);
        assertThat(core.lines.get("id-b")).isEmpty();
    }

    @Test
    void linesOfSeveralTenantsGoOntoASharedDeviceTogether() throws RefusedException {
        String east = core.tenant("east");
        String west = core.tenant("west");
        core.devices.update(
                "test",
                core.devices
                        .get(device)
                        .orElseThrow()
                        .edit()
                        .shared(true)
                        .tenant(east)
                        .build());
        core.lines.putAll("bulk", List.of(wanted("a", east, device, 0), wanted("b", west, device, 0)));
        assertThat(core.devices.get(device).orElseThrow().tenant()).isEqualTo(east);
        assertThat(core.lines.ofDevice(device)).hasSize(2);
    }
}
