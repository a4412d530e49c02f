// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays the tables in {@code traces/}, one for each rule of an RFC, in virtual time. A case begins with {@code = name},
 * perhaps with {@code with} and settings; {@link Trace} has the lines that follow.
 */
final class TraceTest {

    private static final Path TRACES = Path.of("src", "test", "resources", "traces");

    @TempDir
    static Path folder;

    private record Case(String name, String settings, List<String> lines) {}

    @TestFactory
    Stream<DynamicContainer> theServerAnswersAsTheTracesSay() throws IOException {
        try (Stream<Path> files = Files.list(TRACES)) {
            return files.sorted().toList().stream().map(file -> {
                List<Case> cases = cases(file);
                assertThat(cases).as(file.toString()).isNotEmpty();
                return DynamicContainer.dynamicContainer(
                        file.getFileName().toString(),
                        cases.stream().map(each -> DynamicTest.dynamicTest(each.name, () -> play(each))));
            });
        }
    }

    private static List<Case> cases(Path file) {
        List<Case> cases = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("= ")) {
                    cases.add(new Case(line.substring(2), "", new ArrayList<>()));
                } else if (line.startsWith("with ")) {
                    Case last = cases.remove(cases.size() - 1);
                    cases.add(new Case(last.name, line.substring(5), last.lines));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    cases.get(cases.size() - 1).lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static void play(Case each) throws IOException {
        boolean single = each.settings.contains("single-port");
        String host = each.settings.contains("wildcard") ? "0.0.0.0" : "192.0.2.1";
        TftpOptions options =
                new TftpOptions(host, VirtualServer.PORT, single, PortRange.ANY, 100, 100, 0, 64, 1 << 20, 4);
        int block = each.settings.contains("ethernet") ? 1_468 : Terms.MOST_BLOCK;
        try (VirtualServer server = new VirtualServer(options, null, block)) {
            fill(server.core);
            Trace trace = new Trace(server);
            each.lines.forEach(trace::play);
            trace.isOver();
            assertThat(server.isQuietAfter(200_000)).as("nothing is left").isTrue();
            assertThat(server.lanesInUse()).isZero();
        }
    }

    /** Files of which a trace can speak: {@code nNUMBER} has so many octets, {@code disk/nNUMBER} too. */
    private static void fill(FakeProvisioning core) throws IOException {
        for (int length : new int[] {0, 1, 8, 16, 20, 24, 100, 511, 512, 513, 1024, 1500, 4096, 600_003}) {
            core.put("n" + length, LiveServer.bytes(length));
            Path file = folder.resolve("n" + length);
            if (!Files.exists(file)) {
                Files.write(file, LiveServer.bytes(length));
            }
            core.put("disk/n" + length, file);
        }
        core.put("text", "a\nb\rc\r\n".getBytes(StandardCharsets.US_ASCII));
        for (Status status : Status.values()) {
            if (status != Status.SERVED) {
                core.replies.put(status.name(), PhoneReply.of(status, "private reason"));
            }
        }
    }
}
