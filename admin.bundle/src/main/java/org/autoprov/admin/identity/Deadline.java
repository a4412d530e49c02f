// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.time.Duration;

/** The moment by which an answer must be there, whatever it takes to get it. */
record Deadline(long nanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Nanoseconds until then; 0 when it is over. */
    long left() {
        return Math.max(0, nanos - System.nanoTime());
    }
}
