// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a retransmission, and when to give up: from measured round trips as RFC 6298 has it, doubled
 * after each loss. A time that the phone negotiated is kept to instead. All values in nanoseconds.
 */
final class RoundTrip {

    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long MOST = TimeUnit.SECONDS.toNanos(4);

    /** Until the first measurement. */
    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);

    /** A datagram's fourth wait of the longest kind ends the transfer. */
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
        return WAITS * (fixed > 0 ? fixed : MOST);
    }
}
