// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkReport.BadRow;
import org.autoprov.core.service.BulkService;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvCommandsTest {

    @TempDir
    Path folder;

    private final FakeShell shell = new FakeShell();
    private final List<String> calls = new ArrayList<>();
    private BulkReport report = new BulkReport(true, 3, 1, 1, 1, 0, List.of());
    private boolean away;

    private final class Bulk implements BulkService {
        @Override
        public String exportDevices(Caller caller) {
            assertThat(caller.tenants()).containsExactlyInAnyOrder(FakeCore.MASTER, FakeCore.ACME);
            return "id,description\r\nd1,\"a\nb\u001b\"\r\n";
        }

        @Override
        public BulkReport importDevices(Caller caller, byte[] csv, boolean dryRun) throws RefusedException {
            if (away) {
                throw new RefusedException(Reason.UNAVAILABLE, "the store is away");
            }
            calls.add(caller.actor() + " devices " + new String(csv, StandardCharsets.UTF_8) + " " + dryRun);
            return report;
        }

        @Override
        public String exportLines(Caller caller, boolean secrets) {
            return secrets ? "id,password\r\nl1,pw\r\n" : "id\r\nl1\r\n";
        }

        @Override
        public BulkReport importLines(Caller caller, byte[] csv, boolean dryRun) {
            calls.add("lines " + dryRun);
            return report;
        }
    }

    @BeforeEach
    void addCommands() {
        shell.registry.addGroup(new CsvCommands(new Bulk(), shell.core.tenantService));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void printsAnExportWithoutSteeringTheTerminal() {
        assertThat(shell.out("csv export devices")).isEqualTo("id,description\nd1,\"a\nb\\x1b\"\n");
        assertThat(shell.out("csv export lines")).isEqualTo("id\nl1\n");
    }

    @Test
    void exportsToANewFileThatOnlyItsOwnerReads() throws IOException {
        Path file = folder.resolve("lines.csv");
        assertThat(shell.out("csv export lines '" + file + "' --secrets")).isEqualTo("exported to " + file + "\n");
        assertThat(file).hasContent("id,password\nl1,pw\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(shell.run("csv export lines '" + file + "'").err()).contains("exists already");
        assertThat(file).hasContent("id,password\nl1,pw\n");
        assertThat(shell.run("csv export lines '" + folder.resolve("no/such") + "'")
                        .err())
                .contains("cannot be written");
        assertThat(shell.run("csv export lines here.csv").err()).contains("must be an absolute path on the server");
    }

    @Test
    void importsAndTellsWhatBecameOfIt() throws IOException {
        Path file = Files.writeString(folder.resolve("d.csv"), "id");
        assertThat(shell.out("csv import devices '" + file + "'"))
                .isEqualTo("3 rows: 1 new, 1 changed, 1 as before, 0 bad\n");
        assertThat(shell.out("csv import lines '" + file + "' --dry-run"))
                .endsWith("0 bad; dry run: nothing was stored\n");
        assertThat(calls).containsExactly("shell devices id false", "lines true");
    }

    @Test
    void namesBadRowsAndFails() throws IOException {
        Path file = Files.writeString(folder.resolve("d.csv"), "id");
        report = new BulkReport(
                false, 9, 0, 0, 0, 3, List.of(new BadRow(2, "mac", "is not a MAC address"), new BadRow(3, "", "x")));
        FakeShell.Result result = shell.run("csv import devices '" + file + "'");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("row 2, mac: is not a MAC address\nrow 3: x\nand 1 further bad row\n");
        assertThat(result.err())
                .isEqualTo("autoprov: 9 rows: 0 new, 0 changed, 0 as before, 3 bad; nothing was stored\n");
        away = true;
        assertThat(shell.run("csv import devices '" + file + "'").err()).isEqualTo("autoprov: the store is away\n");
        assertThat(shell.run("csv import devices /no/such").err()).contains("there is no file /no/such");
        assertThat(shell.run("csv import phones /x").status()).isEqualTo(64);
    }

    @Test
    void completesVerbsAndKinds() {
        assertThat(shell.complete("csv ")).containsExactly("export", "import");
        assertThat(shell.complete("csv import d")).containsExactly("devices");
        assertThat(shell.complete("csv import devices /x --")).containsExactly("--dry-run");
    }
}
