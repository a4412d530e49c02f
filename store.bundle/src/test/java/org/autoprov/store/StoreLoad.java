// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.Transaction;

/**
 * Measures, when started by hand: clients that wait for each of their transactions of two documents of 2 KiB and an
 * audit entry, on an empty store and beside stored documents. Arguments: an empty data folder, clients, seconds,
 * documents.
 */
public final class StoreLoad {

    private static final String JSON = "{\"schema\":1,\"text\":\"" + "x".repeat(2_048 - 24) + "\"}";

    private StoreLoad() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        Path data = Path.of(arguments[0]);
        int clients = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        int documents = Integer.parseInt(arguments[3]);
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            run(store, "warm-up", clients, 2);
            run(store, "empty", clients, seconds);
            long start = System.nanoTime();
            for (int i = 0; i < documents; i += 1_000) {
                List<Change> changes = new ArrayList<>();
                for (int k = i; k < i + 1_000; k++) {
                    changes.add(Change.put(Kind.DEVICE, "stored-" + Integer.toHexString(k * 0x9E3779B9), 0, JSON));
                }
                store.write(new Transaction(changes, List.of(), () -> {})).join();
            }
            System.out.printf("%d documents stored in %d ms%n", documents, millisSince(start));
            run(store, "beside " + documents, clients, seconds);
        }
        long start = System.nanoTime();
        try (SqliteStore store = SqliteStore.open(data, StoreUrl.DEFAULT)) {
            System.out.printf("opened again in %d ms%n", millisSince(start));
            start = System.nanoTime();
            AtomicLong count = new AtomicLong();
            for (Kind kind : Kind.values()) {
                store.readAll(kind, document -> count.incrementAndGet());
            }
            System.out.printf("%d documents read in %d ms%n", count.get(), millisSince(start));
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static void run(SqliteStore store, String what, int clients, int seconds) throws InterruptedException {
        List<long[]> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; i < clients; i++) {
            String client = what + "-" + i + "-";
            Thread thread = new Thread(() -> {
                List<Long> mine = new ArrayList<>();
                for (int n = 0; System.nanoTime() < end; n++) {
                    long start = System.nanoTime();
                    String id = client + n;
                    store.write(new Transaction(
                                    List.of(Change.put(Kind.DEVICE, id, 0, JSON), Change.put(Kind.CONFIG, id, 0, JSON)),
                                    List.of(Documents.entry(n, Kind.DEVICE, id)),
                                    () -> {}))
                            .join();
                    mine.add(System.nanoTime() - start);
                }
                synchronized (latencies) {
                    latencies.add(mine.stream().mapToLong(Long::longValue).toArray());
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] sorted =
                latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%s: %d transactions/s, median %.1f ms, 99 %% %.1f ms, worst %.1f ms%n",
                what,
                sorted.length / seconds,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }
}
