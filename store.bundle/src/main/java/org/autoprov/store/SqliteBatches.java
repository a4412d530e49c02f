// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits batches to an SQLite file, and opens it anew after an error. Used by one thread. */
final class SqliteBatches implements BatchTarget {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteBatches.class);

    private final SqliteFile file;
    private WriteConnection connection; // null after an error
    // After an error, until a new connection is open. The last connection to close removes the log's files, and a full
    // disk would have no room for new ones.
    private WriteConnection broken;

    SqliteBatches(SqliteFile file) {
        this.file = file;
    }

    /** Opens the file for writing, which the first batch does otherwise; so a start can tell that it cannot be. */
    void open() throws SQLException {
        connection = new WriteConnection(file.openForWriting());
        closeBroken();
    }

    @Override
    public List<Optional<StoreException>> commit(List<Transaction> batch) {
        boolean durable = false;
        try {
            if (connection == null) {
                open();
            }
            connection.begin();
            List<Optional<StoreException>> outcomes = new ArrayList<>(batch.size());
            for (Transaction transaction : batch) {
                outcomes.add(connection.apply(transaction));
            }
            connection.commit();
            durable = true;
            return outcomes;
        } catch (SQLException e) {
            throw file.failure(e);
        } finally {
            if (!durable && connection != null) {
                giveUp();
            }
        }
    }

    @Override
    public void probe() {
        boolean durable = false;
        try {
            if (connection == null) {
                open();
            }
            connection.rewriteHeader();
            durable = true;
        } catch (SQLException e) {
            throw file.failure(e);
        } finally {
            if (!durable && connection != null) {
                giveUp();
            }
        }
    }

    /** Leaves the transaction and the connection: neither SQLite's cache nor its driver is trusted after an error. */
    private void giveUp() {
        broken = connection;
        connection = null;
        try {
            broken.rollBack();
        } catch (SQLException e) {
            LOG.debug("SQLite has rolled back by itself, or cannot", e);
        }
    }

    private void closeBroken() {
        if (broken == null) {
            return;
        }
        try {
            broken.close();
        } catch (SQLException e) {
            LOG.debug("While closing a connection after an error", e);
        }
        broken = null;
    }

    @Override
    public void close() {
        closeBroken();
        if (connection == null) {
            return;
        }
        try (WriteConnection last = connection) {
            connection = null;
            last.checkpoint();
        } catch (SQLException e) {
            // Nothing is lost: all is in the log, which the next start reads.
            LOG.warn(
                    "The database's log is kept for the next start: {}",
                    file.failure(e).getMessage());
        }
    }
}
