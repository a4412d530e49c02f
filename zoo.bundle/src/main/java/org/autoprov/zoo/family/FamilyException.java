// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

/** A family's description cannot be used. The message is one line and names the place. */
public final class FamilyException extends Exception {

    /** @param message what is wrong and where */
    public FamilyException(String message) {
        super(message);
    }
}
