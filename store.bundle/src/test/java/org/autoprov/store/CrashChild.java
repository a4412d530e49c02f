// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.autoprov.store.Documents.put;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.Transaction;

/**
 * A server that is killed: writers update two documents each in one transaction, for ever, and print a line
 * {@code <writer> <revision>} when a write was acknowledged. Arguments: data folder, number of writers.
 */
public final class CrashChild {

    private CrashChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]), StoreUrl.DEFAULT);
        var revisions = new TreeMap<>(Documents.revisions(store, Kind.DEVICE));
        System.out.println("open");
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            String writer = "w" + i;
            long revision = revisions.getOrDefault(writer + "-a", 0L);
            new Thread(() -> write(store, writer, revision), writer).start();
        }
        Thread.currentThread().join(); // the store's own threads do not keep a server alive
    }

    private static void write(SqliteStore store, String writer, long first) {
        for (long revision = first; ; revision++) {
            store.write(new Transaction(
                            List.of(put(writer + "-a", revision), put(writer + "-b", revision)),
                            List.of(Documents.entry(revision, Kind.DEVICE, writer)),
                            () -> {}))
                    .join();
            System.out.println(writer + " " + (revision + 1));
        }
    }
}
