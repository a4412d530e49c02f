// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Lets people follow requests as they come. Costs nothing while nobody does. Thread-safe. */
@ProviderType
public interface RequestMonitor {

    /**
     * Hands over each request from now on.
     *
     * @param follower called on one thread of its own; when it falls behind by more than 10,000 requests, the oldest
     *     are dropped
     * @return close it to stop
     */
    AutoCloseable follow(Consumer<RequestEvent> follower);
}
