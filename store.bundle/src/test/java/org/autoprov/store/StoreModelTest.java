// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.autoprov.store.Documents.all;
import static org.autoprov.store.Documents.entry;
import static org.autoprov.store.Documents.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.DuplicateKeyException;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StaleRevisionException;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;
import org.autoprov.core.store.Transaction;

/** Random transactions have the same results as in a simple model in memory. */
class StoreModelTest {

    private static final List<Kind> KINDS = List.of(Kind.DEVICE, Kind.LINE);

    private static Path data;

    @BeforeContainer
    static void createFolder() throws IOException {
        data = Files.createTempDirectory("store-model");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Model {

        private record Entry(StoredDocument document, String uniqueKey) {}

        private final Map<String, Entry> entries = new HashMap<>();
        private final List<AuditEntry> audit = new ArrayList<>();

        /** What a store must answer: null, or the class of the refusal. */
        Class<?> write(Transaction transaction) {
            Map<String, Entry> before = Map.copyOf(entries);
            for (Change change : transaction.changes()) {
                Class<?> refusal = apply(change);
                if (refusal != null) {
                    entries.clear();
                    entries.putAll(before);
                    return refusal;
                }
            }
            audit.addAll(transaction.audit());
            return null;
        }

        private Class<?> apply(Change change) {
            String place = change.kind() + " " + change.id();
            Entry old = entries.get(place);
            if ((old == null ? 0 : old.document.revision()) != change.expectedRevision()) {
                return StaleRevisionException.class;
            }
            entries.remove(place);
            if (change.json() == null) {
                return null;
            }
            if (change.uniqueKey() != null
                    && entries.values().stream()
                            .anyMatch(other -> other.document.kind() == change.kind()
                                    && change.uniqueKey().equals(other.uniqueKey))) {
                return DuplicateKeyException.class;
            }
            entries.put(
                    place,
                    new Entry(
                            new StoredDocument(
                                    change.kind(), change.id(), change.expectedRevision() + 1, change.json()),
                            change.uniqueKey()));
            return null;
        }

        Map<String, StoredDocument> all(Kind kind) {
            Map<String, StoredDocument> documents = new HashMap<>();
            entries.values().stream()
                    .map(Entry::document)
                    .filter(document -> document.kind() == kind)
                    .forEach(document -> documents.put(document.id(), document));
            return documents;
        }

        List<AuditEntry> newestFirst() {
            List<AuditEntry> entries = new ArrayList<>(audit);
            Collections.reverse(entries);
            return entries;
        }
    }

    @Provide
    Arbitrary<List<Transaction>> transactions() {
        // Few ids, keys and revisions, so that clashes are as frequent as successes.
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.of(KINDS),
                        Arbitraries.of("a", "b", "c", "ä"),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.strings().ascii().ofMaxLength(8).injectNull(0.2),
                        Arbitraries.of("1", "2").injectNull(0.6))
                .as((kind, id, revision, json, key) -> new Change(
                        kind, id, revision, revision == 0 && json == null ? "{}" : json, json == null ? null : key));
        Arbitrary<List<Change>> changes =
                change.list().ofMinSize(1).ofMaxSize(3).uniqueElements(one -> one.kind() + " " + one.id());
        return changes.map(list -> new Transaction(
                        list,
                        List.of(entry(
                                list.size(), list.get(0).kind(), list.get(0).id())),
                        () -> {}))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 100)
    void behavesAsTheModel(@ForAll("transactions") List<Transaction> transactions, @ForAll boolean oneByOne)
            throws IOException {
        Files.deleteIfExists(data.resolve("autoprov.db"));
        Model model = new Model();
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            List<CompletableFuture<Void>> writes = new ArrayList<>();
            List<Class<?>> expected = new ArrayList<>();
            for (Transaction transaction : transactions) {
                CompletableFuture<Void> write = store.write(transaction);
                if (oneByOne) {
                    outcome(write);
                }
                writes.add(write);
                expected.add(model.write(transaction));
            }
            List<Class<?>> results = new ArrayList<>();
            for (CompletableFuture<Void> write : writes) {
                StoreException refusal = outcome(write);
                results.add(refusal == null ? null : refusal.getClass());
            }
            assertThat(results).isEqualTo(expected);
        }
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            for (Kind kind : KINDS) {
                assertThat(all(store, kind)).isEqualTo(model.all(kind));
            }
            assertThat(store.audit(null, null, 10_000)).isEqualTo(model.newestFirst());
        }
    }
}
