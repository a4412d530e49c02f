// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.Optional;
import org.autoprov.zoo.family.Transport;

/**
 * Where a phone was told to ask, by DHCP, say.
 *
 * @param http where files come from over HTTP or HTTPS
 * @param tftp where files come from over TFTP
 */
public record Origins(Target http, Target tftp) {

    /** Where the server listens for TFTP unless it was told otherwise. */
    public static final int TFTP_PORT = 6969;

    /**
     * @param http where files come from over HTTP; over TFTP they come from the same host and {@link #TFTP_PORT}
     * @return both
     */
    public static Origins of(Target http) {
        return new Origins(http, new Target(Protocol.TFTP, http.host(), TFTP_PORT, "", Optional.empty()));
    }

    Target over(Transport transport) {
        return transport == Transport.TFTP ? tftp : http;
    }

    /** The same, except for the way of asking of that target. */
    Origins with(Target target) {
        return target.protocol() == Protocol.TFTP ? new Origins(http, target) : new Origins(target, tftp);
    }
}
