// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

/**
 * The settings of the listener, checked.
 *
 * @param host a name or an address to bind to
 * @param port 0 for any free one
 * @param trustedProxies how many proxies in front are believed; 0 for none
 * @param headerBytes longest request line with all header fields
 * @param idleMillis after this time without a byte a connection is closed
 * @param requestMillis time for a request line with its header fields to arrive
 * @param slowest bytes per second that a transfer must reach on average
 * @param connections most at a time
 * @param threads most at a time
 * @param uploads most at a time
 */
record ListenerOptions(
        String host,
        int port,
        int trustedProxies,
        int headerBytes,
        long idleMillis,
        long requestMillis,
        int slowest,
        int connections,
        int threads,
        int uploads) {

    /** @throws IllegalArgumentException in one line: the setting, its value, what is allowed */
    static ListenerOptions from(HttpSettings settings) {
        String host = settings.phones_host();
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("phones.host is empty; a name or an IP address is needed");
        }
        return new ListenerOptions(
                host.strip(),
                checked("port", settings.phones_http_port(), 0, 65_535),
                checked("trusted_proxies", settings.phones_http_trusted__proxies(), 0, 16),
                checked("header_bytes", settings.phones_http_header__bytes(), 1_024, 65_536),
                1_000L * checked("idle_seconds", settings.phones_http_idle__seconds(), 1, 3_600),
                1_000L * checked("request_seconds", settings.phones_http_request__seconds(), 1, 600),
                checked("slowest", settings.phones_http_slowest(), 1, 1_000_000),
                checked("connections", settings.phones_http_connections(), 1, 1_000_000),
                checked("threads", settings.phones_http_threads(), 8, 2_000),
                checked("uploads", settings.phones_http_uploads(), 1, 1_000));
    }

    private static int checked(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "phones.http." + name + " is " + value + "; allowed are " + least + " to " + most);
        }
        return value;
    }
}
