// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.autoprov.core.service.ChangeEvent;
import org.autoprov.core.service.ChangeMonitor;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows changes and phones' requests while that is wanted, and a while longer. Used under the feed's lock. */
final class EventSources {

    private static final Logger LOG = LoggerFactory.getLogger(EventSources.class);

    private final ChangeMonitor changes;
    private final RequestMonitor requests;
    private final Consumer<ChangeEvent> changed;
    private final RequestFollower phones;
    private final long lingerMillis;

    private AutoCloseable changeSource;
    private AutoCloseable requestSource;
    private long changesWantedAt;
    private long requestsWantedAt;

    EventSources(
            ChangeMonitor changes,
            RequestMonitor requests,
            Consumer<ChangeEvent> changed,
            RequestFollower phones,
            long lingerMillis) {
        this.changes = changes;
        this.requests = requests;
        this.changed = changed;
        this.phones = phones;
        this.lingerMillis = lingerMillis;
    }

    boolean followsChanges() {
        return changeSource != null;
    }

    boolean followsRequests() {
        return requestSource != null;
    }

    void wantChanges() {
        changesWantedAt = now();
        if (changeSource == null) {
            changeSource = changes.follow(changed);
        }
    }

    void wantRequests() {
        requestsWantedAt = now();
        if (requestSource == null) {
            requestSource = requests.follow(phones);
        }
    }

    /** @return whether changes are followed no more from now on */
    boolean letGoOfChanges() {
        if (changeSource == null || now() - changesWantedAt <= lingerMillis) {
            return false;
        }
        changeSource = stop(changeSource);
        return true;
    }

    /** @return whether requests are followed no more from now on */
    boolean letGoOfRequests() {
        if (requestSource == null || now() - requestsWantedAt <= lingerMillis) {
            return false;
        }
        requestSource = stop(requestSource);
        return true;
    }

    void close() {
        changeSource = stop(changeSource);
        requestSource = stop(requestSource);
    }

    /** @return null: there is none any more */
    private static AutoCloseable stop(AutoCloseable source) {
        try {
            if (source != null) {
                source.close();
            }
        } catch (Exception e) {
            LOG.debug("A source of events did not close", e);
        }
        return null;
    }

    /** Milliseconds of a clock that nobody sets. */
    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
