// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.security.SecureRandom;

/** Random passwords and keys that a person can read out: no letters that look alike. */
final class RandomText {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private RandomText() {}

    /** @param length each letter carries 5.8 bits */
    static String of(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
