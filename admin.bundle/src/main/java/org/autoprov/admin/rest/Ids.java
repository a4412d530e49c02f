// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Ids of documents: printable ASCII without a slash, so that each has exactly one place in a path. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_LENGTH = 255;

    private Ids() {}

    private static String fresh() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a document may have this id. */
    static boolean isUsable(Object id) {
        return id instanceof String text
                && !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && !text.equals(".")
                && !text.equals("..")
                && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '/');
    }

    /**
     * The id that a new document gets: the one in it, else a made-up one.
     *
     * @throws ApiException 400 when no document may have that id
     */
    static String ofNew(Map<String, Object> json) throws ApiException {
        Object id = json.containsKey("id") ? json.get("id") : fresh();
        if (!isUsable(id)) {
            throw ApiException.badRequest(
                    "Invalid id: 1 to " + MAX_LENGTH + " printable ASCII characters without a slash are needed");
        }
        return (String) id;
    }

    /**
     * A piece of a path, decoded once.
     *
     * @return may be empty
     * @throws ApiException 400 when no id could be written like that
     */
    static String decode(String piece) throws ApiException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int at = 0; at < piece.length(); at++) {
            char c = piece.charAt(at);
            if (c == '%') {
                int high = at + 2 < piece.length() ? digit(piece.charAt(at + 1)) : -1;
                int low = high < 0 ? -1 : digit(piece.charAt(at + 2));
                if (low < 0) {
                    throw ApiException.badRequest("Invalid id: a broken percent-encoding");
                }
                c = (char) (high << 4 | low);
                at += 2;
            }
            if (c < 0x20 || c >= 0x7f || c == '/') {
                throw ApiException.badRequest("Invalid id: only printable ASCII characters without a slash");
            }
            octets.write(c);
        }
        return octets.toString(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
