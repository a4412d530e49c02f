// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.admin.bulk.FakeCore.EAST;
import static org.autoprov.admin.bulk.FakeCore.EASTERNER;
import static org.autoprov.admin.bulk.FakeCore.MASTER;
import static org.autoprov.admin.bulk.FakeCore.ROOT;
import static org.autoprov.admin.bulk.FakeCore.WEST;

import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkReport.BadRow;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines in and out as CSV. In the tables a tilde ends a line. */
final class LineBulkTest {

    private final FakeCore core = new FakeCore();

    @BeforeEach
    void someLines() {
        core.device("new", MASTER, "00:00:00:00:00:01");
        core.device("east", EAST, "00:00:00:00:00:02");
        core.device("west", WEST, "00:00:00:00:00:03");
        core.line("free", EAST, "anna");
        core.lines.put("bound", core.line("bound", EAST, "bob").boundTo("east", 1));
        core.line("far", WEST, "wim");
        core.line("twin1", EAST, "twin");
        core.line("twin2", EAST, "twin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what a new line needs
            password~x                                     | 2 | username     | a new line needs it
            username,display_name~u,U                      | 2 | password     | a new line needs it
            username,password~u,x                          | 2 | display_name | a new line needs it
            username,password,display_name,proxy_port~u,x,U,0 | 2 | proxy_port   | must be a number from 1 to
            username,password,display_name,proxy_port~u,x,U,x | 2 | proxy_port   | must be a number from 1 to
            username,password,display_name,dtmf_mode~u,x,U,no | 2 | dtmf_mode    | must be one of RTP-in
            username,password,display_name,srtp_mode~u,x,U,no | 2 | srtp_mode    | must be one of disabled
            username,password,display_name~u,x,U~u,x,U     | 3 | username     | row 2 has the same one
            # stored ones
            id~nothing                                     | 2 | id           | there is no such line
            id~far                                         | 2 | id           | there is no such line
            username~twin                                  | 2 | username     | several lines have it
            id,username~free,~,anna                        | 3 | username     | row 2 is for the same line
            id~free~free                                   | 3 | id           | row 2 is for the same line
            id,password~free,other                         | 2 | password     | differs from the stored line
            id,number~free,100                             | 2 | number       | differs from the stored line
            id,template~free,t                             | 2 | template     | differs from the stored line
            username,tenant~u,West                         | 2 | tenant       | there is no such tenant
            # bindings
            id,device~free,nothing                         | 2 | device       | there is no device with this id or MAC
            id,device~free,west                            | 2 | device       | there is no device with this id or MAC
            id,device~free,000000000003                    | 2 | device       | there is no device with this id or MAC
            id,position~free,2                             | 2 | position     | a position needs a device
            id,device,position~free,east,0                 | 2 | position     | must be a number from 1 to 10000
            id,device,position~free,east,10001             | 2 | position     | must be a number from 1 to 10000
            id,device,position~free,east,1                 | 2 | position     | this position of the device is taken
            id,device~bound,new                            | 2 | device       | the line is bound to another device
            id,position~bound,2                            | 2 | position     | the line is bound to another position
            id,device,position~free,new,3~twin1,new,3      | 3 | position     | this position of the device is taken
            id,device,position~free,new,~twin1,new,1       | 3 | position     | this position of the device is taken
            """)
    void namesTheBadRowAndChangesNothing(String csv, int row, String column, String reason) throws RefusedException {
        BulkReport report = core.importLines(EASTERNER, csv.replace('~', '\n'), false);
        assertThat(report.applied()).isFalse();
        assertThat(report.bad()).singleElement().satisfies(bad -> {
            assertThat(bad.row()).isEqualTo(row);
            assertThat(bad.column()).isEqualTo(column);
            assertThat(bad.reason()).startsWith(reason);
        });
        assertThat(core.changes).isEmpty();
    }

    @Test
    void makesAndBindsLines() throws RefusedException {
        String csv = "username,password,display_name,number,proxy_port,template,device,position\n"
                + "u1, s p ,Ü One,+49 1,5060,tpl,00-00-00-00-00-01,\n"
                + "u2,x,Two,,,,new,\n"
                + "u3,x,Three,,,,,\n"
                + "anna,,,,,,east,\n";
        assertThat(core.importLines(EASTERNER, csv, true)).isEqualTo(new BulkReport(false, 4, 3, 1, 0, 0, List.of()));
        assertThat(core.changes).isEmpty();
        assertThat(core.importLines(EASTERNER, csv, false)).isEqualTo(new BulkReport(true, 4, 3, 1, 0, 0, List.of()));
        assertThat(core.changes)
                .containsExactly(
                        "eve creates u1 on new at 1",
                        "eve creates u2 on new at 2",
                        "eve creates u3",
                        "eve binds anna on east at 2");
        Line made = core.lines.values().stream()
                .filter(line -> line.username().equals("u1"))
                .findFirst()
                .orElseThrow();
        assertThat(made.tenant()).isEqualTo(EAST);
        assertThat(made.account())
                .isEqualTo(Map.of(
                        "username",
                        "u1",
                        "password",
                        " s p ",
                        "display_name",
                        "Ü One",
                        "number",
                        "+49 1",
                        "proxy_port",
                        5060L));
        assertThat(made.parameters()).isEqualTo(Map.of("X_template", "tpl"));
        assertThat(core.importLines(EASTERNER, csv, false))
                .as("again")
                .isEqualTo(new BulkReport(true, 4, 0, 0, 4, 0, List.of()));
    }

    @Test
    void storesNothingWhenCoreRefuses() {
        core.refuseAt = 2;
        int before = core.lines.size();
        assertThatThrownBy(() -> core.importLines(
                        ROOT, "username,password,display_name,tenant,device\nu,x,U,East,east\nv,x,V,East,east", false))
                .isInstanceOf(RefusedException.class)
                .hasMessage("no");
        assertThat(core.lines).hasSize(before);
    }

    @Test
    void bindsLinesOfSeveralTenantsToASharedDevice() throws RefusedException {
        core.devices.put("west", core.devices.get("west").edit().shared(true).build());
        BulkReport report = core.importLines(ROOT, "id,device,position\nfree,west,\nfar,west,", false);
        assertThat(report).isEqualTo(new BulkReport(true, 2, 0, 2, 0, 0, List.of()));
        assertThat(core.lines.get("free").position()).isEqualTo(1);
        assertThat(core.lines.get("far").position()).isEqualTo(2);
        assertThat(core.devices.get("west").tenant()).isEqualTo(WEST);
        assertThat(core.importLines(EASTERNER, "id,device\ntwin1,west", true).updated())
                .isEqualTo(1);
    }

    @Test
    void refusesADeviceOfAnotherTenantThanTheLines() throws RefusedException {
        assertThat(core.importLines(ROOT, "id,device\nfree,west", true).bad())
                .containsExactly(new BadRow(2, "device", "the device belongs to another tenant than the line"));
        assertThat(core.importLines(ROOT, "id,device\nfree,new\nfar,new", true).bad())
                .containsExactly(new BadRow(3, "device", "the device belongs to another tenant than the line"));
        assertThat(core.importLines(ROOT, "id,tenant\nfree,West", true).bad())
                .containsExactly(new BadRow(2, "tenant", "a line does not change its tenant"));
    }

    @Test
    void exportsWithSecretsOnlyWhenTold() throws RefusedException {
        LineBulk bulk = new LineBulk(core.lineService(), core.deviceService(), core.tenantService());
        String open = bulk.exportCsv(EASTERNER, true);
        assertThat(open.lines().findFirst().orElseThrow())
                .startsWith("id,tenant,username,password,display_name,")
                .endsWith(",template,device,position,code");
        assertThat(open.lines()).hasSize(5);
        assertThat(open).contains("secret", "bob", ",east,1,").doesNotContain("wim");
        String closed = bulk.exportCsv(EASTERNER, false);
        assertThat(closed).doesNotContain("secret").doesNotContain("password,").doesNotContain("00000");
        for (String csv : List.of(open, closed)) {
            assertThat(core.importLines(EASTERNER, csv, false))
                    .isEqualTo(new BulkReport(true, 4, 0, 0, 4, 0, List.of()));
        }
    }

    @Test
    void neverEchoesAPassword() throws RefusedException {
        String csv = "username,password,display_name,proxy_port\nu,hunter2,U,hunter2\n";
        assertThat(core.importLines(ROOT, csv, false).toString()).doesNotContain("hunter2");
    }
}
