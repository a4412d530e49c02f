// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.List;
import java.util.Optional;

/**
 * One step of a boot.
 *
 * @param upload whether the phone sends a file instead of fetching one
 * @param names file names with placeholders, tried in order until one is found; a name with a fact that the model
 *     does not have is skipped
 * @param format name of the format it is read by; empty: fetched and not read
 * @param userAgent used for this step instead of the profile's
 * @param transport how the files are asked for; empty: as usual for the phone
 * @param found what comes after a file that was found and read
 * @param missing what comes when none of the names is found
 */
public record Step(
        boolean upload,
        List<String> names,
        Optional<String> format,
        Optional<String> userAgent,
        Optional<Transport> transport,
        Then found,
        Then missing) {

    /** What comes after a step. */
    public enum Then {
        /** The next step. */
        CONTINUE,
        /** No further step: the boot is over. */
        STOP,
        /** No further step: the boot failed. */
        FAIL,
        /** The same step again, as after a server's failure. */
        RETRY
    }
}
