// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Keeps answers for a short time. Who asks what somebody else is asking already waits for that answer. Failures are not
 * kept. Thread-safe.
 */
final class AnswerCache<K, V> {

    /** Asks whoever knows. */
    interface Question<V> {
        V ask() throws AwayException;
    }

    /** @param until {@link System#nanoTime}; null while the answer is not there */
    private record Entry<V>(CompletableFuture<V> answer, Long until) {

        boolean isOver() {
            return until != null && until - System.nanoTime() <= 0;
        }
    }

    private final int most;
    private final Function<V, Duration> life;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

    /**
     * @param most answers that are kept at most
     * @param life how long an answer is good
     */
    AnswerCache(int most, Function<V, Duration> life) {
        this.most = most;
        this.life = life;
    }

    /** @throws AwayException when there is no answer by the deadline */
    V get(K key, Deadline deadline, Question<V> question) throws AwayException {
        CompletableFuture<V> mine = new CompletableFuture<>();
        Entry<V> entry =
                entries.compute(key, (k, known) -> known == null || known.isOver() ? new Entry<>(mine, null) : known);
        if (entry.answer != mine) {
            return waitFor(entry.answer, deadline);
        }
        try {
            V value = question.ask();
            entries.put(
                    key, new Entry<>(mine, System.nanoTime() + life.apply(value).toNanos()));
            mine.complete(value);
            return value;
        } catch (AwayException | RuntimeException | Error e) {
            entries.remove(key, entry);
            mine.completeExceptionally(e);
            throw e;
        } finally {
            shrink();
        }
    }

    private V waitFor(CompletableFuture<V> answer, Deadline deadline) throws AwayException {
        try {
            return answer.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            if (e.getCause() instanceof AwayException away) {
                throw away;
            }
            throw new AwayException("the identity service did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwayException("interrupted");
        }
    }

    int size() {
        return entries.size();
    }

    /** What is over goes first, then any: they can be asked for again. */
    private void shrink() {
        if (entries.size() <= most) {
            return;
        }
        entries.values().removeIf(Entry::isOver);
        Iterator<Entry<V>> rest = entries.values().iterator();
        while (entries.size() > most && rest.hasNext()) {
            if (rest.next().until != null) {
                rest.remove();
            }
        }
    }
}
