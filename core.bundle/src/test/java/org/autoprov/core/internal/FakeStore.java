// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.DuplicateKeyException;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StaleRevisionException;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;
import org.autoprov.core.store.Transaction;

/** A store in memory that keeps its promises, and can be told to be away or slow. Thread-safe. */
public final class FakeStore implements Store {

    private final Map<Kind, Map<String, StoredDocument>> documents = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, String>> uniqueKeys = new EnumMap<>(Kind.class);
    private final List<AuditEntry> audit = new ArrayList<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean away;
    private boolean holding;
    private int commits;
    private int staleAnswers;
    private Runnable beforeNext;

    public FakeStore() {
        for (Kind kind : Kind.values()) {
            documents.put(kind, new LinkedHashMap<>());
            uniqueKeys.put(kind, new HashMap<>());
        }
    }

    @Override
    public void readAll(Kind kind, Consumer<StoredDocument> consumer) {
        List<StoredDocument> all;
        synchronized (this) {
            all = List.copyOf(documents.get(kind).values());
        }
        all.forEach(consumer);
    }

    @Override
    public CompletableFuture<Void> write(Transaction transaction) {
        Runnable before;
        synchronized (this) {
            before = beforeNext;
            beforeNext = null;
        }
        if (before != null) {
            before.run();
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            if (holding) {
                held.add(() -> commit(transaction, done));
                return done;
            }
        }
        commit(transaction, done);
        return done;
    }

    private void commit(Transaction transaction, CompletableFuture<Void> done) {
        StoreException refused = null;
        synchronized (this) {
            refused = check(transaction);
            if (refused == null) {
                transaction.changes().forEach(this::apply);
                audit.addAll(transaction.audit());
                commits++;
                transaction.committed().run();
            }
        }
        if (refused == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(refused);
        }
    }

    private StoreException check(Transaction transaction) {
        if (away) {
            return new StoreException("the database is away", null);
        }
        Map<String, Change> seen = new HashMap<>();
        for (Change change : transaction.changes()) {
            if (seen.put(change.kind() + " " + change.id(), change) != null) {
                throw new AssertionError("twice in one transaction: " + change.kind() + " " + change.id());
            }
            StoredDocument now = documents.get(change.kind()).get(change.id());
            if ((now == null ? 0 : now.revision()) != change.expectedRevision()) {
                staleAnswers++;
                return new StaleRevisionException("stale " + change.kind() + " " + change.id());
            }
            String holder = uniqueKeys.get(change.kind()).get(change.uniqueKey());
            if (change.uniqueKey() != null && holder != null && !holder.equals(change.id())) {
                return new DuplicateKeyException("taken by " + holder);
            }
        }
        return null;
    }

    private void apply(Change change) {
        uniqueKeys.get(change.kind()).values().remove(change.id());
        if (change.json() == null) {
            documents.get(change.kind()).remove(change.id());
        } else {
            documents
                    .get(change.kind())
                    .put(
                            change.id(),
                            new StoredDocument(
                                    change.kind(), change.id(), change.expectedRevision() + 1, change.json()));
            if (change.uniqueKey() != null) {
                uniqueKeys.get(change.kind()).put(change.uniqueKey(), change.id());
            }
        }
    }

    @Override
    public synchronized List<AuditEntry> audit(Kind kind, String id, int limit) {
        if (away) {
            throw new StoreException("the database is away", null);
        }
        List<AuditEntry> result = new ArrayList<>();
        for (int i = audit.size() - 1; i >= 0 && result.size() < limit; i--) {
            AuditEntry entry = audit.get(i);
            if ((kind == null || kind == entry.kind()) && (id == null || id.equals(entry.id()))) {
                result.add(entry);
            }
        }
        return result;
    }

    @Override
    public String description() {
        return "a store in memory";
    }

    /** From now on every write fails, or none. */
    public synchronized void away(boolean value) {
        away = value;
    }

    /** From now on writes wait for {@link #release}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Does the writes that wait, in their order, and no longer holds others. */
    public void release() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = held.poll();
                if (next == null) {
                    holding = false;
                    return;
                }
            }
            next.run();
        }
    }

    public synchronized int waiting() {
        return held.size();
    }

    /** Runs once, just before the next write: somebody else who is faster. */
    public synchronized void beforeNextWrite(Runnable action) {
        beforeNext = action;
    }

    public synchronized int commits() {
        return commits;
    }

    public synchronized int staleAnswers() {
        return staleAnswers;
    }

    public synchronized StoredDocument document(Kind kind, String id) {
        return documents.get(kind).get(id);
    }

    /** Puts a document there as an earlier, or newer, server might have left it. */
    public synchronized void plant(Kind kind, String id, String json) {
        documents.get(kind).put(id, new StoredDocument(kind, id, 1, json));
    }

    public synchronized List<AuditEntry> allAudit() {
        return List.copyOf(audit);
    }
}
