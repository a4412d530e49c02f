// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

/** How far a device is, in the words administrators know (domain: statuses are derived, not stored). */
public enum DeviceState {
    UNCONFIGURED,
    AUTOPROV,
    CONFIGURED;

    public static DeviceState of(Device device) {
        if (!device.configured()) {
            return UNCONFIGURED;
        }
        return device.config() != null && device.config().startsWith("autoprov") ? AUTOPROV : CONFIGURED;
    }

    /** In lower case. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the device matches {@code new} (owned by the master tenant) or the word of a state. */
    public static boolean matches(Device device, String word) {
        return word.equals("new") ? device.isNew() : of(device).word().equals(word);
    }
}
