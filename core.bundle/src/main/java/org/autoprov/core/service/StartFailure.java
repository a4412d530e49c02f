// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

/** A component cannot do its work, so the server must not run. The launcher prints the message, one line, and ends. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Where the launcher looks. */
    private static final String PROPERTY = "autoprov.failure";

    private StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Tells the launcher. The component throws what it gets.
     *
     * @param message one line that names the setting or the file, without secrets
     */
    public static StartFailure tell(String message, Throwable cause) {
        System.setProperty(PROPERTY, message);
        return new StartFailure(message, cause);
    }
}
