// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that a machine may have; Debian's packages tftp-hpa, atftp, curl, busybox and dnsmasq-base among them. */
final class Programs {

    private static final int PATIENCE_SECONDS = 100;

    /** TFTP clients, each with the first word as its program; an underscore stands for a space within a word. */
    static final List<String> READERS = List.of(
            "curl -s -o OUT tftp://HOST:PORT/FILE",
            "curl -s -o OUT --tftp-no-options tftp://HOST:PORT/FILE",
            "curl -s -o OUT --tftp-blksize 1428 tftp://HOST:PORT/FILE",
            "tftp -m binary HOST PORT -c get FILE OUT",
            "atftp -g -r FILE -l OUT HOST PORT",
            "atftp --option blksize_1428 -g -r FILE -l OUT HOST PORT",
            "atftp --option windowsize_16 -g -r FILE -l OUT HOST PORT",
            "busybox tftp -g -r FILE -l OUT HOST PORT",
            "busybox tftp -b 1400 -g -r FILE -l OUT HOST PORT");

    static final List<String> WRITERS = List.of(
            "curl -s -T OUT tftp://HOST:PORT/FILE",
            "tftp -m binary HOST PORT -c put OUT FILE",
            "atftp -p -l OUT -r FILE HOST PORT",
            "busybox tftp -p -l OUT -r FILE HOST PORT");

    /** Without those that a lost packet can end: atftp takes an OACK that comes again for an error. */
    static final List<String> STURDY_READERS =
            READERS.stream().filter(each -> !each.contains("--option")).toList();

    private Programs() {}

    /** Whether it wants retransmissions only after seconds: curl negotiates six, unless it has no options. */
    static boolean isPatient(String command) {
        return command.startsWith("curl") && !command.contains("no-options");
    }

    static boolean has(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, name)));
    }

    /** Those of the commands whose program is here. */
    static List<String> installed(List<String> commands) {
        return commands.stream()
                .filter(each -> has(each.substring(0, each.indexOf(' '))))
                .toList();
    }

    static String fill(String command, String host, int port, String file, Path local) {
        return command.replace("HOST", host)
                .replace("PORT", Integer.toString(port))
                .replace("FILE", file)
                .replace("OUT", local.toString());
    }

    /** Runs it to its end, which must be a good one; what it printed. */
    static String run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" ")) {
            words.add(word.matches("\\w+_\\d+") ? word.replace('_', ' ') : word);
        }
        Path log = Files.createTempFile("program", ".log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends: " + command)
                    .isTrue();
            String printed = Files.readString(log, StandardCharsets.ISO_8859_1);
            assertThat(process.exitValue()).as(command + '\n' + printed).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
