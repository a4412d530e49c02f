// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.autoprov.store.Documents.outcome;
import static org.autoprov.store.Documents.put;
import static org.autoprov.store.Documents.transaction;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    /** Remembers the sizes of its batches; can be held up and made to fail. */
    private static final class FakeDisk implements BatchTarget {

        final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        final Semaphore turns = new Semaphore(Integer.MAX_VALUE / 2);
        final AtomicInteger probes = new AtomicInteger();
        volatile RuntimeException failure;
        volatile boolean closed;

        @Override
        public List<Optional<StoreException>> commit(List<Transaction> batch) {
            turns.acquireUninterruptibly();
            batches.add(batch.size());
            if (failure != null) {
                throw failure;
            }
            return Collections.nCopies(batch.size(), Optional.empty());
        }

        @Override
        public void probe() {
            probes.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final FakeDisk disk = new FakeDisk();
    private final GroupCommit commits = new GroupCommit(disk);

    @AfterEach
    void close() {
        disk.turns.release(1_000_000);
        commits.close();
    }

    /** Holds up the disk with one transaction, so that all later ones wait. */
    private CompletableFuture<Void> holdUp() throws InterruptedException {
        disk.turns.drainPermits();
        CountDownLatch taken = new CountDownLatch(1);
        disk.turns.release();
        CompletableFuture<Void> first = commits.write(new Transaction(List.of(), List.of(), () -> {}));
        outcome(first);
        CompletableFuture<Void> second = commits.write(new Transaction(List.of(), List.of(), taken::countDown));
        while (disk.turns.getQueueLength() == 0) {
            Thread.onSpinWait();
        }
        return second;
    }

    @Test
    void sharesACommitAmongAllThatWait() throws Exception {
        holdUp();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            writes.add(commits.write(transaction(put("a", 0))));
        }
        disk.turns.release(100);
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isNull());
        assertThat(disk.batches).containsExactly(1, 1, 1_000, 1_000, 500);
    }

    @Test
    void boundsABatchByItsLength() throws Exception {
        holdUp();
        String megabyte = "x".repeat(1 << 20);
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int megabytes : new int[] {1, 1, 1, 1, 1, 9, 1, 1}) {
            Change[] changes = new Change[megabytes];
            for (int i = 0; i < megabytes; i++) {
                changes[i] = Change.put(Kind.DEVICE, "a" + i, 0, megabyte);
            }
            writes.add(commits.write(transaction(changes)));
        }
        disk.turns.release(100);
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isNull());
        assertThat(disk.batches).containsExactly(1, 1, 4, 1, 1, 2);
    }

    @Test
    void refusesMoreThanMayWaitAtOnce() throws Exception {
        holdUp();
        Transaction transaction = transaction(put("a", 0));
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < GroupCommit.MAX_WAITING; i++) {
            writes.add(commits.write(transaction));
        }
        CompletableFuture<Void> tooMany = commits.write(transaction);
        assertThat(tooMany).isCompletedExceptionally();
        assertThat(outcome(tooMany)).hasMessage("too many changes wait for the disk (100000)");
        assertThat(writes).noneMatch(CompletableFuture::isDone);
        disk.turns.release(1_000);
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isNull());
        assertThat(outcome(commits.write(transaction))).isNull();
    }

    @Test
    void failsAllOfABatchThatWasNotStoredAndGoesOn() throws Exception {
        CompletableFuture<Void> held = holdUp();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            writes.add(commits.write(new Transaction(List.of(), List.of(), () -> {
                throw new AssertionError("was not committed");
            })));
        }
        disk.failure = new StoreException("the disk is full", null);
        disk.turns.release(100);
        assertThat(outcome(held)).isSameAs(disk.failure);
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isSameAs(disk.failure));
        disk.failure = new IllegalStateException("a bug");
        assertThat(outcome(commits.write(transaction()))).hasMessageContaining("a bug");
        disk.failure = null;
        assertThat(outcome(commits.write(transaction()))).isNull();
    }

    @Test
    void findsOutByItselfThatWritingWorksAgain() throws Exception {
        assertThat(commits.isUsable()).isTrue();
        disk.failure = new StoreException("the disk is full", null);
        assertThat(outcome(commits.write(transaction()))).isSameAs(disk.failure);
        assertThat(commits.isUsable()).isFalse();
        await().until(() -> disk.probes.get() >= 1);
        assertThat(commits.isUsable()).isFalse();
        disk.failure = null;
        await().until(commits::isUsable);
        int probes = disk.probes.get();
        assertThat(outcome(commits.write(transaction()))).isNull();
        Thread.sleep(GroupCommit.PROBE_MILLIS + 200);
        assertThat(disk.probes).hasValue(probes); // none while all is well
        commits.close();
        assertThat(commits.isUsable()).isFalse();
    }

    @Test
    void measuresCommitsAndWhatWaitsForThem() throws Exception {
        CompletableFuture<Void> held = holdUp();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            writes.add(commits.write(transaction(put("a", 0))));
        }
        assertThat(commits.waiting()).isEqualTo(7);
        disk.turns.release(100);
        assertThat(outcome(held)).isNull();
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isNull());
        disk.failure = new StoreException("the disk is full", null);
        outcome(commits.write(transaction()));
        Map<String, Double> values = new HashMap<>();
        commits.tally().measure(new Metrics() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                values.put(name, value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                values.put(name, value);
            }

            @Override
            public void histogram(String name, String help, Histogram histogram, String... labels) {
                values.put(name, (double) histogram.snapshot().count());
            }
        });
        assertThat(commits.waiting()).isZero();
        assertThat(values)
                .containsEntry("autoprov_store_write_duration_seconds", 9.0)
                .containsEntry("autoprov_store_commit_duration_seconds", 3.0)
                .containsEntry("autoprov_store_commit_transactions", 3.0)
                .containsEntry("autoprov_store_failures_total", 1.0);
    }

    @Test
    void runsCommittedInOrderAlsoWhenOneThrows() throws Exception {
        holdUp();
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            writes.add(commits.write(new Transaction(List.of(), List.of(), () -> {
                order.add(number);
                if (number % 10 == 3) {
                    throw new IllegalStateException("thrown by a test");
                }
            })));
        }
        disk.turns.release(100);
        assertThat(writes).allSatisfy(write -> assertThat(outcome(write)).isNull());
        assertThat(order).hasSize(50).isSorted();
    }

    @Test
    void isNotHeldUpByWhatCallersDoNext() throws Exception {
        CompletableFuture<Void> nested = commits.write(transaction())
                .thenRun(() -> assertThat(outcome(commits.write(transaction()))).isNull());
        nested.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closesTheTargetWhenAllIsWritten() {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            writes.add(commits.write(transaction()));
        }
        commits.close();
        assertThat(disk.closed).isTrue();
        assertThat(writes).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(outcome(commits.write(transaction()))).hasMessage("the store is closed");
    }
}
