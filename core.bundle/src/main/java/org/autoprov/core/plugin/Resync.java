// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Map;
import java.util.Objects;

/**
 * How a phone is told by SIP NOTIFY to fetch its files again.
 *
 * @param event the value of the Event header field, {@code check-sync;reboot=false}
 * @param headers further header fields (RFC 3265 leaves the body and others to the event package); empty for most
 */
public record Resync(String event, Map<String, String> headers) {

    public Resync {
        Objects.requireNonNull(event);
        headers = Map.copyOf(headers);
    }
}
