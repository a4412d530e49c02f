// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.util.List;
import java.util.OptionalInt;

/**
 * What came of a request.
 *
 * @param error the code of the server's ERROR; absent: the whole file went over
 * @param message of the ERROR, as the server wrote it; else empty
 * @param body the file that was fetched; empty after an upload or an ERROR
 * @param defects what a phone may stumble over though this one did not
 * @param millis from the request to the last packet of the transfer
 */
public record Result(OptionalInt error, String message, byte[] body, List<String> defects, double millis) {

    /** Whether the server says that there is no such file. */
    public boolean missing() {
        return error.isPresent() && error.getAsInt() == Packet.Failure.FILE_NOT_FOUND;
    }
}
