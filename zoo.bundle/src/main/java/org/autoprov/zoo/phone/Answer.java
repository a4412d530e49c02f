// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param status the HTTP status
 * @param headers names in lower case to values; of several the last
 * @param body the whole body
 * @param defects what a phone may stumble over though this one did not
 */
public record Answer(int status, Map<String, String> headers, byte[] body, List<String> defects) {

    /**
     * @param name of a header, in any case
     * @return its value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
