// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.autoprov.core.request.PhoneRequest;
import org.osgi.annotation.versioning.ProviderType;

/** Lets people follow requests and transfers as they come. Costs nothing while nobody does. Thread-safe. */
@ProviderType
public interface RequestMonitor {

    /**
     * Hands over each request and each large transfer's progress from now on.
     *
     * @param follower called on one thread of its own; when it falls behind by more than 10,000 events, the oldest are
     *     dropped
     * @return close it to stop
     */
    AutoCloseable follow(RequestFollower follower);

    /** Whether anybody follows; else a listener need not watch its transfers. Cheap. */
    boolean isFollowed();

    /**
     * A listener tells how a transfer goes; see {@link TransferEvent} for when. Returns at once.
     *
     * @param request what was asked for
     * @param millis since the request came
     * @param reason why it broke off; else empty
     */
    void transfer(PhoneRequest request, TransferEvent.State state, long bytes, long total, long millis, String reason);
}
