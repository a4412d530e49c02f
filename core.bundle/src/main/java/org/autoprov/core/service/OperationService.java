// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What takes long, in one list for shell, API and page. In memory: a restart forgets it. Of what is done, the newest 1,000
 * are kept, for a day. Thread-safe.
 */
@ProviderType
public interface OperationService {

    /**
     * Puts an operation into the list; parameters as in {@link TrackedOperation}.
     *
     * @return what stands in the list; of an operation that was put there before, as it was then
     */
    TrackedOperation track(String kind, String subject, String tenant, String actor, Operation operation);

    /** All of the list, oldest first. */
    Collection<TrackedOperation> all();

    Optional<TrackedOperation> get(String id);

    /** Takes an operation off the list; it goes on all the same. @return whether it was there */
    boolean forget(String id);

    /** How many have ended so since the start, by {@code kind} and {@link Operation.State}: {@code device.resync.FAIL}. */
    Map<String, Long> ended();
}
