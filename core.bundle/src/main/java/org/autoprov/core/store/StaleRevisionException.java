// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

/** A transaction was refused because a document is not at the expected revision; nothing of it was stored. */
public class StaleRevisionException extends StoreException {

    private static final long serialVersionUID = 1;

    public StaleRevisionException(String message) {
        super(message, null);
    }
}
