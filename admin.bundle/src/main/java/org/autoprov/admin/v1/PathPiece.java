// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Pieces of a path. */
final class PathPiece {

    private static final int LONGEST = 1_000;

    private PathPiece() {}

    /** A piece, decoded once (RFC 3986 section 2.1); it may hold slashes then. */
    static String decode(String piece) throws Problem {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int at = 0; at < piece.length(); at++) {
            char c = piece.charAt(at);
            if (c == '%') {
                int high = at + 2 < piece.length() ? digit(piece.charAt(at + 1)) : -1;
                int low = high < 0 ? -1 : digit(piece.charAt(at + 2));
                if (low < 0) {
                    throw bad("a broken percent-encoding");
                }
                c = (char) (high << 4 | low);
                at += 2;
            } else if (c >= 0x7f) {
                throw bad("a character that must be percent-encoded");
            }
            octets.write(c);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("bytes that are not UTF-8");
        }
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw bad("a piece that is empty, too long or has control characters");
        }
        return text;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static Problem bad(String what) {
        return new Problem(Problem.Type.BAD_REQUEST, "the path has " + what);
    }
}
