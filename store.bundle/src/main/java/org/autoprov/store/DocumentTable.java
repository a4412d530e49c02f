// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.DuplicateKeyException;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StaleRevisionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The table of one kind of documents, as a writing connection sees it. Used by one thread. */
final class DocumentTable {

    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;

    DocumentTable(Connection connection, Kind kind) throws SQLException {
        String table = name(kind);
        insert = connection.prepareStatement("INSERT INTO " + table
                + " (unique_key, json, id, revision) VALUES (?, ?, ?, 1) ON CONFLICT (id) DO NOTHING");
        update = connection.prepareStatement("UPDATE " + table
                + " SET unique_key = ?, json = ?, revision = revision + 1 WHERE id = ? AND revision = ?");
        delete = connection.prepareStatement("DELETE FROM " + table + " WHERE id = ? AND revision = ?");
    }

    static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Applies one change.
     *
     * @throws StaleRevisionException when another revision is stored, or none, or one where none is expected
     * @throws DuplicateKeyException when another document has its unique key
     */
    void apply(Change change) throws SQLException {
        int rows;
        try {
            rows = change.json() == null ? delete(change) : put(change);
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
                // The key itself is not named: a line's provisioning code is half a password.
                throw new DuplicateKeyException(
                        "another " + name(change.kind()) + " has the unique key of " + change.id());
            }
            throw e;
        }
        if (rows == 0) {
            String expected = change.expectedRevision() == 0
                    ? "is there already"
                    : "is not at revision " + change.expectedRevision() + " any more";
            throw new StaleRevisionException(name(change.kind()) + " " + change.id() + " " + expected);
        }
    }

    private int put(Change change) throws SQLException {
        PreparedStatement statement = change.expectedRevision() == 0 ? insert : update;
        statement.setString(1, change.uniqueKey());
        statement.setString(2, change.json());
        statement.setString(3, change.id());
        if (statement == update) {
            statement.setLong(4, change.expectedRevision());
        }
        return statement.executeUpdate();
    }

    private int delete(Change change) throws SQLException {
        delete.setString(1, change.id());
        delete.setLong(2, change.expectedRevision());
        return delete.executeUpdate();
    }
}
