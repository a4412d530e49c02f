// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.Locale;

/** How a phone asks for a file whose name does not say it. */
public enum Transport {
    /** HTTP or HTTPS, whichever the phone was told. */
    HTTP,
    /** TFTP. */
    TFTP;

    /** As descriptions have it: {@code http}, {@code tftp}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
