// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.Locale;
import org.autoprov.zoo.family.Transport;

/** What a URL begins with, where phones can use it. */
public enum Protocol {
    /** HTTP/1.1. */
    HTTP(80),
    /** HTTP/1.1 over TLS. */
    HTTPS(443),
    /** TFTP. */
    TFTP(69);

    private final int port;

    Protocol(int port) {
        this.port = port;
    }

    /** The port where a URL states none. */
    int port() {
        return port;
    }

    /** As a URL has it. */
    public String scheme() {
        return name().toLowerCase(Locale.ROOT);
    }

    Transport transport() {
        return this == TFTP ? Transport.TFTP : Transport.HTTP;
    }

    /** What a request is called: {@code GET}, {@code PUT}, {@code RRQ} or {@code WRQ}. */
    String method(boolean upload) {
        return this == TFTP ? upload ? "WRQ" : "RRQ" : upload ? "PUT" : "GET";
    }
}
