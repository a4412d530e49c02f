// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1), decoded exactly once and strictly: no overlong UTF-8, no half escapes. */
final class PercentText {

    private PercentText() {}

    /** @param plusIsSpace as in queries of forms */
    static String decode(String text, boolean plusIsSpace) throws BadRequestException {
        if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '%') {
                out.append(plusIsSpace && c == '+' ? ' ' : c);
                at++;
                continue;
            }
            int end = at;
            ByteBuffer run = ByteBuffer.allocate((text.length() - at) / 3 + 1);
            while (end < text.length() && text.charAt(end) == '%') {
                run.put((byte) octet(text, end));
                end += 3;
            }
            out.append(utf8(run.flip()));
            at = end;
        }
        return out.toString();
    }

    private static int octet(String text, int at) throws BadRequestException {
        int high = at + 2 < text.length() ? digit(text.charAt(at + 1)) : -1;
        int low = high < 0 ? -1 : digit(text.charAt(at + 2));
        if (low < 0) {
            throw new BadRequestException("a broken percent-encoding");
        }
        return high << 4 | low;
    }

    /** Only ASCII digits: {@link Character#digit} would take digits of other scripts too. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static CharBuffer utf8(ByteBuffer octets) throws BadRequestException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(octets);
        } catch (CharacterCodingException e) {
            throw new BadRequestException("percent-encoded octets that are not UTF-8");
        }
    }
}
