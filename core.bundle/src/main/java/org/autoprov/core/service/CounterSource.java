// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Counts what happens, for {@code autoprov:status} and metrics. A listener bundle registers one as a service. */
@ConsumerType
public interface CounterSource {

    /** What the counters belong to, as the {@link Listener} is called: {@code tftp}. Never changes. */
    String name();

    /**
     * What was counted since the start, by names that never change; a dot divides a name from what it is counted by:
     * {@code errorsSent.1}. Only {@code running} can fall. Called from any thread, often; must not wait.
     */
    Map<String, Long> counters();
}
