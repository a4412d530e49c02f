// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.autoprov.shell.internal.FakeShell.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private final FakeShell shell = new FakeShell();

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void listsDevicesAligned() {
        assertThat(shell.out("devices").lines().map(String::stripTrailing))
                .containsExactly(
                        "DEVICE             IP         VENDOR   MODEL  VERSION      PLUGIN       STATE              TENANT"
                                + "     SEEN",
                        "00:04:13:00:00:01  -          Snom     D785   10.1\\x1b[2J  -            unconfigured, new  master"
                                + "        -",
                        "00:11:22:33:44:55  192.0.2.7  Yealink  T54W   96.86.0.100  yealink-v86  configured         ACME Corp"
                                + "    2m",
                        "e3                 192.0.2.9  -        -      -            -            autoprov, new      master"
                                + "        -");
    }

    @Test
    void fitsATableToTheTerminalButNeverCutsTheDevice() {
        Result result = shell.run("devices", 90);

        assertThat(result.out()).contains("00:11:22:33:44:55").contains("…");
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(90));
    }

    @Test
    void cutsNothingInAPipe() {
        assertThat(shell.run("x = (devices); echo $x", 40).out())
                .doesNotContain("…")
                .contains("yealink-v86");
    }

    @Test
    void filtersDevices() {
        assertThat(shell.out("devices --state new")).contains("e3", "Snom").doesNotContain("Yealink");
        assertThat(shell.out("devices --state autoprov")).contains("e3").doesNotContain("Snom");
        assertThat(shell.out("devices --tenant 'ACME Corp'"))
                .contains("Yealink")
                .doesNotContain("Snom");
        assertThat(shell.out("devices --vendor snom --model D785"))
                .contains("Snom")
                .doesNotContain("Yealink");
        assertThat(shell.out("devices 96.86")).contains("Yealink").doesNotContain("Snom");
        assertThat(shell.out("devices nothing like it")).isEqualTo("no such device\n");
    }

    @Test
    void showsADeviceWithoutItsSecrets() {
        String shown = shell.out("device 001122334455");

        assertThat(shown)
                .contains("plugin       yealink-v86", "line 1       100 Jörg 日本, user u100", "    10:")
                .contains("admin_password: ********", "http_base_url: http://192.0.2.1:8667/********")
                .doesNotContain("s3cret", "acme-key", "BEGIN KEY");
        assertThat(shown.indexOf("    2:")).isLessThan(shown.indexOf("    10:"));
        assertThat(shell.out("device d1 --secrets")).contains("password: s3cret&pw");
    }

    @Test
    void findsADeviceByTheBeginningOfItsMac() {
        assertThat(shell.out("device 00:04")).contains("problem      it has no config");
        assertThat(shell.run("device 00").err()).isEqualTo("autoprov: more than one device begins with 00\n");
        assertThat(shell.run("device zz").err()).isEqualTo("autoprov: there is no device zz\n");
    }

    @Test
    void previewsAFileWithSecretsMaskedInItsText() {
        assertThat(shell.out("preview d1")).contains("001122334455.cfg", "trigger", "y000000000096.cfg");
        assertThat(shell.out("preview d1 0011")).isEqualTo("account.1.password = ********\naccount.1.user = u100\n");
        assertThat(shell.out("preview d1 001122334455.cfg --secrets")).contains("= s3cret&pw");
        assertThat(shell.run("preview d1 x.txt").status()).isEqualTo(1);
    }

    @Test
    void previewDoesNotSteerTheTerminal() {
        shell.core.file = "\u001b]0;title\u0007\tx\r\n";

        assertThat(shell.out("preview d1 0011")).isEqualTo("\\x1b]0;title\\x07\tx\n");
    }

    @Test
    void keepsTheZerosOfCodesAndMacs() {
        shell.out("associate 001122334455 012345 --position 2");

        assertThat(shell.core.calls).containsExactly("shell associate 012345 d1 2 null");
    }

    @Test
    void listsLinesWithWideLettersAligned() {
        assertThat(shell.out("lines").lines().map(String::stripTrailing))
                .containsExactly(
                        "CODE    TENANT     USER  NUMBER  NAME        DEVICE             POSITION  ID",
                        "123456  ACME Corp  u101  -       Ann O'Neil  -                         -  l2",
                        "012345  ACME Corp  u100  100     Jörg 日本   00:11:22:33:44:55         1  l1");
        assertThat(shell.out("lines jörg")).contains("012345").doesNotContain("123456");
    }

    @Test
    void addsALine() {
        assertThat(shell.out("line add --tenant 'ACME Corp' --user u7 --password pw --name 'J. O'\\''Neil' --number 007"
                        + " --proxy '[2001:db8::1]:5070' --registrar 192.0.2.1:5060 --template base"))
                .isEqualTo("added line l9\ncode 999999\n");
        assertThat(shell.core.calls)
                .containsExactly("shell line " + FakeCore.ACME + " {display_name=J. O'Neil, "
                        + "number=007, password=pw, proxy_ip=2001:db8::1, proxy_port=5070, registrar_ip=192.0.2.1, "
                        + "registrar_port=5060, username=u7} {X_template=base}");
    }

    @Test
    void editsALineAndLeavesTheRestOfIt() {
        assertThat(shell.out("line edit l1 --name 'Jo' --number '' --proxy 192.0.2.1:5070 --template base"))
                .isEqualTo("changed line l1\n");
        assertThat(shell.core.calls)
                .containsExactly("shell update l1 {display_name=Jo, password=s3cret&pw, proxy_ip=192.0.2.1, "
                        + "proxy_port=5070, username=u100} {X_template=base}");
        assertThat(shell.out("line edit 012345 --password -")).containsPattern("(?m)^password [A-Za-z0-9]{16}$");
        assertThat(shell.out("line code l1")).isEqualTo("line l1 has the code 777777\n");
        assertThat(shell.run("line edit nobody --name x").err()).isEqualTo("autoprov: there is no line nobody\n");
    }

    @Test
    void findsDevicesByTheirLines() {
        assertThat(shell.out("devices jörg")).contains("00:11:22:33:44:55").doesNotContain("Snom");
    }

    @Test
    void countsWhoGetsWhat() {
        assertThat(shell.out("usage").lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .containsExactly(
                        "PLUGIN|VENDOR|MODEL|VERSION|DEVICES|CONFIGURED|AUTOPROV|UNCONFIGURED",
                        "yealink-v86|Yealink|T54W|96.86.0.100|1|1|0|0",
                        "-|Snom|D785|10.1\\x1b[2J|1|0|0|1",
                        "-|-|-|-|1|0|1|0");
        shell.core.devices.put(
                "d9",
                org.autoprov.core.device.Device.create("d9")
                        .plugin("old-1")
                        .tenant(FakeCore.ACME)
                        .build());
        assertThat(shell.out("usage --tenant 'ACME Corp'")).contains("old-1 (not installed)", "T54W");
        assertThat(shell.out("usage --model t54w")).contains("Yealink").doesNotContain("old-1");
        assertThat(shell.out("usage --plugin nothing")).isEqualTo("no such device\n");
    }

    @Test
    void makesARandomPasswordOnRequest() {
        String out = shell.out("line add --tenant 'ACME Corp' --user u7 --password - --proxy 2001:db8::1");

        assertThat(out).containsPattern("(?m)^password [A-Za-z0-9]{16}$");
        assertThat(shell.core.calls.get(0)).contains("display_name=u7", "proxy_ip=2001:db8::1,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line",
                "line frob",
                "line add --user x",
                "line add --tenant",
                "line remove",
                "devices --x",
                "devices --state blue",
                "associate d1 012345 --position 0",
                "device",
                "device a b",
                "audit --limit x",
                "nonsense",
                "config base x",
                "echo 'open",
                "line add --tenant master --user u --password p --proxy h:99999"
            })
    void wrongUsageIsOneLine(String line) {
        Result result = shell.run(line);

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).startsWith("autoprov: ").hasLineCount(1);
        assertThat(result.err().length()).isLessThan(160);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void refusalIsOneEscapedLineAndAStatus() {
        assertThat(shell.run("reset d1"))
                .isEqualTo(new Result(1, "", "autoprov: no config has the role autocreate\\x1b[31m\n"));
    }

    @Test
    void aBugIsOneLineToo() {
        assertThat(shell.run("install boom")).isEqualTo(new Result(1, "", "autoprov: a bug\\x07\n"));
    }

    @Test
    void unscopedNameFindsOurCommandBeforeFelix() {
        shell.out("install snom-10");
        assertThat(shell.core.calls).containsExactly("shell install snom-10");
        assertThat(shell.out("felix:install x")).isEqualTo("[x]\n");
        assertThat(shell.out("echo x")).isEqualTo("[x]\n");
        assertThat(shell.out("autoprov:uninstall p; upgrade snom"))
                .isEqualTo("uninstalled p\nupgraded; it serves snom-v2\n");
    }

    @Test
    void reloadsAndSetsPlugins() {
        assertThat(shell.out("plugin reload yealink-v86")).isEqualTo("reloaded yealink-v86\n");
        assertThat(shell.out(
                        "plugin set yealink-v86 ring 7; plugin set yealink-v86 ring loud; plugin set yealink-v86 ring"))
                .isEqualTo("ring is 7\nring is loud\nring is as its default says\n");
        assertThat(shell.core.calls)
                .containsExactly(
                        "shell reload yealink-v86",
                        "shell set yealink-v86 ring Long 7",
                        "shell set yealink-v86 ring String loud",
                        "shell set yealink-v86 ring null");
        assertThat(shell.out("plugin settings yealink-v86")).contains("ring", "5", "3", "Ring tone");
        assertThat(shell.out("plugin settings snom")).isEqualTo("snom has no settings\n");
        assertThat(shell.run("plugin set snom ring 7").err()).isEqualTo("autoprov: snom has no setting ring\n");
        assertThat(complete("plugin r")).containsExactly("reload");
        assertThat(complete("plugin reload y")).containsExactly("yealink-v86");
    }

    @Test
    void steersDevices() {
        shell.out("reconfigure d1");
        shell.out("trust d1 192.0.2.99");
        shell.out("trust d1");
        shell.out("dissociate 012345");
        shell.out("line remove l2");
        assertThat(shell.core.calls)
                .containsExactly(
                        "shell reconfigure d1",
                        "shell trust d1 192.0.2.99",
                        "shell trust d1 null",
                        "shell dissociate l1",
                        "shell delete l2");
    }

    @Test
    void showsAndSetsProvisioningKeys() {
        assertThat(shell.out("tenants")).contains("set").doesNotContain("acme-key");
        assertThat(shell.out("tenant key 'ACME Corp'")).isEqualTo("ACME Corp has the provisioning key acme-key-1234\n");
        assertThat(shell.out("tenant key 'ACME Corp' none")).isEqualTo("ACME Corp has no provisioning key\n");
        assertThat(shell.out("tenant key 'ACME Corp' new")).matches("ACME Corp has the provisioning key \\w{24}\n");
        assertThat(shell.out("tenant add 'New one' --parent 'ACME Corp'")).startsWith("added tenant New one");
        assertThat(shell.core.calls.get(2)).isEqualTo("shell tenant New one " + FakeCore.ACME);
    }

    @Test
    void setsAConfigParameter() {
        shell.out("config set base sip_lines.1.number 42");
        shell.out("config set base ntp_ip 7");
        shell.out("config set base admin_password 0815");
        shell.out("config set base user_password 815");
        shell.out("config set base X_list '[1, \"a\", null, {\"b\": 1.5}]'");
        shell.out("config set base dns_ip null");
        shell.out("config unset base X_list");

        Map<String, Object> raw = shell.core.configs.get("base").rawConfig();
        assertThat(raw.get("sip_lines")).isEqualTo(Map.of("1", Map.of("number", 42L)));
        assertThat(raw)
                .containsEntry("ntp_ip", "7")
                .containsEntry("admin_password", "0815")
                .containsEntry("user_password", "815")
                .containsEntry("dns_ip", null)
                .doesNotContainKey("X_list");
        assertThat(shell.run("config set base ntp_ip.x 1").err())
                .isEqualTo("autoprov: config: ntp_ip holds a value, not further parameters\n");
        assertThat(shell.run("config unset base nothing").status()).isEqualTo(64);
    }

    @Test
    void showsAConfigWithoutItsSecrets() {
        assertThat(shell.out("config base"))
                .contains("admin_password: ********", "X_type: internal")
                .doesNotContain("topsecret");
        assertThat(shell.out("config base --flat --secrets")).contains("topsecret");
        assertThat(shell.out("configs")).contains("base    internal  -     -              0  protected");
    }

    @Test
    void showsAuditPluginsStatusAndVersion() {
        assertThat(shell.out("audit d1 --limit 5")).contains("phone 192.0.2.7", "create");
        assertThat(shell.core.calls).containsExactly("audit d1 5");
        assertThat(shell.out("plugins"))
                .contains("suspended: NullPointerException")
                .contains("yealink-v86  2.0");
        assertThat(shell.out("available")).contains("snom-10 snom-11");
        assertThat(shell.out("status"))
                .contains(
                        "devices     3: 1 unconfigured, 1 autoprov, 1 configured; 2 new",
                        "lines       2, 1 bound",
                        "plugins     2, 1 suspended",
                        "store       answers",
                        "listener    tftp udp://0.0.0.0:6969");
        assertThat(shell.out("version")).contains("java        " + Runtime.version());
    }

    @Test
    void everyCommandHasHelp() {
        String list = shell.out("help");
        for (Object name : (java.util.Collection<?>) shell.processor.getCommands()) {
            if (name.toString().startsWith("autoprov:")) {
                String command = name.toString().substring("autoprov:".length());
                assertThat(list).containsPattern("(?m)^" + command + " +\\w");
                assertThat(shell.out("help " + command)).contains("\n  " + command);
                assertThat(shell.out(command + " --help")).isEqualTo(shell.out("help " + command));
            }
        }
    }

    @Test
    void shutdownStopsTheFramework() {
        shell.out("shutdown");
        org.awaitility.Awaitility.await().until(() -> shell.stops.get() == 1);
    }

    @Test
    void completesFromWhatThereIs() {
        assertThat(complete("dev")).containsExactly("device", "devices");
        assertThat(complete("device 00:1")).containsExactly("00:11:22:33:44:55");
        assertThat(complete("devices --tenant A")).containsExactly("'ACME Corp'");
        assertThat(complete("devices --state con")).containsExactly("configured");
        assertThat(complete("devices --st")).containsExactly("--state");
        assertThat(complete("associate d1 ")).contains("123456").doesNotContain("012345");
        assertThat(complete("line ")).containsExactly("add", "edit", "code", "remove");
        assertThat(complete("line edit 0")).containsExactly("012345");
        assertThat(complete("line edit 012345 --pa")).containsExactly("--password");
        assertThat(complete("line remove 0")).containsExactly("012345");
        assertThat(complete("tenant key 'ACME Corp' n")).containsExactly("none", "new");
        assertThat(complete("uninstall y")).containsExactly("yealink-v86");
        assertThat(complete("preview d1 y")).containsExactly("y000000000096.cfg");
        assertThat(complete("version; help w")).containsExactly("watch");
        assertThat(complete("config set b")).containsExactly("base");
        assertThat(complete("felix:e")).containsExactly("felix:echo");
        assertThat(complete("nonsense x")).isEmpty();
    }

    private java.util.List<String> complete(String line) {
        return shell.complete(line);
    }

    @Test
    void opensAndClosesADevicesPositions() throws Exception {
        assertThat(shell.out("share d1")).contains("takes lines of all tenants");
        assertThat(shell.out("share d1 no")).contains("its owner's lines only");
        assertThat(shell.core.calls).containsExactly("shell update d1 shared", "shell update d1");
        assertThat(shell.run("share d1 maybe").status()).isEqualTo(64);
    }

    @Test
    void renamesATenant() throws Exception {
        assertThat(shell.out("tenant rename 'ACME Corp' 'Acme Ltd'")).isEqualTo("ACME Corp is Acme Ltd now\n");
    }

    @Test
    void showsTheSecretOfAWebhookOnce() throws Exception {
        String made = shell.out("tenant webhook 'ACME Corp' 'https://example.org/hook?k=hidden' line operation");
        assertThat(made)
                .contains("https://example.org/hook for line, operation")
                .containsPattern("once: \\w{40}\n");
        String shown = shell.out("tenant webhook 'ACME Corp'");
        assertThat(shown).isEqualTo("ACME Corp has the webhook https://example.org/hook for line, operation\n");
        assertThat(shell.out("tenant webhook 'ACME Corp' none")).isEqualTo("ACME Corp has no webhook now\n");
        assertThat(String.join(" ", shell.core.calls)).doesNotContain("hidden");
    }
}
