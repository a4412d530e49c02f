// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Objects;

/**
 * A file that a plugin makes for a device, or takes from it.
 *
 * @param name the path the phone asks for, without a leading slash, with everything filled in
 * @param contentType media type, with charset where it has one
 * @param access who may have it
 * @param perDevice false when each device of the same model gets the same bytes (a common file)
 * @param stateTrigger whether fetching it proves that the phone took its configuration; at most one file of a device
 * @param writable whether the phone uploads it; it then gets back what it sent, and {@code template} is null
 * @param template the plugin's name for what makes it; null for an uploaded file
 */
public record PhoneFile(
        String name,
        String contentType,
        Access access,
        boolean perDevice,
        boolean stateTrigger,
        boolean writable,
        String template) {

    /** Who may have a file. */
    public enum Access {
        /** Anybody who asks: firmware, languages, common files without secrets. */
        OPEN,
        /** Only the device it is for, within what its trust allows: it holds accounts or passwords. */
        SECRET
    }

    public PhoneFile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(contentType);
        Objects.requireNonNull(access);
    }
}
