// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Objects;

/** What was asked is not done, and nothing has changed. The message is one sentence for people, without secrets. */
public class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, as a program wants to know it. */
    public enum Reason {
        /** There is no such thing, or the asker may not know of it. */
        NOT_FOUND,
        /** The request itself is wrong. */
        INVALID,
        /** It contradicts what there is: a taken code, a taken position, another tenant. */
        CONFLICT,
        /** Somebody changed it first. */
        STALE,
        /** The store or a plugin is away; later tries may succeed. */
        UNAVAILABLE
    }

    private final Reason reason;

    public RefusedException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
    }

    public RefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
