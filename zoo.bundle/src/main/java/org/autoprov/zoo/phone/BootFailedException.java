// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

/** The boot is over without success. The message says why. */
final class BootFailedException extends Exception {

    BootFailedException(String message) {
        super(message);
    }
}
