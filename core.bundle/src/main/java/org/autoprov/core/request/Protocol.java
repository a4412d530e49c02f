// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.request;

/** How a request of a telephone reached the server. */
public enum Protocol {
    HTTP,
    HTTPS,
    TFTP,
    DHCP,
    /** A SUBSCRIBE for {@code ua-profile} (SIP plug-and-play, RFC 6080). */
    SIP
}
