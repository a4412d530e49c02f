// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autoprov.core.service.ImportReport;
import org.autoprov.core.service.ImportReport.Count;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.ImportReport.PluginUse;
import org.autoprov.core.service.ImportReport.Remark;
import org.autoprov.core.service.ImportService;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.Test;

class ImportCommandsTest {

    private final List<String> calls = new ArrayList<>();
    private ImportReport report = new ImportReport(
            false,
            List.of(new Count("configs", 3, 2, 1, 0, 0), new Count("devices", 10_000, 0, 0, 1, 2)),
            List.of(),
            0,
            List.of());

    private final class Imports implements ImportService {
        @Override
        public ImportReport run(String actor, Path folder, boolean dryRun, boolean overwrite) {
            calls.add(actor + " " + folder + " " + dryRun + " " + overwrite);
            return report;
        }
    }

    private static FakeShell.Result run(ImportService service, String line) {
        try (FakeShell shell = new FakeShell()) {
            shell.registry.addGroup(new ImportCommands(service));
            assertThat(shell.complete("import /x --")).containsExactly("--dry-run", "--overwrite");
            return shell.run(line);
        }
    }

    private String out(String line) {
        FakeShell.Result result = run(new Imports(), line);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @Test
    void printsTheCounts() {
        assertThat(out("import /var/lib/wazo-provd")).isEqualTo("""
                        KIND     ADDED  REPLACED  SAME  CONFLICTS  REFUSED
                        configs      3         2     1          0        0
                        devices  10000         0     0          1        2
                        """);
        assertThat(calls).containsExactly("shell /var/lib/wazo-provd false false");
    }

    @Test
    void printsPluginsAndRemarksWithoutSteeringTheTerminal() {
        report = new ImportReport(
                true,
                List.of(),
                List.of(
                        new Remark("devices/a\u001b[2J", "mac", Outcome.REFUSED, "is not a MAC address"),
                        new Remark("configs/b", "", Outcome.CONFLICT, "is here with another raw_config"),
                        new Remark("app.json", "plugin_server", Outcome.ALTERED, "is left out")),
                2,
                List.of(new PluginUse("wazo-acme-1", "acme-1", true, 7), new PluginUse("old", "old", false, 1)));
        assertThat(out("import --dry-run /x --overwrite"))
                .contains(
                        "wazo-acme-1   acme-1       yes              7\n",
                        "old           old          no               1\n",
                        "refused devices/a\\x1b[2J mac: is not a MAC address\n",
                        "conflict configs/b: is here with another raw_config\n",
                        "note app.json plugin_server: is left out\n",
                        "and 2 further remarks\n")
                .endsWith("dry run: nothing was stored\n");
        assertThat(calls).containsExactly("shell /x true true");
    }

    @Test
    void wantsOneAbsolutePath() {
        assertThat(run(new Imports(), "import wazo-provd").err()).contains("must be an absolute path on the server");
        assertThat(run(new Imports(), "import").err()).contains("DIR is missing");
        assertThat(run(new Imports(), "import /a /b").err()).contains("one argument too many");
        assertThat(run(new Imports(), "import /a --force").err()).contains("there is no option --force");
        assertThat(calls).isEmpty();
    }

    @Test
    void passesARefusalOn() {
        FakeShell.Result result = run(
                (actor, folder, dryRun, overwrite) -> {
                    throw new RefusedException(RefusedException.Reason.NOT_FOUND, "there is no folder " + folder);
                },
                "import /nowhere");
        assertThat(result.err()).contains("there is no folder /nowhere");
        assertThat(result.status()).isNotZero();
    }
}
