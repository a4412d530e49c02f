// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets all transactions that wait share one commit. While the writer's thread waits for the disk, the next batch
 * gathers.
 *
 * <p>Futures complete on other threads, a batch at a time, so that what a caller hangs onto a future does not hold up
 * the next commit.
 */
final class GroupCommit implements AutoCloseable {

    static final int MAX_WAITING = 100_000;
    static final int MAX_BATCH = 1_000;
    /** Characters of JSON in a batch, about 4 MiB; a single larger transaction is a batch of its own. */
    static final long MAX_BATCH_CHARACTERS = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int COMPLETION_SECONDS = 5;

    /** While writing fails: how often to find out whether it still does, if nobody wants to write. */
    static final long PROBE_MILLIS = 2_000;

    /** @param since {@link System#nanoTime} */
    private record Waiting(Transaction transaction, CompletableFuture<Void> done, long since) {}

    private final BatchTarget target;
    private final Thread writer;
    private final ExecutorService completions;
    private final Queue<Waiting> queue = new ArrayDeque<>(); // guarded by itself, as is closed
    private boolean closed;
    private volatile boolean failing; // written by the writer's thread only
    private final CommitTally tally = new CommitTally();

    GroupCommit(BatchTarget target) {
        this.target = target;
        AtomicInteger count = new AtomicInteger();
        completions =
                Executors.newCachedThreadPool(task -> daemon(task, "autoprov-store-done-" + count.incrementAndGet()));
        writer = daemon(this::run, "autoprov-store-writer");
        writer.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    CompletableFuture<Void> write(Transaction transaction) {
        Waiting waiting = new Waiting(transaction, new CompletableFuture<>(), System.nanoTime());
        synchronized (queue) {
            if (closed) {
                return CompletableFuture.failedFuture(new StoreException("the store is closed", null));
            }
            if (queue.size() >= MAX_WAITING) {
                return CompletableFuture.failedFuture(
                        new StoreException("too many changes wait for the disk (" + MAX_WAITING + ")", null));
            }
            queue.add(waiting);
            if (queue.size() == 1) {
                queue.notifyAll();
            }
        }
        return waiting.done;
    }

    private void run() {
        for (List<Waiting> batch = next(); batch != null; batch = next()) {
            if (batch.isEmpty()) {
                probe();
            } else {
                commit(batch);
            }
        }
        target.close();
    }

    private void probe() {
        try {
            target.probe();
            recovered();
        } catch (RuntimeException | Error e) {
            LOG.debug("Writing still fails", e);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("Changes are stored again");
        }
    }

    /** Whether the last change could be written, or none was wanted yet; and more may be. */
    boolean isUsable() {
        synchronized (queue) {
            return !closed && !failing;
        }
    }

    CommitTally tally() {
        return tally;
    }

    /** How many transactions wait for their turn. */
    int waiting() {
        synchronized (queue) {
            return queue.size();
        }
    }

    /** Waits for the next batch; null when closed and all is written; empty when it is time to probe. */
    private List<Waiting> next() {
        synchronized (queue) {
            while (queue.isEmpty() && !closed) {
                try {
                    queue.wait(failing ? PROBE_MILLIS : 0);
                    if (failing && queue.isEmpty() && !closed) {
                        return List.of();
                    }
                } catch (InterruptedException e) {
                    // Nobody is meant to interrupt this thread: it ends by close(), when all is written.
                    LOG.debug("Interrupted while waiting for changes", e);
                }
            }
            if (queue.isEmpty()) {
                return null;
            }
            List<Waiting> batch = new ArrayList<>();
            long characters = 0;
            while (!queue.isEmpty() && batch.size() < MAX_BATCH) {
                characters += characters(queue.peek().transaction);
                if (!batch.isEmpty() && characters > MAX_BATCH_CHARACTERS) {
                    break;
                }
                batch.add(queue.poll());
            }
            return batch;
        }
    }

    private static long characters(Transaction transaction) {
        long sum = 0;
        for (Change change : transaction.changes()) {
            sum += change.json() == null ? 0 : change.json().length();
        }
        return sum;
    }

    private void commit(List<Waiting> batch) {
        List<Optional<StoreException>> outcomes;
        long start = System.nanoTime();
        try {
            outcomes = target.commit(batch.stream().map(Waiting::transaction).toList());
        } catch (StoreException e) {
            fail(batch, e);
            return;
        } catch (RuntimeException | Error e) {
            fail(batch, new StoreException("nothing was stored because of an error in the server: " + e, e));
            return;
        }
        long end = System.nanoTime();
        tally.committed(end - start, batch.size());
        for (Waiting waiting : batch) {
            tally.written(end - waiting.since);
        }
        recovered();
        for (int i = 0; i < batch.size(); i++) {
            if (outcomes.get(i).isEmpty()) {
                committed(batch.get(i).transaction);
            }
        }
        complete(() -> {
            for (int i = 0; i < batch.size(); i++) {
                CompletableFuture<Void> done = batch.get(i).done;
                outcomes.get(i).ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
            }
        });
    }

    private void fail(List<Waiting> batch, StoreException reason) {
        tally.failed(batch.size());
        if (!failing) {
            failing = true; // one line when it begins and one when it ends, not one for each phone
            LOG.error("Changes are refused until this is mended: {}", reason.getMessage());
            LOG.debug("The reason", reason);
        }
        complete(() -> batch.forEach(waiting -> waiting.done.completeExceptionally(reason)));
    }

    private void complete(Runnable task) {
        try {
            completions.execute(task);
        } catch (OutOfMemoryError e) {
            task.run(); // no room for a thread; nobody may wait forever
        }
    }

    private static void committed(Transaction transaction) {
        try {
            transaction.committed().run();
        } catch (RuntimeException | Error e) {
            LOG.error("A change is stored, but what follows from it failed", e);
        }
    }

    /** Refuses further writes, writes all that waits, closes the target, and waits for it. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.notifyAll();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // leaving now would lose accepted changes
            }
        }
        completions.shutdown();
        try {
            if (!interrupted && !completions.awaitTermination(COMPLETION_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Some callers still work on what was stored; not waiting for them");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
