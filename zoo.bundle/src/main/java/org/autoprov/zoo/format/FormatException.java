// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

/** A phone would drop this whole file. The message says why, in words for an administrator; it holds no values. */
public final class FormatException extends Exception {

    /** @param message why the file is dropped */
    public FormatException(String message) {
        super(message);
    }
}
