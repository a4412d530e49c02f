// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Text for phones that read ISO-8859-1 only: other letters lose their accents, the rest becomes a question mark. */
final class LatinText {

    private LatinText() {}

    /** @param utf8 a whole file */
    static byte[] ofUtf8(byte[] utf8) {
        for (byte octet : utf8) {
            if (octet < 0) {
                return of(new String(utf8, StandardCharsets.UTF_8));
            }
        }
        return utf8; // ASCII is both
    }

    private static byte[] of(String text) {
        StringBuilder latin = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c <= 0xff) {
                latin.append((char) c);
            } else {
                String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
                latin.append(parts.charAt(0) <= 0xff ? parts.charAt(0) : '?');
            }
        });
        return latin.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
