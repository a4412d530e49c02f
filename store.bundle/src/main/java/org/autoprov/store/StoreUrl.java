// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.autoprov.core.store.StoreException;

/** Reads the setting {@code store.url}. */
final class StoreUrl {

    static final String DEFAULT = "sqlite:autoprov.db";

    private static final String SCHEME = "sqlite:";

    private StoreUrl() {}

    /**
     * The database file that a URL means.
     *
     * @param dataFolder absolute and normalised; the file lies below it
     * @throws StoreException when the URL has another scheme, or its file lies elsewhere or is the server's own
     */
    static Path file(String url, Path dataFolder) {
        if (!url.startsWith(SCHEME)) {
            // The rest of the URL may hold a password and is not repeated.
            int colon = url.indexOf(':');
            String scheme = colon < 0 ? "no scheme" : "the scheme '" + url.substring(0, colon) + "'";
            throw new StoreException("store.url has " + scheme + ": only sqlite:FILE is supported", null);
        }
        String name = url.substring(SCHEME.length());
        Path file;
        try {
            file = dataFolder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new StoreException("store.url names no valid file: " + e.getMessage(), e);
        }
        if (name.isBlank() || !file.startsWith(dataFolder) || file.equals(dataFolder)) {
            throw new StoreException(
                    "store.url must name a file inside the data folder " + dataFolder + ", not '" + name + "'", null);
        }
        if (file.startsWith(dataFolder.resolve(DataFolderLock.RUN_FOLDER))) {
            throw new StoreException(
                    "store.url must not name a file in the folder " + DataFolderLock.RUN_FOLDER
                            + ", whose files do not outlive the server",
                    null);
        }
        return file;
    }
}
