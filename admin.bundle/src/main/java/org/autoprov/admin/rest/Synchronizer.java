// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import org.autoprov.core.device.Device;
import org.autoprov.core.service.Operation;

/** Asks a device to fetch its files again. Thread-safe. */
@FunctionalInterface
public interface Synchronizer {

    /** While nothing can reach a phone. */
    Synchronizer NONE = (actor, device) -> {
        Operation operation = new Operation("");
        operation.begin();
        operation.fail(device.configured() ? "no way to reach the device yet" : "the device is not configured");
        return operation;
    };

    /** Begins, and returns at once. */
    Operation synchronize(String actor, Device device);
}
