// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import org.autoprov.core.device.Device;

/** How far a device is, in the words administrators know (domain: statuses are derived, not stored). */
enum DeviceState {
    UNCONFIGURED,
    AUTOPROV,
    CONFIGURED;

    static DeviceState of(Device device) {
        if (!device.configured()) {
            return UNCONFIGURED;
        }
        return device.config() != null && device.config().startsWith("autoprov") ? AUTOPROV : CONFIGURED;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the device matches {@code new} (owned by the master tenant) or the word of a state. */
    static boolean matches(Device device, String word) {
        return word.equals("new") ? device.isNew() : of(device).word().equals(word);
    }
}
