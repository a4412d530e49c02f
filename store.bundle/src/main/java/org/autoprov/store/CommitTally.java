// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;

/** Counts commits and how long they take. Thread-safe. */
final class CommitTally {

    private static final double[] SECONDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
    };

    private final Histogram writes = Histogram.ofSeconds(SECONDS);
    private final Histogram commits = Histogram.ofSeconds(SECONDS);
    private final Histogram sizes = Histogram.ofNumbers(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000);
    private final LongAdder failures = new LongAdder();

    /** @param transactions that shared the commit */
    void committed(long nanos, int transactions) {
        commits.record(Math.max(0, nanos));
        sizes.record(transactions);
    }

    /** A transaction was decided on. @param nanos since it came */
    void written(long nanos) {
        writes.record(Math.max(0, nanos));
    }

    /** @param transactions of which nothing was stored because the store failed */
    void failed(int transactions) {
        failures.add(transactions);
    }

    void measure(Metrics metrics) {
        metrics.histogram(
                "autoprov_store_write_duration_seconds",
                "From the wish to change something until it was durable, or refused for what it was.",
                writes);
        metrics.histogram("autoprov_store_commit_duration_seconds", "One commit of the store.", commits);
        metrics.histogram("autoprov_store_commit_transactions", "Transactions that shared one commit.", sizes);
        metrics.counter(
                "autoprov_store_failures_total",
                "Transactions of which nothing was stored because the store failed.",
                failures.sum());
    }
}
