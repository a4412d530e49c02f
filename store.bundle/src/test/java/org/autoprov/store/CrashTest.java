// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.store.Documents.outcome;
import static org.autoprov.store.Documents.put;
import static org.autoprov.store.Documents.revisions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {

    private static final int KILLS = 6;
    private static final int WRITERS = 20;

    @TempDir
    Path data;

    @Test
    void losesNothingAcknowledgedWhenKilledUnderLoad() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Long> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildServer child = new ChildServer(data, WRITERS)) {
                long millis = 1 + random.nextInt(600);
                // By its handle: Process.destroyForcibly would close the output that is still to be read.
                CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                        .execute(() -> child.process.toHandle().destroyForcibly());
                // All that it said before it died, up to the last whole line.
                child.output
                        .lines()
                        .map(line -> line.split(" "))
                        .filter(words -> words.length == 2 && words[1].matches("[0-9]+"))
                        .forEach(words -> acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max));
            }
            check(acknowledged, "seed " + seed + ", kill " + kill);
        }
        assertThat(acknowledged.values().stream().mapToLong(Long::longValue).sum())
                .isPositive();
    }

    private void check(Map<String, Long> acknowledged, String when) {
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            Map<String, Long> stored = revisions(store, Kind.DEVICE);
            acknowledged.forEach((writer, revision) -> assertThat(stored.getOrDefault(writer + "-a", 0L))
                    .as("%s, %s", when, writer)
                    .isGreaterThanOrEqualTo(revision)); // more: what it said last may be lost in the pipe
            for (int i = 0; i < WRITERS; i++) {
                Long revision = stored.get("w" + i + "-a");
                assertThat(stored.get("w" + i + "-b"))
                        .as("%s: both documents or none", when)
                        .isEqualTo(revision);
                assertThat(store.audit(Kind.DEVICE, "w" + i, 10_000))
                        .hasSize((int) Math.min(10_000, revision == null ? 0 : revision));
            }
            assertThat(outcome(store, put("after", stored.getOrDefault("after", 0L))))
                    .isNull();
        }
    }

    @Test
    void refusesASecondServerAndLetsTheNextOneInWhenTheFirstIsKilled() throws Exception {
        try (ChildServer child = new ChildServer(data, 0)) {
            assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(refusal(child.process.pid()));
            assertThat(child.process.isAlive()).isTrue();
        }
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
        }
    }

    @Test
    void keepsItsLockWhenASecondStoreInTheSameServerIsRefused() throws Exception {
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                    .hasMessage(refusal(ProcessHandle.current().pid()));
            assertThatThrownBy(() -> new ChildServer(data, 0)).hasMessage("the child did not open its store");
            assertThat(outcome(store, put("a", 0))).isNull();
            assertThat(data.resolve("run/lock"))
                    .hasContent(ProcessHandle.current().pid() + "\n");
        }
        try (ChildServer child = new ChildServer(data, 0)) {
            assertThat(child.process.isAlive()).isTrue();
        }
    }

    private String refusal(long pid) {
        return "data folder " + data + " is used by another Autoprov (pid " + pid + ")";
    }

    @Test
    void removesWhatAKilledServerUnpacked() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (ChildServer child = new ChildServer(data, 0)) {
                assertThat(unpacked())
                        .as("start %d of pid %d", i, child.process.pid())
                        .hasSizeBetween(1, 2);
            }
        }
    }

    private List<Path> unpacked() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("run"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sqlite-"))
                    .toList();
        }
    }
}
