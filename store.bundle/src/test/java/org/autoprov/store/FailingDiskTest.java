// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.store.Documents.outcome;
import static org.autoprov.store.Documents.put;
import static org.autoprov.store.Documents.revisions;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FailingDiskTest {

    @TempDir
    Path mountPoint;

    private SmallDisk disk;
    private Path data;
    private Path database;

    @BeforeEach
    void mount() throws Exception {
        disk = new SmallDisk(mountPoint, "8m");
        data = mountPoint.resolve("data");
        database = data.resolve("autoprov.db");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private static Change large(String id) {
        return Change.put(Kind.CONFIG, id, 0, "x".repeat(200_000));
    }

    @Test
    void refusesChangesWhileTheDiskIsFullAndGoesOnWhenItHasRoomAgain() throws Exception {
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
            for (int round = 0; round < 3; round++) {
                Path ballast = disk.fill();
                List<CompletableFuture<Void>> writes = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    String id = "r" + round + "-" + i;
                    writes.add(store.write(new Transaction(List.of(large(id)), List.of(), () -> {
                        throw new AssertionError("was not committed");
                    })));
                }
                assertThat(writes)
                        .allSatisfy(write -> assertThat(outcome(write))
                                .isExactlyInstanceOf(StoreException.class)
                                .hasMessageStartingWith("the database " + database + " cannot grow, the disk is full"));
                assertThat(revisions(store, Kind.DEVICE)).hasSize(1 + round);
                assertThat(revisions(store, Kind.CONFIG)).hasSize(round);
                Files.delete(ballast);
                assertThat(outcome(store, put("b" + round, 0), large("c" + round)))
                        .isNull();
            }
        }
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("a", "b0", "b1", "b2");
            assertThat(revisions(store, Kind.CONFIG)).containsOnlyKeys("c0", "c1", "c2");
        }
    }

    @Test
    void keepsAllWhenTheDiskIsFullAtTheStop() throws Exception {
        Path ballast;
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0), large("b"))).isNull();
            ballast = disk.fill();
            assertThat(outcome(store, large("c"))).isNotNull();
        }
        Files.delete(ballast);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("a");
            assertThat(revisions(store, Kind.CONFIG)).containsOnlyKeys("b");
        }
    }

    @Test
    void saysThatAFullDiskKeepsItFromStarting() throws Exception {
        Files.createDirectories(data);
        disk.fill();
        assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching(".*" + data + ".*(?i:no space left).*")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void goesOnWhenADiskThatBecameReadOnlyIsWritableAgain() throws Exception {
        SqliteFile file = new SqliteFile(database, false);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
        }
        disk.writable(false);
        try (GroupCommit commits = new GroupCommit(new SqliteBatches(file))) {
            assertThat(outcome(commits.write(Documents.transaction(put("b", 0)))))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the database " + database);
            disk.writable(true);
            assertThat(outcome(commits.write(Documents.transaction(put("b", 0)))))
                    .isNull();
        }
    }

    @Test
    void findsOutByItselfThatTheDiskHasRoomAgain() throws Exception {
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
            assertThat(store.health()).containsEntry("store", HealthSource.State.OK);
            Path ballast = disk.fill();
            assertThat(outcome(store, large("b"))).isNotNull();
            assertThat(store.health()).containsEntry("store", HealthSource.State.FAIL);
            Files.delete(ballast);
            await().atMost(Duration.ofSeconds(15)).until(() -> store.health().get("store") == HealthSource.State.OK);
            assertThat(outcome(store, put("c", 0))).isNull();
        }
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("a", "c");
        }
    }

    @Test
    void aProbeFailsOnADiskThatIsReadOnly() throws Exception {
        SqliteFile file = new SqliteFile(database, false);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
        }
        try (SqliteBatches batches = new SqliteBatches(file)) {
            batches.probe();
        }
        disk.writable(false);
        try (SqliteBatches batches = new SqliteBatches(file)) {
            assertThatThrownBy(batches::probe).isInstanceOf(StoreException.class);
            disk.writable(true);
            batches.probe();
        }
    }

    @Test
    void readsADatabaseThatCannotBeWritten() throws Exception {
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("a", 0))).isNull();
        }
        disk.writable(false);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(store.description()).isEqualTo("SQLite, " + database + ", read-only");
            assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("a");
            assertThat(store.audit(null, null, 10)).isEmpty();
            assertThat(outcome(store, put("b", 0)))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessage("the database " + database
                            + " was not writable when the server started; nothing is stored");
        }
        disk.writable(true);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(outcome(store, put("b", 0))).isNull();
        }
    }

    @Test
    void readsADatabaseThatCannotBeWrittenAfterACrash() throws Exception {
        try (ChildServer child = new ChildServer(data, 1)) {
            child.output.readLine();
        }
        disk.writable(false);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("w0-a", "w0-b");
        }
    }

    @Test
    void refusesToStartInAFolderThatCannotBeWrittenAndHasNoDatabase() throws Exception {
        disk.writable(false);
        assertThatThrownBy(() -> SqliteStore.open(data, StoreUrl.DEFAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the data folder " + data + " cannot be written: ")
                .message()
                .doesNotContain("\n");
    }
}
