// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Interrupts calls into plugins that last too long. One thread, which looks ten times a second. */
final class Watchdog implements AutoCloseable {

    private static final long TICK_MILLIS = 100;
    private static final long STALL_MILLIS = 200;
    private static final long GRACE_MILLIS = 1000;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::patrol, "autoprov-plugin-watchdog");

    Watchdog() {
        thread.setDaemon(true);
        thread.start();
    }

    /** One call that is under way. */
    static final class Watch {
        private static final int RUNNING = 0;
        private static final int BARKED = 1;
        private static final int DONE = 2;

        private final Watchdog watchdog;
        private final Fence fence;
        private final Thread caller = Thread.currentThread();
        private final long startNanos = System.nanoTime();
        private final AtomicInteger state = new AtomicInteger(RUNNING);

        private Watch(Watchdog watchdog, Fence fence) {
            this.watchdog = watchdog;
            this.fence = fence;
        }

        boolean barked() {
            return state.get() == BARKED;
        }

        /** Ends the watch; true when the caller was interrupted by it. */
        boolean stop() {
            watchdog.watches.remove(this);
            synchronized (this) { // no interrupt can arrive after this
                return state.getAndSet(DONE) == BARKED;
            }
        }

        private void check(long now) {
            long millis = (now - startNanos) / 1_000_000;
            if (millis >= STALL_MILLIS) {
                fence.stalls();
            }
            if (millis >= Fence.LIMIT_MILLIS) {
                synchronized (this) {
                    if (state.compareAndSet(RUNNING, BARKED)) {
                        caller.interrupt();
                        fence.timedOut();
                    }
                }
            }
            if (millis >= Fence.LIMIT_MILLIS + GRACE_MILLIS && barked()) {
                fence.ignoredInterrupt();
                watches().remove(this);
            }
        }

        private Set<Watch> watches() {
            return watchdog.watches;
        }
    }

    Watch start(Fence fence) {
        Watch watch = new Watch(this, fence);
        watches.add(watch);
        return watch;
    }

    private void patrol() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                long now = System.nanoTime();
                watches.forEach(watch -> watch.check(now));
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
