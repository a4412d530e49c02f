// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkResourcesTest {

    private static final String DEVICES = "/1/devices.csv";
    private static final String LINES = "/1/lines.csv";

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
        server.core.devices.create(
                "test",
                Device.create("w1")
                        .tenant(server.west)
                        .mac(MacAddress.parse("00:11:22:33:44:01").orElseThrow())
                        .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private V1Harness.Answer post(String tenant, String path, String csv, String... headers) throws RefusedException {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "text/csv; charset=utf-8";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.call(tenant, "POST", path, csv.getBytes(StandardCharsets.UTF_8), all);
    }

    @Test
    void importsDevicesInOneTransactionAndExportsThemAgain() throws RefusedException {
        String csv = "id,mac,plugin,vendor\nd1,001122334455,acme-1,Acme\nd2,001122334456,acme-1,Acme\n";
        int commits = server.core.store.commits();
        V1Harness.Answer dry = post(server.east, DEVICES + "?dry_run=true", csv);
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.at("applied")).isEqualTo(false);
        assertThat(dry.at("created")).isEqualTo(2L);
        assertThat(server.core.store.commits()).isLessThanOrEqualTo(commits + 1); // the token
        assertThat(server.core.devices.get("d1")).isEmpty();

        commits = server.core.store.commits();
        V1Harness.Answer done = post(server.east, DEVICES, csv);
        assertThat(done.at("applied")).isEqualTo(true);
        assertThat(server.core.store.commits()).isEqualTo(commits + 1);
        assertThat(server.core.devices.get("d2").orElseThrow().tenant()).isEqualTo(server.east);

        V1Harness.Answer out = server.call(server.east, "GET", DEVICES, null);
        assertThat(out.reply().contentType()).startsWith("text/csv");
        assertThat(out.header("Content-Disposition")).contains("devices.csv");
        assertThat(out.text()).contains("d1,", "d2,").doesNotContain("w1");
        assertThat(post(server.east, DEVICES, out.text()).at("unchanged")).isEqualTo(2L);
    }

    @Test
    void namesBadRowsAndStoresNothing() throws RefusedException {
        V1Harness.Answer bad = post(server.east, DEVICES, "id,mac\nd1,001122334455\nd2,hunter2\nw1,\n");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.at("detail")).isEqualTo("2 rows are bad, nothing is stored");
        assertThat(bad.at("report.bad.0.row")).isEqualTo(3L);
        assertThat(bad.at("report.bad.0.column")).isEqualTo("mac");
        assertThat(bad.at("report.bad.1.reason")).isEqualTo("a device of another tenant has it");
        assertThat(bad.text()).doesNotContain("hunter2");
        assertThat(server.core.devices.get("d1")).isEmpty();
    }

    @Test
    void importsLinesOntoDevicesInOneTransaction() throws RefusedException {
        post(server.east, DEVICES, "id,mac,plugin,vendor\nd1,001122334455,acme-1,Acme\n");
        String csv = "username,password,display_name,proxy_ip,device,position\n"
                + "u1,pw-one,One,192.0.2.1,d1,\nu2,pw-two,Two,192.0.2.1,00:11:22:33:44:55,\nu3,pw-x,Three,,,\n";
        int commits = server.core.store.commits();
        V1Harness.Answer done = post(server.east, LINES, csv);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.at("created")).isEqualTo(3L);
        assertThat(server.core.store.commits()).isEqualTo(commits + 1);
        assertThat(server.core.lines.ofDevice("d1").stream().map(Line::username))
                .containsExactly("u1", "u2");
        assertThat(server.core.devices.get("d1").orElseThrow().configured()).isTrue();
        assertThat(server.core.lines.all())
                .allSatisfy(line -> assertThat(line.code()).matches("[0-9]{6}"));
        assertThat(post(server.east, LINES, csv).at("unchanged")).isEqualTo(3L);
    }

    @Test
    void storesNothingWhenOneLineCannotBeMade() throws RefusedException {
        post(server.east, DEVICES, "id,mac,plugin,vendor\nd1,001122334455,acme-1,Acme\n");
        V1Harness.Answer refused = post(
                server.east,
                LINES,
                "username,password,display_name,proxy_ip,device\nu1,p,One,192.0.2.1,\nu2,p,Two,,d1\n");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("detail").toString()).startsWith("line u2: ").contains("proxy_ip");
        assertThat(server.core.lines.all()).isEmpty();
    }

    @Test
    void passwordsAndCodesTakeTheRightToSecrets() throws RefusedException {
        post(server.east, LINES, "username,password,display_name\nu1,pw-one,One\n");
        assertThat(server.call(server.east, "GET", LINES, null).text())
                .contains("u1")
                .doesNotContain("pw-one", "code");
        assertThat(server.call(server.east, "GET", LINES + "?secrets=true", null)
                        .text())
                .contains("pw-one", ",code\r\n");
        String token = server.token(server.east, "provd.v1.bulk.#");
        assertThat(server.callWith(token, "GET", LINES + "?secrets=true", null).status())
                .isEqualTo(403);
        assertThat(server.call(server.west, "GET", LINES, null).text()).doesNotContain("u1");
        assertThat(server.call(server.core.master(), "GET", LINES, null).text()).contains("u1");
    }

    @Test
    void takesCsvOnlyAndTokensThatMay() throws RefusedException {
        assertThat(server.call(server.east, "POST", DEVICES, "id\nd1\n".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(post(server.east, DEVICES + "?dry_run=maybe", "id\nd1\n").status())
                .isEqualTo(400);
        assertThat(server.call(
                                server.east,
                                "POST",
                                DEVICES,
                                new byte[] {'i', 'd', '\n', (byte) 0xff},
                                "Content-Type",
                                "text/csv")
                        .status())
                .isEqualTo(400);
        String reader = server.token(server.east, "provd.v1.bulk.devices.read");
        assertThat(server.callWith(
                                reader,
                                "POST",
                                DEVICES,
                                "id\nd1\n".getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "text/csv")
                        .status())
                .isEqualTo(403);
        assertThat(server.core.devices.get("d1")).isEmpty();
    }

    @Test
    void aKeyForOneCallDoesNotKeepAFailedImport() throws RefusedException {
        assertThat(post(server.east, DEVICES, "id\nw1\n", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
        server.core.devices.delete("test", "w1");
        assertThat(post(server.east, DEVICES, "id\nw1\n", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(200);
    }
}
