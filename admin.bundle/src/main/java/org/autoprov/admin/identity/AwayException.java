// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

/** The identity service gave no usable answer. The message never holds a token. */
final class AwayException extends Exception {

    private static final long serialVersionUID = 1;

    AwayException(String message) {
        super(message);
    }
}
