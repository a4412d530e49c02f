// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param status the HTTP status; over TFTP 200 with a file, 404 without, 403 for an upload that is not wanted, else 500
 * @param outcome the HTTP status, or {@code ok} or {@code error 1} over TFTP
 * @param message what the server says about a TFTP error; else empty
 * @param headers names in lower case to values; of several the last
 * @param body the whole body
 * @param defects what a phone may stumble over though this one did not
 * @param millis from the request to the end of the answer
 */
public record Answer(
        int status,
        String outcome,
        String message,
        Map<String, String> headers,
        byte[] body,
        List<String> defects,
        double millis) {

    /**
     * @param name of a header, in any case
     * @return its value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The outcome as part of a sentence. */
    String what() {
        return message.isEmpty()
                ? outcome.startsWith("error") ? outcome : "status " + outcome
                : outcome + ": " + message;
    }
}
