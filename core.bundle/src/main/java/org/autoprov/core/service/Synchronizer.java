// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.autoprov.core.device.Device;
import org.osgi.annotation.versioning.ConsumerType;

/** Asks phones to fetch their files again. The bundle that can reach them registers it as a service. Thread-safe. */
@FunctionalInterface
@ConsumerType
public interface Synchronizer {

    /** While nothing can reach a phone. */
    Synchronizer NONE = (actor, device) -> {
        Operation operation = new Operation("");
        operation.begin();
        operation.fail(device.configured() ? "no way to reach the device yet" : "the device is not configured");
        return operation;
    };

    /**
     * Begins, and returns at once.
     *
     * @return ends when the phone has fetched its files, or nothing more can be tried; the reason says which
     */
    Operation synchronize(String actor, Device device);
}
