// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autoprov.core.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/** Loads SQLite itself, which its Java driver unpacks from its jar into a folder. */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private NativeLibrary() {}

    /**
     * Has SQLite unpacked into a folder, unless it was loaded before.
     *
     * @param folder what a killed server left there is removed, so the caller must have locked it
     * @throws StoreException when SQLite cannot be loaded
     */
    static void loadFrom(Path folder) {
        try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : leftOver) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("Cannot remove an old copy of SQLite from {}", folder, e); // Windows keeps a loaded library
        }
        System.setProperty("org.sqlite.tmpdir", folder.toString());
        load(folder);
    }

    /** Has SQLite unpacked into the system's temporary folder, for a data folder that cannot be written. */
    static void loadFromTemporaryFolder() {
        load(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static void load(Path folder) {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) {
            throw new StoreException("SQLite cannot be loaded from " + folder + ": " + e.getMessage(), e);
        }
    }
}
