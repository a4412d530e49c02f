// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

/**
 * Nothing was stored: the disk is full, the folder cannot be written, the database is away. The message is one sentence
 * for an administrator and holds no secret. Later tries may succeed.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
