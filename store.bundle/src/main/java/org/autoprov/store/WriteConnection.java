// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;

/** A connection that writes, with its prepared statements. Used by one thread. */
final class WriteConnection implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement savepoint;
    private final PreparedStatement release;
    private final PreparedStatement rollBackToSavepoint;
    private final PreparedStatement audit;
    private final Map<Kind, DocumentTable> tables = new EnumMap<>(Kind.class);

    /** Takes over a connection, which is closed with this or when this fails. */
    WriteConnection(Connection connection) throws SQLException {
        this.connection = connection;
        try {
            begin = connection.prepareStatement("BEGIN IMMEDIATE");
            commit = connection.prepareStatement("COMMIT");
            savepoint = connection.prepareStatement("SAVEPOINT one");
            release = connection.prepareStatement("RELEASE one");
            rollBackToSavepoint = connection.prepareStatement("ROLLBACK TO one");
            audit = connection.prepareStatement(
                    "INSERT INTO audit (time_ms, actor, action, kind, id, detail) VALUES (?, ?, ?, ?, ?, ?)");
            for (Kind kind : Kind.values()) {
                tables.put(kind, new DocumentTable(connection, kind));
            }
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    void begin() throws SQLException {
        begin.executeUpdate();
    }

    void commit() throws SQLException {
        commit.executeUpdate();
    }

    /**
     * Applies all of a transaction or nothing.
     *
     * @return why nothing was applied; empty when all was
     * @throws SQLException when the whole batch has to be given up
     */
    Optional<StoreException> apply(Transaction transaction) throws SQLException {
        savepoint.executeUpdate();
        Optional<StoreException> refusal = Optional.empty();
        try {
            for (Change change : transaction.changes()) {
                tables.get(change.kind()).apply(change);
            }
            for (AuditEntry entry : transaction.audit()) {
                insert(entry);
            }
        } catch (StoreException e) {
            refusal = Optional.of(e);
        } catch (RuntimeException e) {
            refusal = Optional.of(new StoreException("a change cannot be stored: " + e, e));
        }
        if (refusal.isPresent()) {
            rollBackToSavepoint.executeUpdate();
        }
        release.executeUpdate();
        return refusal;
    }

    private void insert(AuditEntry entry) throws SQLException {
        audit.setLong(1, entry.time().toEpochMilli());
        audit.setString(2, entry.actor());
        audit.setString(3, entry.action());
        audit.setString(4, entry.kind().name());
        audit.setString(5, entry.id());
        audit.setString(6, entry.detail());
        audit.executeUpdate();
    }

    /** Writes the first page of the file as it is, in a commit of its own. The number in it is not used here. */
    void rewriteHeader() throws SQLException {
        execute("PRAGMA user_version = 0");
    }

    void rollBack() throws SQLException {
        execute("ROLLBACK");
    }

    /** Moves all commits from the log into the file itself and empties the log. */
    void checkpoint() throws SQLException {
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Closes the connection and with it its statements. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
