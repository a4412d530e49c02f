// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;
import org.autoprov.core.store.Transaction;

/** Short ways to write and read in tests. */
final class Documents {

    private Documents() {}

    static Change put(String id, long expectedRevision) {
        return Change.put(Kind.DEVICE, id, expectedRevision, "{\"schema\":1,\"id\":\"" + id + "\"}");
    }

    static Change line(String id, long expectedRevision, String code) {
        return new Change(Kind.LINE, id, expectedRevision, "{\"schema\":1}", code);
    }

    static Transaction transaction(Change... changes) {
        return new Transaction(List.of(changes), List.of(), () -> {});
    }

    static AuditEntry entry(long millis, Kind kind, String id) {
        return new AuditEntry(Instant.ofEpochMilli(millis), "shell", "update", kind, id, "model");
    }

    /** Waits for a write; null when it was stored, else why not. */
    static StoreException outcome(CompletableFuture<Void> write) {
        try {
            write.orTimeout(60, TimeUnit.SECONDS).join();
            return null;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refusal) {
                return refusal;
            }
            throw e;
        }
    }

    static StoreException outcome(SqliteStore store, Change... changes) {
        return outcome(store.write(transaction(changes)));
    }

    /** The revisions of all documents of a kind. */
    static Map<String, Long> revisions(SqliteStore store, Kind kind) {
        Map<String, Long> revisions = new TreeMap<>();
        store.readAll(kind, document -> revisions.put(document.id(), document.revision()));
        return revisions;
    }

    static Map<String, StoredDocument> all(SqliteStore store, Kind kind) {
        Map<String, StoredDocument> documents = new TreeMap<>();
        store.readAll(kind, document -> documents.put(document.id(), document));
        return documents;
    }
}
