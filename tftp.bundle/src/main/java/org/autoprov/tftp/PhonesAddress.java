// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

/** Settings that other bundles describe to the administrator; the defaults are theirs. */
public @interface PhonesAddress {

    /** A name or an IP address. */
    String phones_host() default "0.0.0.0";

    /** UDP port; 0 takes any free one. */
    int tftp_port() default 6969;
}
