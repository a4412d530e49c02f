// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.concurrent.TimeUnit;

/**
 * Timers of all transfers, one each. Setting one costs a few writes and no memory: a later time only changes the
 * transfer's own field, and its place in the wheel follows when its slot comes up. For one thread.
 */
final class Wheel {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A power of two. Times beyond one turn are met again when the slot comes up. */
    private static final int SLOTS = 1_024;

    /** What waits in the wheel. */
    abstract static class Timer {
        private Timer previous;
        private Timer next;
        private long tick = -1;
        private long due = Long.MAX_VALUE;

        /** Its time has come; it is no longer set. */
        abstract void onTime(long now);
    }

    private static final class Head extends Timer {
        Head() {
            super.previous = this;
            super.next = this;
        }

        @Override
        void onTime(long now) {
            throw new IllegalStateException("not a timer");
        }
    }

    private final Head[] slots = new Head[SLOTS];
    private final long start;
    private long turned;
    private int size;

    /** @param now as of {@link System#nanoTime} */
    Wheel(long now) {
        start = now;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Head();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Sets the timer, or sets it anew. */
    void set(Timer timer, long now, long delayNanos) {
        timer.due = now - start + delayNanos;
        long tick = timer.due / TICK_NANOS + 1;
        if (timer.tick < 0) {
            insert(timer, tick);
        } else if (tick < timer.tick) {
            unlink(timer);
            insert(timer, tick);
        }
    }

    void cancel(Timer timer) {
        if (timer.tick >= 0) {
            unlink(timer);
        }
        timer.due = Long.MAX_VALUE;
    }

    /** Calls all whose time has come. They may set and cancel any timer. */
    void turn(long now) {
        long target = (now - start) / TICK_NANOS;
        // After a long sleep one full turn meets each slot.
        turned = Math.max(turned, target - SLOTS);
        while (turned < target) {
            turned++;
            Head head = slots[(int) (turned & SLOTS - 1)];
            Timer timer = ((Timer) head).next;
            while (timer != head) {
                unlink(timer);
                fire(timer, target, now);
                timer = ((Timer) head).next;
            }
        }
    }

    private void fire(Timer timer, long target, long now) {
        long tick = timer.due / TICK_NANOS + 1;
        if (tick > target) {
            insert(timer, tick);
        } else {
            timer.due = Long.MAX_VALUE;
            timer.onTime(now);
        }
    }

    private void insert(Timer timer, long tick) {
        // Never in the slot that is being met, so that this ends; what is further away moves on when its slot comes up.
        timer.tick = Math.max(turned + 1, Math.min(tick, turned + SLOTS - 1));
        Timer head = slots[(int) (timer.tick & SLOTS - 1)];
        timer.previous = head.previous;
        timer.next = head;
        head.previous.next = timer;
        head.previous = timer;
        size++;
    }

    private void unlink(Timer timer) {
        timer.previous.next = timer.next;
        timer.next.previous = timer.previous;
        timer.previous = null;
        timer.next = null;
        timer.tick = -1;
        size--;
    }
}
