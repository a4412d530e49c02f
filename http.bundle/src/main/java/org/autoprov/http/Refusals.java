// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells administrators of requests that make no sense, at most once a minute however many come. Thread-safe. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();

    private final LongAdder count;

    /** @param count of all of them */
    Refusals(LongAdder count) {
        this.count = count;
    }

    /** @param reason holds nothing that came from the network unescaped */
    void add(SocketAddress peer, String reason) {
        LOG.debug("Malformed request from {}: {}", peer, reason);
        count.increment();
        long told = untold.incrementAndGet();
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            untold.addAndGet(-told);
            LOG.info(
                    "Refused {} malformed HTTP request(s) since the last such line, the last one from {}: {}",
                    told,
                    peer,
                    reason);
        }
    }
}
