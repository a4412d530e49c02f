// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.security.SecureRandom;
import java.util.Locale;

/** Texts that nobody can guess. Thread-safe. */
public final class Secrets {

    /** Without characters that people confuse, and none that a phone's file format could mind. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A password of this many characters, each worth 5.8 bits. */
    public static String password(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** A provisioning code: six decimal digits. */
    public static String code() {
        return String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
    }

    /** 32 lower-case hexadecimal digits. */
    public static String id() {
        return String.format(Locale.ROOT, "%016x%016x", RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** A random (version 4) UUID, RFC 9562 section 5.4. */
    public static String uuid() {
        long high = RANDOM.nextLong() & ~0xf000L | 0x4000L;
        long low = RANDOM.nextLong() & ~(3L << 62) | 2L << 62;
        return new java.util.UUID(high, low).toString();
    }
}
