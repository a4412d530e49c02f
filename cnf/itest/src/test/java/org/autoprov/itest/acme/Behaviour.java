// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest.acme;

import java.util.concurrent.TimeUnit;

/** What a test vendor's code does wrong. */
public enum Behaviour {
    /** Nothing. */
    SERVE,
    /** Throws when it is asked who sends a request. */
    THROW_IDENTIFY,
    /** Never returns from that, but obeys an interrupt. */
    BLOCK_IDENTIFY,
    /** Throws when it makes a file. */
    THROW_GENERATE,
    /** Runs out of stack when it makes a file. */
    OVERFLOW_GENERATE,
    /** Never returns from that, but obeys an interrupt. */
    BLOCK_GENERATE,
    /** Never returns from that, whatever happens. */
    STUBBORN_GENERATE,
    /** As that, but only until its bundle is started anew. */
    STUBBORN_AT_FIRST,
    /** Makes a file larger than any may be. */
    HUGE_GENERATE,
    /** Throws when its component is made. */
    THROW_COMPONENT;

    static void block() {
        try {
            TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void blockStubbornly() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < end) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                continue; // that is what is wrong with it
            }
        }
    }
}
