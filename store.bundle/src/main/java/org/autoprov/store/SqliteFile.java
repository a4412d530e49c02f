// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.autoprov.core.store.StoreException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite database file: opens connections to it and puts its errors into words. Thread-safe.
 *
 * <p>Never open this file with {@code java.nio} while a connection is open: closing it would drop SQLite's own locks.
 *
 * @param path absolute
 * @param readOnly true when its folder or the file cannot be written
 */
record SqliteFile(Path path, boolean readOnly) {

    private static final int BUSY_TIMEOUT_MILLIS = 3_000;
    // 16 MiB of 4 KiB pages: under load the file is brought up to date about once a second instead of at each commit.
    private static final int CHECKPOINT_PAGES = 4_000;
    private static final int LOG_SIZE_LIMIT_BYTES = 64 << 20;

    /** A connection that writes; each of its commits is durable when it returns. */
    Connection openForWriting() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setJournalSizeLimit(LOG_SIZE_LIMIT_BYTES);
        return config.createConnection("jdbc:sqlite:" + uri());
    }

    /** A connection that sees what was committed when a query of it began. */
    Connection openForReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setReadOnly(true);
        // SQLite wants to make its log's index beside the file even for reading. Where it cannot, and the log is
        // missing or empty, we tell it that nobody writes.
        boolean nobodyWrites = readOnly && log().toFile().length() == 0;
        return config.createConnection("jdbc:sqlite:" + uri() + (nobodyWrites ? "?immutable=1" : ""));
    }

    private String uri() {
        // Encoded, so that a '?' or '%' in a folder's name is not taken for a parameter.
        return "file:" + path.toUri().getRawPath();
    }

    /** SQLite's write-ahead log: commits that are durable but not yet in the file itself. */
    Path log() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    /**
     * Makes the file, empty and for its owner only (it will hold passwords), when there is none.
     *
     * @throws StoreException when it is a folder, or there is a log without its file: SQLite would delete the log
     */
    void create() throws IOException {
        if (Files.isDirectory(path)) {
            throw new StoreException("the database " + path + " cannot be opened: it is a folder", null);
        }
        boolean empty = !Files.exists(path) || Files.size(path) == 0;
        if (empty && Files.exists(log()) && Files.size(log()) > 0) {
            throw new StoreException(
                    "the database " + path + " is missing or empty, but its log " + log().getFileName()
                            + " holds changes: restore the database, or remove the log",
                    null);
        }
        if (Files.exists(path)) {
            return;
        }
        Files.createDirectories(path.getParent());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    /** One sentence for an administrator about an error of SQLite. */
    StoreException failure(SQLException error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return new StoreException("the database " + path + " failed: " + error.getMessage(), error);
        }
        String sentence = switch (general(sqlite)) {
            case SQLITE_FULL -> "cannot grow, the disk is full";
            case SQLITE_READONLY, SQLITE_PERM -> "is read-only";
            case SQLITE_IOERR -> "cannot be read or written";
            case SQLITE_CANTOPEN -> "cannot be opened";
            case SQLITE_CORRUPT -> "is damaged; restore a backup of it";
            case SQLITE_NOTADB -> "is damaged or not an SQLite database; restore a backup of it";
            case SQLITE_BUSY, SQLITE_LOCKED -> "is locked by another program";
            default -> "failed";
        };
        return new StoreException(
                "the database " + path + " " + sentence + " ("
                        + sqlite.getResultCode().name() + ")",
                error);
    }

    private static SQLiteErrorCode general(SQLiteException error) {
        // The low byte is the class of the error, the rest tells more.
        return SQLiteErrorCode.getErrorCode(error.getResultCode().code & 0xff);
    }
}
