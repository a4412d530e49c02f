// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.TrackedOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationCommandsTest {

    private final FakeShell shell = new FakeShell();
    private final List<TrackedOperation> all = new ArrayList<>();

    private final class Tracked implements OperationService {
        @Override
        public TrackedOperation track(String kind, String subject, String tenant, String actor, Operation operation) {
            TrackedOperation one = new TrackedOperation(
                    "o" + all.size(),
                    kind,
                    subject,
                    tenant,
                    actor,
                    Instant.now().minusSeconds(70),
                    operation);
            all.add(one);
            return one;
        }

        @Override
        public Collection<TrackedOperation> all() {
            return all;
        }

        @Override
        public Optional<TrackedOperation> get(String id) {
            return all.stream().filter(one -> one.id().equals(id)).findFirst();
        }

        @Override
        public boolean forget(String id) {
            return all.removeIf(one -> one.id().equals(id));
        }

        @Override
        public Map<String, Long> ended() {
            return Map.of();
        }
    }

    @BeforeEach
    void addCommands() {
        OperationService operations = new Tracked();
        shell.registry.addGroup(new OperationCommands(operations));
        shell.completion.operations = operations;
        Operation download = new Operation("");
        download.progress(5, 10);
        operations.track("package.install", "acme-1/fw", null, "eve", download);
        Operation failed = new Operation("");
        failed.fail("the disk is full\u001b[2J");
        operations.track("device.resync", "d1", FakeCore.ACME, "shell", failed);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void listsThemWithTheirProgress() {
        assertThat(shell.out("operations").lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .containsExactly(
                        "OPERATION|KIND|SUBJECT|STATE|DONE|OF|BEGUN|WHO|REASON",
                        "o0|package.install|acme-1/fw|progress|5|10|1m|eve|-",
                        "o1|device.resync|d1|fail|-|-|1m|shell|the disk is full\\x1b[2J");
    }

    @Test
    void forgetsOne() {
        assertThat(shell.complete("operations forget ")).containsExactly("o0", "o1");
        assertThat(shell.out("operations forget o1")).isEqualTo("forgot o1\n");
        assertThat(shell.run("operations forget o1").err()).isEqualTo("autoprov: there is no operation o1\n");
        shell.out("operations forget o0");
        assertThat(shell.out("operations")).isEqualTo("no operations\n");
    }
}
