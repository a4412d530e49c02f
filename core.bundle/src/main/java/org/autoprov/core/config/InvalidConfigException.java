// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

/**
 * Parameters that cannot be stored, or from which no file can be made. The message is one sentence for an
 * administrator; it names the parameter and what is allowed, and never a secret's value.
 */
public class InvalidConfigException extends Exception {

    private static final long serialVersionUID = 1;

    public InvalidConfigException(String message) {
        super(message);
    }

    public InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
