// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.follow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who follow what happens, each with a thread and a bounded queue of its own: a slow reader slows nobody. Thread-safe.
 *
 * @param <F> what a follower is called by
 */
public final class Followers<F> {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
    private static final int MAX_WAITING = 10_000;

    private final List<Follower<F>> all = new CopyOnWriteArrayList<>();

    /** Nobody follows. Cheap. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** @return close it to stop */
    public AutoCloseable add(F follower) {
        Follower<F> added = new Follower<>(follower);
        all.add(added);
        return () -> {
            all.remove(added);
            added.close();
        };
    }

    /** Tells all, later, in the order of the calls. */
    public void tell(Consumer<F> event) {
        all.forEach(follower -> follower.offer(event));
    }

    private static final class Follower<F> {
        private final F follower;
        private final Deque<Consumer<F>> waiting = new ArrayDeque<>();
        private final Thread thread = new Thread(this::run, "autoprov-follower");
        private boolean closed;

        Follower(F follower) {
            this.follower = follower;
            thread.setDaemon(true);
            thread.start();
        }

        synchronized void offer(Consumer<F> event) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(event);
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        private void run() {
            Consumer<F> next;
            while ((next = take()) != null) {
                try {
                    next.accept(follower);
                } catch (RuntimeException e) {
                    LOG.debug("a follower failed", e);
                }
            }
        }

        private synchronized Consumer<F> take() {
            try {
                while (waiting.isEmpty() && !closed) {
                    wait();
                }
                return closed ? null : waiting.removeFirst();
            } catch (InterruptedException e) {
                return null;
            }
        }
    }
}
