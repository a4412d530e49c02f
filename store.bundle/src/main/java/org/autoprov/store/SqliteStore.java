// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.StoredDocument;
import org.autoprov.core.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps documents in an SQLite file in the data folder. Thread-safe. */
final class SqliteStore implements Store, MetricSource, HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    // A damaged larger file is noticed when core reads its documents. Checking this much takes about a second.
    private static final long MAX_CHECKED_BYTES = 256L << 20;

    private final SqliteFile file;
    private final DataFolderLock lock; // null when read-only
    private final DocumentReader reader;
    private final GroupCommit writer; // null when read-only

    private SqliteStore(SqliteFile file, DataFolderLock lock, GroupCommit writer) {
        this.file = file;
        this.lock = lock;
        this.writer = writer;
        reader = new DocumentReader(file);
    }

    /**
     * Opens the store; makes folder and database when they are not there. A database that can be read but not written
     * is opened for reading, and every write fails.
     *
     * @param url the setting {@code store.url}
     * @throws StoreException with one line for the administrator; nothing was changed then
     */
    static SqliteStore open(Path dataFolder, String url) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        Path path = StoreUrl.file(url, folder);
        DataFolderLock lock = null;
        SqliteStore store = null;
        try {
            lock = lock(folder, path);
            store = open(folder, path, lock);
            return store;
        } catch (IOException e) {
            throw new StoreException("the database " + path + " cannot be opened: " + reason(e), e);
        } finally {
            if (store == null) {
                release(lock);
            }
        }
    }

    private static SqliteStore open(Path folder, Path path, DataFolderLock lock) throws IOException {
        boolean writable =
                lock != null && (!Files.exists(path) || Files.isWritable(path) && Files.isWritable(path.getParent()));
        SqliteFile file = new SqliteFile(path, !writable);
        if (lock != null) {
            NativeLibrary.loadFrom(folder.resolve(DataFolderLock.RUN_FOLDER));
        } else {
            NativeLibrary.loadFromTemporaryFolder();
        }
        if (writable) {
            file.create();
        } else {
            LOG.error("The database {} cannot be written: known phones are served, every change is refused", path);
        }
        try {
            prepare(file, Migrations.shipped());
            if (!writable) {
                return new SqliteStore(file, lock, null);
            }
            SqliteBatches batches = new SqliteBatches(file);
            batches.open();
            return new SqliteStore(file, lock, new GroupCommit(batches));
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }

    /** Locks the folder; null when it cannot be written but has a database that can be read. */
    private static DataFolderLock lock(Path folder, Path path) {
        try {
            return DataFolderLock.acquire(folder);
        } catch (IOException e) {
            if (Files.isReadable(path)) {
                return null;
            }
            throw new StoreException("the data folder " + folder + " cannot be written: " + reason(e), e);
        }
    }

    /** Looks at the database before anything may change it, then migrates it. */
    static void prepare(SqliteFile file, Migrations migrations) throws SQLException, IOException {
        boolean pending;
        try (Connection connection = file.openForReading()) {
            check(connection, file);
            pending = migrations.pending(connection, file);
        }
        if (pending && file.readOnly()) {
            throw new StoreException("the database " + file.path() + " must be upgraded but is read-only", null);
        }
        if (pending) {
            try (Connection connection = file.openForWriting()) {
                migrations.apply(connection);
            }
        }
    }

    private static void check(Connection connection, SqliteFile file) throws SQLException, IOException {
        if (Files.size(file.path()) > MAX_CHECKED_BYTES) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet findings = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = findings.next() ? findings.getString(1) : "nothing found out";
            if (!finding.equals("ok")) {
                throw new StoreException(
                        "the database " + file.path() + " is damaged; restore a backup of it ("
                                + finding.replaceAll("\\s+", " ").strip() + ")",
                        null);
            }
        }
    }

    /** Java says of some errors only which file they are about. */
    private static String reason(IOException e) {
        String what = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return e.getClass().getSimpleName().replace("Exception", "") + ", " + what;
    }

    private static void release(DataFolderLock lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.debug("While releasing the data folder", e); // the lock is gone with its channel
        }
    }

    @Override
    public void readAll(Kind kind, Consumer<StoredDocument> consumer) {
        reader.readAll(kind, consumer);
    }

    @Override
    public CompletableFuture<Void> write(Transaction transaction) {
        if (writer == null) {
            return CompletableFuture.failedFuture(new StoreException(
                    "the database " + file.path() + " was not writable when the server started; nothing is stored",
                    null));
        }
        return writer.write(transaction);
    }

    @Override
    public List<AuditEntry> audit(Kind kind, String id, int limit) {
        return reader.audit(kind, id, limit);
    }

    @Override
    public String description() {
        return "SQLite, " + file.path() + (file.readOnly() ? ", read-only" : "");
    }

    /** By what became of the last write: nothing is asked of the database. */
    private boolean isUsable() {
        return writer != null && writer.isUsable();
    }

    @Override
    public Map<String, State> health() {
        return Map.of("store", isUsable() ? State.OK : State.FAIL);
    }

    @Override
    public void measure(Metrics metrics) {
        metrics.gauge(
                "autoprov_store_up", "1 when changes can be stored, as far as is known; else 0.", isUsable() ? 1 : 0);
        if (writer != null) {
            metrics.gauge("autoprov_store_queue_length", "Transactions that wait for their commit.", writer.waiting());
            writer.tally().measure(metrics);
        }
    }

    /** Writes what waits, brings the file up to date, closes it and releases the data folder. */
    @Override
    public void close() {
        reader.close();
        if (writer != null) {
            writer.close();
        }
        release(lock);
    }
}
