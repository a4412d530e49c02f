// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

/** What the user gave cannot be used; the message is the one line that is shown. Exit status 64. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
