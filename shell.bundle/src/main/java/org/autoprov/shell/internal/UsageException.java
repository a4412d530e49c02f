// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

/** A command was written wrongly; the message is one line for the person who wrote it. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
