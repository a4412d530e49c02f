// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autoprov.core.internal.CoreHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityLogTest {

    private static final String TIME = "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}] ";

    @TempDir
    Path folder;

    private List<String> lines(Path log) throws IOException {
        return Files.readAllLines(log.resolve("wazo-provd-fail2ban.log"));
    }

    @Test
    void writesTheLinesThatFiltersExpect() throws IOException {
        String device;
        try (CoreHarness core = CoreHarness.in(folder)) {
            core.phone(1).boot();
            core.phone(1).get("common.cfg");
            device = core.phone(1).device().id();
        }
        List<String> lines = lines(folder.resolve("log"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches(TIME + "New device created automatically from 192\\.0\\.2\\.1: " + device);
        assertThat(lines.get(1)).matches(TIME + "Sensitive file requested from 192\\.0\\.2\\.1: 001122334401\\.cfg");
    }

    @Test
    void forgedLinesStayOneLine() throws IOException {
        try (SecurityLog log = new SecurityLog(folder)) {
            log.sensitiveFile(
                    "192.0.2.1", "a\n[2026-01-01 00:00:00,000] Sensitive file requested from 192.0.2.2: b\r\u001b[31m");
        }
        assertThat(lines(folder)).hasSize(1);
        assertThat(lines(folder).get(0)).contains("a\\x0a[2026").contains("\\x0d\\x1b[31m");
    }

    @Test
    void losesNoLineWhenTheServerStops() throws IOException, InterruptedException {
        try (SecurityLog log = new SecurityLog(folder)) {
            log.newDevice("192.0.2.1", "first");
            Thread.sleep(50); // the first is written, and the writer pauses
            for (int i = 0; i < 1000; i++) {
                log.newDevice("192.0.2.1", "d" + i);
            }
        }
        assertThat(lines(folder)).hasSize(1001).last().asString().endsWith(": d999");
    }

    @Test
    void turnsOverAtTenMebibytes() throws IOException {
        Path file = folder.resolve("wazo-provd-fail2ban.log");
        Files.write(file, new byte[(10 << 20) + 1]);
        try (SecurityLog log = new SecurityLog(folder)) {
            log.newDevice("192.0.2.1", "d");
        }
        assertThat(lines(folder)).hasSize(1);
        assertThat(folder.resolve("wazo-provd-fail2ban.log.1")).hasSize((10 << 20) + 1);
    }

    @Test
    void aFolderThatCannotBeWrittenStopsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (SecurityLog log = new SecurityLog(file)) {
            log.newDevice("192.0.2.1", "d");
        }
        assertThat(file).isEmptyFile();
    }
}
