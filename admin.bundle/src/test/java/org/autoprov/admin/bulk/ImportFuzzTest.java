// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.RefusedException;

/** Files of whoever has a token; the octets are the file. */
final class ImportFuzzTest {

    @FuzzTest
    void fileIsRefusedOrAppliedWhole(byte[] octets) throws RefusedException {
        FakeCore core = new FakeCore();
        core.device("new", FakeCore.MASTER, "00:00:00:00:00:01");
        core.device("east", FakeCore.EAST, "00:00:00:00:00:02");
        core.lines.put("bound", core.line("bound", FakeCore.EAST, "bob").boundTo("east", 1));
        check(core, new DeviceBulk(core.deviceService(), core.lineService(), core.tenantService()), octets);
        LineBulk lines = new LineBulk(core.lineService(), core.deviceService(), core.tenantService());
        check(core, dryRun -> lines.importCsv(FakeCore.EASTERNER, octets, dryRun));
    }

    private static void check(FakeCore core, DeviceBulk devices, byte[] octets) throws RefusedException {
        check(core, dryRun -> devices.importCsv(FakeCore.EASTERNER, octets, dryRun));
    }

    private interface Import {
        BulkReport run(boolean dryRun) throws RefusedException;
    }

    private static void check(FakeCore core, Import rows) throws RefusedException {
        int before = core.changes.size();
        BulkReport dry = rows.run(true);
        assertThat(core.changes).as("a dry run changes nothing").hasSize(before);
        assertThat(dry.bad()).allSatisfy(bad -> assertThat(bad.reason()).matches("[ -~]{1,500}"));
        BulkReport real = rows.run(false);
        assertThat(real.applied()).isEqualTo(dry.failed() == 0);
        assertThat(real.created()).isEqualTo(dry.created());
        assertThat(real.updated()).isEqualTo(dry.updated());
        if (!real.applied()) {
            assertThat(core.changes).as("nothing half done").hasSize(before);
        } else {
            assertThat(real.created() + real.updated() + real.unchanged()).isEqualTo(real.rows());
        }
    }
}
