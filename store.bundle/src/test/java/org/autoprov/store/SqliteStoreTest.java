// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.store.Documents.all;
import static org.autoprov.store.Documents.entry;
import static org.autoprov.store.Documents.line;
import static org.autoprov.store.Documents.outcome;
import static org.autoprov.store.Documents.put;
import static org.autoprov.store.Documents.revisions;
import static org.autoprov.store.Documents.transaction;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.DuplicateKeyException;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StaleRevisionException;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;
import org.autoprov.core.store.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {

    @TempDir
    Path data;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(data, StoreUrl.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    @Test
    void keepsDocumentsOverARestart() {
        String json = "{\"schema\":1,\"name\":\"Zoë 電話 \\u0000 '\\\"; --\"}";
        assertThat(outcome(store, Change.put(Kind.DEVICE, "a", 0, json))).isNull();
        reopen();
        assertThat(all(store, Kind.DEVICE))
                .containsOnlyKeys("a")
                .containsValue(new StoredDocument(Kind.DEVICE, "a", 1, json));
    }

    @Test
    void countsRevisionsFromOne() {
        assertThat(outcome(store, put("a", 0))).isNull();
        assertThat(revisions(store, Kind.DEVICE)).containsEntry("a", 1L);
        assertThat(outcome(store, put("a", 1))).isNull();
        assertThat(revisions(store, Kind.DEVICE)).containsEntry("a", 2L);
    }

    @Test
    void keepsEachKindApart() {
        for (Kind kind : Kind.values()) {
            assertThat(outcome(store, Change.put(kind, "same", 0, "{\"kind\":\"" + kind + "\"}")))
                    .isNull();
        }
        for (Kind kind : Kind.values()) {
            assertThat(all(store, kind).get("same").json()).contains(kind.name());
        }
    }

    @Test
    void refusesAStaleUpdateInsertAndDelete() {
        outcome(store, put("a", 0));
        outcome(store, put("a", 1));
        assertThat(outcome(store, put("a", 1)))
                .isInstanceOf(StaleRevisionException.class)
                .hasMessage("device a is not at revision 1 any more");
        assertThat(outcome(store, put("a", 0)))
                .isInstanceOf(StaleRevisionException.class)
                .hasMessage("device a is there already");
        assertThat(outcome(store, Change.delete(Kind.DEVICE, "a", 1))).isInstanceOf(StaleRevisionException.class);
        assertThat(outcome(store, put("unknown", 3))).isInstanceOf(StaleRevisionException.class);
        assertThat(revisions(store, Kind.DEVICE)).containsExactly(Map.entry("a", 2L));
    }

    @Test
    void deletesAndStartsAgainAtRevisionOne() {
        outcome(store, put("a", 0));
        outcome(store, put("a", 1));
        assertThat(outcome(store, Change.delete(Kind.DEVICE, "a", 2))).isNull();
        assertThat(revisions(store, Kind.DEVICE)).isEmpty();
        assertThat(outcome(store, put("a", 0))).isNull();
        assertThat(revisions(store, Kind.DEVICE)).containsEntry("a", 1L);
    }

    @Test
    void refusesAUniqueKeyThatAnotherDocumentOfTheKindHas() {
        assertThat(outcome(store, line("a", 0, "100"), line("b", 0, "200"), line("c", 0, null), line("d", 0, null)))
                .isNull();
        assertThat(outcome(store, line("e", 0, "100")))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessage("another line has the unique key of e");
        assertThat(outcome(store, line("b", 1, "100"))).isInstanceOf(DuplicateKeyException.class);
        assertThat(outcome(store, new Change(Kind.TENANT, "e", 0, "{}", "100"))).isNull();
        assertThat(revisions(store, Kind.LINE))
                .containsOnlyKeys("a", "b", "c", "d")
                .doesNotContainValue(2L);
    }

    @Test
    void freesAUniqueKeyWhenItIsChangedOrItsDocumentDeleted() {
        outcome(store, line("a", 0, "100"), line("b", 0, "200"));
        assertThat(outcome(store, line("a", 1, "300"), line("c", 0, "100"))).isNull();
        assertThat(outcome(store, Change.delete(Kind.LINE, "b", 1), line("d", 0, "200")))
                .isNull();
        assertThat(outcome(store, line("a", 2, "300"))).isNull(); // its own key is no clash
    }

    @Test
    void storesNothingOfARefusedTransaction() {
        outcome(store, put("a", 0));
        Transaction mixed = new Transaction(
                List.of(put("b", 0), Change.delete(Kind.DEVICE, "a", 1), line("x", 7, null)),
                List.of(entry(1, Kind.DEVICE, "b")),
                () -> {
                    throw new AssertionError("was not committed");
                });
        assertThat(outcome(store.write(mixed))).isInstanceOf(StaleRevisionException.class);
        assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("a");
        assertThat(store.audit(null, null, 10)).isEmpty();
    }

    @Test
    void refusesOneTransactionOfABatchAlone() throws Exception {
        CountDownLatch gathered = new CountDownLatch(1);
        CompletableFuture<Void> first =
                store.write(new Transaction(List.of(put("0", 0)), List.of(), () -> await(gathered)));
        List<CompletableFuture<Void>> batch = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            batch.add(store.write(transaction(
                    put("x" + i, 0), put("y" + i, i == 7 ? 5 : 0), line("z" + i, 0, i == 11 ? "10" : "" + i))));
        }
        gathered.countDown();
        assertThat(outcome(first)).isNull();
        for (int i = 1; i <= 20; i++) {
            Class<?> expected = i == 7 ? StaleRevisionException.class : i == 11 ? DuplicateKeyException.class : null;
            StoreException refusal = outcome(batch.get(i - 1));
            assertThat(refusal == null ? null : refusal.getClass())
                    .as("transaction %d", i)
                    .isEqualTo(expected);
        }
        assertThat(revisions(store, Kind.DEVICE)).hasSize(1 + 18 * 2).doesNotContainKeys("x7", "y7", "x11", "y11");
        assertThat(revisions(store, Kind.LINE)).hasSize(18);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesATransactionThatCannotBeWrittenAlone() {
        AuditEntry broken = new AuditEntry(null, "shell", "update", Kind.DEVICE, "a", "");
        var refused = store.write(new Transaction(List.of(put("a", 0)), List.of(broken), () -> {}));
        var stored = store.write(transaction(put("b", 0)));
        assertThat(outcome(refused)).isExactlyInstanceOf(StoreException.class);
        assertThat(outcome(stored)).isNull();
        assertThat(revisions(store, Kind.DEVICE)).containsOnlyKeys("b");
    }

    @Test
    void runsCommittedAfterTheCommitAndBeforeTheFutureCompletes() {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = "a" + i;
            assertThat(outcome(store.write(new Transaction(List.of(put(id, 0)), List.of(), () -> {
                        seen.add(id);
                        assertThat(revisions(store, Kind.DEVICE)).containsKey(id);
                    }))))
                    .isNull();
        }
        assertThat(seen).containsExactly("a0", "a1", "a2");
    }

    @Test
    void readsTheAuditLogNewestFirst() {
        outcome(store.write(
                new Transaction(List.of(), List.of(entry(1, Kind.DEVICE, "a"), entry(2, Kind.LINE, "a")), () -> {})));
        outcome(store.write(
                new Transaction(List.of(), List.of(entry(4, Kind.DEVICE, "b"), entry(3, Kind.DEVICE, "a")), () -> {})));
        reopen();
        assertThat(store.audit(null, null, 10))
                .containsExactly(
                        entry(3, Kind.DEVICE, "a"),
                        entry(4, Kind.DEVICE, "b"),
                        entry(2, Kind.LINE, "a"),
                        entry(1, Kind.DEVICE, "a"));
        assertThat(store.audit(Kind.DEVICE, null, 2))
                .containsExactly(entry(3, Kind.DEVICE, "a"), entry(4, Kind.DEVICE, "b"));
        assertThat(store.audit(null, "a", 2)).containsExactly(entry(3, Kind.DEVICE, "a"), entry(2, Kind.LINE, "a"));
        assertThat(store.audit(Kind.LINE, "a", 10_000)).containsExactly(entry(2, Kind.LINE, "a"));
        assertThat(store.audit(Kind.LINE, "b", 1)).isEmpty();
        assertThatThrownBy(() -> store.audit(null, null, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.audit(null, null, 10_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void canBeReadWhileItIsReadAndWritten() {
        outcome(store, put("a", 0), put("b", 0));
        List<String> seen = new ArrayList<>();
        store.readAll(Kind.DEVICE, document -> {
            seen.add(document.id());
            assertThat(outcome(store, put("new-" + document.id(), 0))).isNull();
            assertThat(store.audit(null, null, 1)).isEmpty();
        });
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
        assertThat(revisions(store, Kind.DEVICE)).hasSize(4);
    }

    @Test
    void writesWhatWaitsBeforeItCloses() {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            writes.add(store.write(transaction(put("a" + i, 0))));
        }
        store.close();
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isNull());
        assertThat(data.resolve("autoprov.db-wal")).doesNotExist();
        open();
        assertThat(revisions(store, Kind.DEVICE)).hasSize(5_000);
    }

    @Test
    void refusesEverythingWhenClosed() {
        store.close();
        store.close();
        assertThat(outcome(store, put("a", 0))).hasMessage("the store is closed");
        assertThatThrownBy(() -> store.audit(null, null, 1))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store is closed");
    }

    @Test
    void keepsDocumentsOfMegabytes() {
        String json = "{\"a\":\"" + "x".repeat(6 << 20) + "\"}";
        assertThat(outcome(store, Change.put(Kind.CONFIG, "big", 0, json), put("a", 0)))
                .isNull();
        assertThat(all(store, Kind.CONFIG).get("big").json()).isEqualTo(json);
    }

    @Test
    void lendsNothingToOtherUsersOfTheMachine() throws Exception {
        outcome(store, put("a", 0));
        for (String name : List.of("autoprov.db", "autoprov.db-wal")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void asksSqliteForDurableCommits() throws Exception {
        SqliteFile file = new SqliteFile(data.resolve("autoprov.db"), false);
        try (Connection connection = file.openForWriting();
                Statement statement = connection.createStatement()) {
            assertThat(pragma(statement, "synchronous")).isEqualTo("2");
            assertThat(pragma(statement, "journal_mode")).isEqualTo("wal");
        }
    }

    private static String pragma(Statement statement, String name) throws Exception {
        try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }

    @Test
    void takesFolderNamesThatMeanSomethingInAnUrl() {
        for (String name : List.of("a?mode=memory", "50% off", "%41", "a#b", "a;b&c", "ü 電")) {
            Path folder = data.resolve(name);
            try (SqliteStore odd = SqliteStore.open(folder, "sqlite:sub/x y.db")) {
                assertThat(outcome(odd, put("a", 0))).isNull();
                assertThat(folder.resolve("sub/x y.db")).isNotEmptyFile();
                assertThat(odd.description()).isEqualTo("SQLite, " + folder.resolve("sub/x y.db"));
            }
        }
    }
}
