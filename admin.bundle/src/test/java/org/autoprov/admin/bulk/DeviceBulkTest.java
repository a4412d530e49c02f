// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.admin.bulk.FakeCore.EAST;
import static org.autoprov.admin.bulk.FakeCore.EASTERNER;
import static org.autoprov.admin.bulk.FakeCore.MASTER;
import static org.autoprov.admin.bulk.FakeCore.ROOT;
import static org.autoprov.admin.bulk.FakeCore.WEST;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkReport.BadRow;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices in and out as CSV. In the table a slash ends a line. */
final class DeviceBulkTest {

    private final FakeCore core = new FakeCore();

    @BeforeEach
    void someDevices() {
        core.device("new", MASTER, "00:00:00:00:00:01");
        core.device("east", EAST, "00:00:00:00:00:02");
        core.device("west", WEST, "00:00:00:00:00:03");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # the file
            ``                                     | 1 | ``     | the file is empty, it needs a header
            "mac                                   | 1 | ``     | a quoted cell does not end
            mac~"x                                 | 2 | ``     | a quoted cell does not end
            mac,color~000000000009,red             | 1 | ``     | the header of column 2 is not one of id, tenant, mac
            mac,MAC~000000000009,000000000009      | 1 | mac    | the header names this column twice
            mac,ip~000000000009                    | 2 | ``     | the row has 1 cells, the header has 2
            # cells
            mac~00:00                              | 2 | mac    | is not a MAC address
            ip~192.0.2.1                           | 2 | mac    | a row needs an id or a MAC address
            id~a/b                                 | 2 | id     | must have 1 to 255 printable ASCII characters
            id~..                                  | 2 | id     | must have 1 to 255 printable ASCII characters
            id~ü                                   | 2 | id     | must have 1 to 255 printable ASCII characters
            id,ip~a,192.0.2                        | 2 | ip     | is not an IP address
            id,ip~a,192.0.2.010                    | 2 | ip     | is not an IP address
            id,ip~a,phone.example                  | 2 | ip     | is not an IP address
            id,ip~a,2001:db8:::1                   | 2 | ip     | is not an IP address
            id,uuid~a,12345                        | 2 | uuid   | is not a UUID
            id,model~a,"x~y"                       | 2 | model  | has a line end or another control character
            # tenants
            id,tenant~a,North                      | 2 | tenant | there is no such tenant
            id,tenant~a,West                       | 2 | tenant | there is no such tenant
            id,tenant~east,West                    | 2 | tenant | there is no such tenant
            id~west                                | 2 | id     | a device of another tenant has it
            mac~000000000003                       | 2 | mac    | a device of another tenant has it
            # one device, one row
            id,mac~a,000000000002                  | 2 | mac    | another device has this MAC address
            id,mac~east,000000000001               | 2 | mac    | another device has this MAC address
            id~a~b~a                               | 4 | id     | row 2 is for the same device
            mac~000000000009~~00-00-00-00-00-09    | 4 | mac    | row 2 has the same MAC address
            id,mac~east,~,000000000002             | 3 | mac    | row 2 is for the same device
            """)
    void namesTheBadRowAndChangesNothing(String csv, int row, String column, String reason) throws RefusedException {
        BulkReport report = core.importDevices(EASTERNER, csv.replace('~', '\n'), false);
        assertThat(report.applied()).isFalse();
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.bad()).singleElement().satisfies(bad -> {
            assertThat(bad.row()).isEqualTo(row);
            assertThat(bad.column()).isEqualTo(column);
            assertThat(bad.reason()).startsWith(reason);
        });
        assertThat(core.changes).isEmpty();
    }

    /** It has a line of the master tenant, or is kept for lines of all. */
    @Test
    void doesNotClaimWhatTheMasterTenantUses() throws RefusedException {
        core.lines.put("masters", core.line("masters", MASTER, "max").boundTo("new", 1));
        assertThat(core.importDevices(EASTERNER, "id\nnew\n", false).failed()).isEqualTo(1);
        core.lines.clear();
        Device device = core.devices.get("new");
        core.devices.put("new", device.edit().shared(true).build());
        assertThat(core.importDevices(EASTERNER, "mac\n000000000001\n", false).failed())
                .isEqualTo(1);
        assertThat(core.changes).isEmpty();
        core.devices.put("new", device);
        assertThat(core.importDevices(EASTERNER, "id\nnew\n", false).updated()).isEqualTo(1);
    }

    @Test
    void createsUpdatesClaimsAndKeeps() throws RefusedException {
        String csv = "\uFEFFMac; Description ;ip\r\n"
                + "00-00-00-00-00-0A;desk;2001:DB8:0:0:0::7\r\n" // new
                + "000000000001;;\r\n" // claimed
                + "000000000002;\"a;b\nc\";192.0.2.7\r\n" // changed
                + ";;\r\n\r\n";
        BulkReport dry = core.importDevices(EASTERNER, csv, true);
        assertThat(dry).isEqualTo(new BulkReport(false, 3, 1, 2, 0, 0, List.of()));
        assertThat(core.changes).isEmpty();

        assertThat(core.importDevices(EASTERNER, csv, false)).isEqualTo(new BulkReport(true, 3, 1, 2, 0, 0, List.of()));
        assertThat(core.changes).hasSize(3).allMatch(change -> change.startsWith("eve "));
        assertThat(core.devices.get("new").tenant()).isEqualTo(EAST);
        Device changed = core.devices.get("east");
        assertThat(changed.description()).isEqualTo("a;b\nc");
        assertThat(changed.ip()).isEqualTo("192.0.2.7");
        Device made = List.copyOf(core.devices.values()).get(3);
        assertThat(made.id()).matches("[0-9a-f]{32}");
        assertThat(made.tenant()).isEqualTo(EAST);
        assertThat(made.mac()).hasToString("00:00:00:00:00:0a");
        assertThat(made.ip()).isEqualTo("2001:db8::7");

        assertThat(core.importDevices(EASTERNER, csv, false))
                .as("again")
                .isEqualTo(new BulkReport(true, 3, 0, 0, 3, 0, List.of()));
    }

    @Test
    void readsItsOwnExportWithoutAChange() throws RefusedException {
        core.devices.put(
                "odd",
                core.device("odd", WEST, "")
                        .edit()
                        .description(" =cmd|'x'!A1, \"quoted\"\r\nü ")
                        .vendor("Snom")
                        .version("-1")
                        .ip("192.0.2.1")
                        .addedByRequest(true)
                        .build());
        String csv = new DeviceBulk(core.deviceService(), core.lineService(), core.tenantService()).exportCsv(ROOT);
        assertThat(csv.lines().findFirst())
                .hasValue("id,tenant,mac,ip,sn,uuid,vendor,model,version,plugin,config,description,configured,added");
        assertThat(csv).contains("\r\neast," + EAST + ",00:00:00:00:00:02,,,,,,,,,,false,\r\n");
        assertThat(core.importDevices(ROOT, csv, false)).isEqualTo(new BulkReport(true, 4, 0, 0, 4, 0, List.of()));
    }

    @Test
    void exportsTheCallersTenantsOnly() {
        String csv =
                new DeviceBulk(core.deviceService(), core.lineService(), core.tenantService()).exportCsv(EASTERNER);
        assertThat(csv.lines()).hasSize(2).element(1).asString().startsWith("east,");
    }

    @Test
    void masterGivesNewDevicesToTenantsByName() throws RefusedException {
        BulkReport report = core.importDevices(ROOT, "mac,tenant\n000000000001,West\n000000000009,East", false);
        assertThat(report.applied()).isTrue();
        assertThat(core.devices.get("new").tenant()).isEqualTo(WEST);
        assertThat(core.importDevices(ROOT, "id,tenant\nnew,East", false).bad())
                .containsExactly(new BadRow(2, "tenant", "a device does not change its tenant"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"STALE", "UNAVAILABLE"})
    void storesNothingWhenCoreRefuses(Reason reason) {
        core.refuseAt = 2;
        core.refuseWith = reason;
        assertThatThrownBy(() -> core.importDevices(ROOT, "id\na\nb\nc", false))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(core.devices).doesNotContainKeys("a", "b", "c");
    }

    @Test
    void listsAThousandBadRowsAndCountsAll() throws RefusedException {
        BulkReport report = core.importDevices(ROOT, "mac\n" + "x\n".repeat(5000) + "000000000009\n", true);
        assertThat(report.rows()).isEqualTo(5001);
        assertThat(report.failed()).isEqualTo(5000);
        assertThat(report.created()).isEqualTo(1);
        assertThat(report.bad()).hasSize(BulkReport.MAX_BAD);
    }

    @Test
    void refusesOtherEncodingsAndNeverEchoesACell() throws RefusedException {
        byte[] latin = "mac\n\u00fc".getBytes(StandardCharsets.ISO_8859_1);
        Collection<BadRow> bad = new DeviceBulk(core.deviceService(), core.lineService(), core.tenantService())
                .importCsv(ROOT, latin, true)
                .bad();
        assertThat(bad).containsExactly(new BadRow(1, "", "the file is not in UTF-8"));
        assertThat(core.importDevices(ROOT, "mac,hunter2\nhunter2,x", true).toString())
                .doesNotContain("hunter2");
        assertThat(core.importDevices(ROOT, "mac,ip\n000000000009,hunter2", true)
                        .toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::7, 2001:db8::7",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "10:0:0:2:3:4:5:6, 10::2:3:4:5:6",
        "::ffff:192.0.2.1, 192.0.2.1",
        "256.0.0.1, ",
        "1.2.3, ",
        "1.2.3.4.5, ",
        "fe80::1%eth0, ",
        "[::1], ",
        "a, ",
        ":, ",
        "1:2:3:4:5:6:7:8:9, "
    })
    void spellsAddressesAsCoreDoes(String text, String canonical) {
        assertThat(AddressText.canonical(text).orElse(null)).isEqualTo(canonical);
    }
}
