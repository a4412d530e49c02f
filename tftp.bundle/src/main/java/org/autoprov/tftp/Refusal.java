// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import org.autoprov.core.request.PhoneReply;

/**
 * An ERROR packet that the server sends.
 *
 * @param code of RFC 1350 and RFC 2347, 0 to 8
 * @param message what the phone's display or log may show; tells nothing that the phone may not know
 */
record Refusal(int code, String message) {

    static final Refusal NOT_FOUND = new Refusal(1, "File not found");
    static final Refusal BAD_NAME = new Refusal(1, "Invalid filename");
    static final Refusal NOT_WRITABLE = new Refusal(2, "Access violation");
    static final Refusal TOO_LARGE = new Refusal(3, "File too large");
    static final Refusal BAD_BLOCK = new Refusal(4, "Illegal block number");
    static final Refusal BAD_OPERATION = new Refusal(4, "Illegal TFTP operation");
    static final Refusal UNKNOWN_TID = new Refusal(5, "Unknown TID");
    static final Refusal BAD_MODE = new Refusal(0, "mode not supported");
    static final Refusal UNAVAILABLE = new Refusal(0, "service unavailable");
    static final Refusal FAILED = new Refusal(0, "internal error");

    /** What becomes of a reply that is neither served nor stored. */
    static Refusal of(PhoneReply.Status status) {
        return switch (status) {
            case NOT_FOUND, DIRECTORY -> NOT_FOUND;
            case NOT_WRITABLE -> NOT_WRITABLE;
            case TOO_LARGE -> TOO_LARGE;
            case UNAVAILABLE -> UNAVAILABLE;
            case FAILED, SERVED, STORED -> FAILED;
        };
    }
}
