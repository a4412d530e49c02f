// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

/** A phone's request makes no sense: HTTP 400. Costs no stack trace, since anybody can cause it at any rate. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message for logs, never sent; holds nothing that came from the network */
    BadRequestException(String message) {
        super(message, null, false, false);
    }
}
