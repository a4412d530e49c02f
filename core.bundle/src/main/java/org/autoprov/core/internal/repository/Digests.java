// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checksums of files. Keys are as descriptors write them: {@code md5}, {@code sha1}, {@code sha256}. */
final class Digests {

    /** The strongest last. */
    static final Map<String, String> ALGORITHMS = algorithms();

    private Digests() {}

    private static Map<String, String> algorithms() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("md5", "MD5");
        names.put("sha1", "SHA-1");
        names.put("sha256", "SHA-256");
        return names;
    }

    /** How many hexadecimal digits a checksum has. */
    static int digits(String key) {
        return key.equals("md5") ? 32 : key.equals("sha1") ? 40 : 64;
    }

    /** Checksums of a file by key, lower-case hexadecimal digits. */
    static Map<String, String> of(Path file, Collection<String> keys) throws IOException {
        Map<String, MessageDigest> digests = new LinkedHashMap<>();
        keys.forEach(key -> digests.put(key, digest(key)));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 << 10];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                for (MessageDigest digest : digests.values()) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        Map<String, String> result = new LinkedHashMap<>();
        digests.forEach((key, digest) -> result.put(key, HexFormat.of().formatHex(digest.digest())));
        return result;
    }

    private static MessageDigest digest(String key) {
        try {
            return MessageDigest.getInstance(ALGORITHMS.get(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has these
        }
    }
}
