// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a retransmission, and when to give up: from measured round trips as RFC 6298 has it, doubled
 * after each loss. A time that the phone negotiated is kept to instead. All values in nanoseconds.
 */
final class RoundTrip {

    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Longer than the five or six seconds after which most phones repeat their own last packet: some begin to wait anew
     * with each of ours, and take no notice of it otherwise (atftp).
     */
    private static final long MOST = TimeUnit.SECONDS.toNanos(7);

    /** Until the first measurement. */
    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);

    /** Until a peer that does not move is given up: time for four packets of its own. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** The same, where a short time was negotiated. */
    private static final long LEAST_PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** The same, where a long one was: so many times. */
    private static final int WAITS = 4;

    private final long fixed;
    private long smoothed;
    private long variation;
    private long wait;

    /** @param seconds what was negotiated; 0 for nothing */
    RoundTrip(int seconds) {
        fixed = TimeUnit.SECONDS.toNanos(seconds);
        wait = fixed > 0 ? fixed : FIRST;
    }

    /** Takes the time from a packet, sent only once, to its answer. */
    void measured(long nanos) {
        long sample = Math.max(0, Math.min(nanos, MOST));
        if (smoothed == 0) {
            smoothed = Math.max(1, sample);
            variation = sample / 2;
        } else {
            variation += (Math.abs(sample - smoothed) - variation) / 4;
            smoothed = Math.max(1, smoothed + (sample - smoothed) / 8);
        }
        if (fixed == 0) {
            wait = Math.max(LEAST, Math.min(MOST, smoothed + 4 * variation));
        }
    }

    /** Nothing came back in time. */
    void lost() {
        if (fixed == 0) {
            wait = Math.min(MOST, 2 * wait);
        }
    }

    long waitNanos() {
        return wait;
    }

    /** A peer that does not move for that long is gone. */
    long giveUpNanos() {
        return fixed > 0 ? Math.max(LEAST_PATIENCE, WAITS * fixed) : PATIENCE;
    }
}
