// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Measures a part of the server. A bundle registers one as a service; whoever publishes metrics asks it now and then.
 * The names are listed in the administrators' handbook.
 */
@ConsumerType
public interface MetricSource {

    /** Writes down what is measured now. Called from any thread, every few seconds; must not wait. */
    void measure(Metrics metrics);
}
