// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

/** The command line cannot be obeyed. The message is the one line to show; the exit status is 64. */
final class UsageException extends Exception {

    UsageException(String message) {
        super(message);
    }
}
