// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TransferEvent;
import org.autoprov.core.service.TransferEvent.State;

/**
 * Tells those who follow along how large transfers go. It looks at all of them once a second, so that no packet pays
 * for it. For one thread.
 */
final class Progress {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RequestMonitor monitor;
    private long looked;

    Progress(RequestMonitor monitor, long now) {
        this.monitor = monitor;
        looked = now;
    }

    /** Whether it is time to look. */
    boolean isDue(long now) {
        return now - looked >= PAUSE_NANOS;
    }

    /** Tells of each large one that has run for a second. */
    void look(Collection<Transfer> running, long now) {
        looked = now;
        if (monitor.isFollowed()) {
            for (Transfer each : running) {
                if (isLarge(each) && !each.isDone() && now - each.begun >= PAUSE_NANOS) {
                    tell(each, State.RUNNING, now, "");
                }
            }
        }
    }

    void done(Transfer transfer, long now) {
        if (monitor.isFollowed() && isLarge(transfer)) {
            tell(transfer, State.DONE, now, "");
        }
    }

    void broken(Transfer transfer, long now, String reason) {
        if (monitor.isFollowed()) {
            tell(transfer, State.BROKEN, now, reason);
        }
    }

    private static boolean isLarge(Transfer transfer) {
        return Math.max(transfer.progress(), transfer.total()) >= TransferEvent.LARGE;
    }

    private void tell(Transfer transfer, State state, long now, String reason) {
        long millis = TimeUnit.NANOSECONDS.toMillis(now - transfer.begun);
        monitor.transfer(transfer.asked, state, transfer.progress(), transfer.total(), millis, reason);
    }
}
