// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.autoprov.core.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema of this server: the files {@code migrations/0001.sql}, {@code 0002.sql}, … without
 * gaps. The table {@code schema_version} has a row for each that was applied; an empty database has version 0.
 *
 * @param scripts script number n (counted from 1) leads from version n - 1 to version n
 */
record Migrations(List<String> scripts) {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** The migrations in this bundle. */
    static Migrations shipped() {
        List<String> scripts = new ArrayList<>();
        try {
            for (int version = 1; ; version++) {
                try (InputStream in = Migrations.class.getResourceAsStream("migrations/%04d.sql".formatted(version))) {
                    if (in == null) {
                        return new Migrations(List.copyOf(scripts));
                    }
                    scripts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds out whether this server can use a database, without changing it.
     *
     * @return true when migrations are to be applied first
     * @throws StoreException when it was written by a newer server or by another program
     */
    boolean pending(Connection connection, SqliteFile file) throws SQLException {
        int version = version(connection);
        if (version < 0) {
            throw new StoreException("the database " + file.path() + " belongs to another program", null);
        }
        if (version > scripts.size()) {
            throw new StoreException(
                    "the database " + file.path() + " was written by a newer Autoprov (schema " + version
                            + ", this one knows " + scripts.size() + ")",
                    null);
        }
        return version < scripts.size();
    }

    /** Applies what is missing, each migration in one transaction: a failure leaves the version before it. */
    void apply(Connection connection) throws SQLException {
        for (int version = version(connection) + 1; version <= scripts.size(); version++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                try {
                    statement.executeUpdate("CREATE TABLE IF NOT EXISTS schema_version"
                            + " (version INTEGER PRIMARY KEY, applied_ms INTEGER NOT NULL)");
                    statement.executeUpdate(scripts.get(version - 1));
                    record(connection, version);
                    statement.execute("COMMIT");
                } catch (SQLException e) {
                    rollBack(statement, e);
                    throw e;
                }
            }
            LOG.info("The database has schema {} now", version);
        }
    }

    private static void record(Connection connection, int version) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO schema_version VALUES (?, ?)")) {
            insert.setInt(1, version);
            insert.setLong(2, System.currentTimeMillis());
            insert.executeUpdate();
        }
    }

    private static void rollBack(Statement statement, SQLException reason) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e); // SQLite has rolled back by itself
        }
    }

    /** The database's version; 0 when it is empty, -1 when it has tables but no version. */
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet tables = statement.executeQuery(
                    "SELECT count(*), coalesce(sum(name = 'schema_version'), 0) FROM sqlite_master")) {
                tables.next();
                if (tables.getInt(2) == 0) {
                    return tables.getInt(1) == 0 ? 0 : -1;
                }
            }
            try (ResultSet newest = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
                newest.next();
                return newest.getInt(1);
            }
        }
    }
}
