// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.io.IOException;

/**
 * Where a listener listens.
 *
 * @param host a name or an IP address, with or without an IPv6 address's brackets
 * @param port 0 to 65535
 */
public record ListenAddress(String host, int port) {

    /** As in a URL: {@code 0.0.0.0:8667}, {@code [::1]:8667}. */
    public String authority() {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host) + ':' + port;
    }

    /** The socket could not be opened, so the server must not run. @param setting the one that names the port */
    public StartFailure failure(String setting, IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return StartFailure.tell(setting + ": cannot listen on " + authority() + ": " + reason, failure);
    }
}
