// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;

/**
 * Reads documents and the audit log. Thread-safe: each reading has a connection of its own, opened in about a
 * millisecond, and waits neither for the writer nor for other readings.
 */
final class DocumentReader implements AutoCloseable {

    private static final int MAX_AUDIT = 10_000;

    private final SqliteFile file;
    // Readings hold the read lock, so that closing waits for them.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed; // guarded by open

    DocumentReader(SqliteFile file) {
        this.file = file;
    }

    void readAll(Kind kind, Consumer<StoredDocument> consumer) {
        read(
                "SELECT id, revision, json FROM " + DocumentTable.name(kind),
                List.of(),
                row -> consumer.accept(new StoredDocument(kind, row.getString(1), row.getLong(2), row.getString(3))));
    }

    List<AuditEntry> audit(Kind kind, String id, int limit) {
        if (limit < 1 || limit > MAX_AUDIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_AUDIT + ", not " + limit);
        }
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (id != null) {
            conditions.add("id = ?");
            values.add(id);
        }
        if (kind != null) {
            conditions.add("kind = ?");
            values.add(kind.name());
        }
        values.add(limit);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        List<AuditEntry> entries = new ArrayList<>();
        String sql =
                "SELECT time_ms, actor, action, kind, id, detail FROM audit" + where + " ORDER BY seq DESC LIMIT ?";
        read(
                sql,
                values,
                row -> entries.add(new AuditEntry(
                        Instant.ofEpochMilli(row.getLong(1)),
                        row.getString(2),
                        row.getString(3),
                        Kind.valueOf(row.getString(4)),
                        row.getString(5),
                        row.getString(6))));
        return List.copyOf(entries);
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private void read(String sql, List<Object> values, RowConsumer consumer) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("the store is closed", null);
            }
            try (Connection connection = file.openForReading();
                    PreparedStatement query = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    query.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(rows);
                    }
                }
            } catch (SQLException e) {
                throw file.failure(e);
            }
        } finally {
            open.readLock().unlock();
        }
    }

    /** Refuses further readings and waits for those that run. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            closed = true;
        } finally {
            open.writeLock().unlock();
        }
    }
}
