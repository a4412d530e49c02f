// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

/** A transaction was refused because another document has the same unique key; nothing of it was stored. */
public class DuplicateKeyException extends StoreException {

    private static final long serialVersionUID = 1;

    public DuplicateKeyException(String message) {
        super(message, null);
    }
}
