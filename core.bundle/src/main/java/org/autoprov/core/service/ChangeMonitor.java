// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Lets people and programs follow changes as they become durable. Costs nothing while nobody does. Thread-safe. */
@ProviderType
public interface ChangeMonitor {

    /**
     * Hands over each change from now on.
     *
     * @param follower called on one thread of its own; when it falls behind by more than 10,000 changes, the oldest are
     *     dropped, which shows as a gap in their numbers
     * @return close it to stop
     */
    AutoCloseable follow(Consumer<ChangeEvent> follower);
}
