// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

/** A call is not let in. The message is for the log; it never holds a token. */
public final class AccessException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** No token, an unknown or expired one, one that may not do this, or a tenant that is not the caller's. */
        DENIED,
        /** Whoever knows the tokens cannot be asked now. */
        UNAVAILABLE
    }

    private final Reason reason;

    public AccessException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
