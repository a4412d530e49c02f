// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Arrays;

/** The last events by their numbers, which count from 1. Not thread-safe. */
final class EventRing {

    private final Event[] held;
    private long last;
    private long oldest = 1;

    EventRing(int most) {
        held = new Event[most];
    }

    void add(Event event) {
        last++;
        held[at(last)] = event;
        oldest = Math.max(oldest, last - held.length + 1);
    }

    /** Leaves one number out, so that whoever resumes from before is known from whoever resumes from after. */
    void skip() {
        add(null);
    }

    /** Forgets all; what happens until the next event cannot be resumed. */
    void clear() {
        Arrays.fill(held, null);
        last++;
        oldest = last + 1;
    }

    /** The number of the newest; 0 before the first. */
    long last() {
        return last;
    }

    /** The number from which on all is held; more than {@link #last} when nothing is. */
    long oldest() {
        return oldest;
    }

    /** @param number from {@link #oldest} to {@link #last}; null for one that was left out */
    Event get(long number) {
        return held[at(number)];
    }

    private int at(long number) {
        return (int) (number % held.length);
    }
}
