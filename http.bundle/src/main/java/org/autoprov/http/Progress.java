// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.util.concurrent.TimeUnit;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TransferEvent;
import org.autoprov.core.service.TransferEvent.State;

/** Tells those who follow along how sending a large file goes. For one answer. */
final class Progress {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RequestMonitor monitor;
    private final PhoneRequest request;
    private final long total;
    private final long begun = System.nanoTime();
    private long told = begun;

    /** @param total bytes of the answer */
    Progress(RequestMonitor monitor, PhoneRequest request, long total) {
        this.monitor = monitor;
        this.request = request;
        this.total = total;
    }

    void sent(long bytes) {
        if (total >= TransferEvent.LARGE && monitor.isFollowed() && System.nanoTime() - told >= PAUSE_NANOS) {
            told = System.nanoTime();
            tell(State.RUNNING, bytes, "");
        }
    }

    void done() {
        if (total >= TransferEvent.LARGE && monitor.isFollowed()) {
            tell(State.DONE, total, "");
        }
    }

    void broken(long bytes, Throwable cause) {
        if (monitor.isFollowed()) {
            tell(State.BROKEN, bytes, cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }

    private void tell(State state, long bytes, String reason) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        monitor.transfer(request, state, bytes, total, millis, reason);
    }
}
