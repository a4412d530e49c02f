// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import org.autoprov.core.service.ImportReport.Outcome;

/** A document is not taken; the message is one sentence without values. */
final class NotTakenException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MAX_TEXT = 300;

    private final String key;
    private final Outcome outcome;

    NotTakenException(String key, Outcome outcome, String reason) {
        super(reason, null, false, false); // there may be a million of them, and nobody reads their stack
        this.key = key;
        this.outcome = outcome;
    }

    String key() {
        return key;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Names in the folder's files may be of any length. */
    static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
