// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.io.ByteArrayOutputStream;
import java.util.Collection;

/** The text mode of RFC 764: a line ends with CR LF, a CR of the text is followed by NUL. */
final class NetAscii {

    private NetAscii() {}

    static byte[] encode(byte[] text) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        for (byte b : text) {
            if (b == '\n') {
                coded.write('\r');
            }
            coded.write(b);
            if (b == '\r') {
                coded.write(0);
            }
        }
        return coded.toByteArray();
    }

    /** A CR before anything else is kept and noted in {@code defects}, once. */
    static byte[] decode(byte[] coded, Collection<String> defects) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean stray = false;
        for (int i = 0; i < coded.length; i++) {
            byte next = i + 1 < coded.length ? coded[i + 1] : -1;
            if (coded[i] == '\r' && next == '\n') {
                continue; // the LF stands for both
            }
            text.write(coded[i]);
            if (coded[i] == '\r' && next == 0) {
                i++;
            } else if (coded[i] == '\r') {
                stray = true;
            }
        }
        if (stray) {
            defects.add("a CR in netascii with neither LF nor NUL behind it");
        }
        return text.toByteArray();
    }
}
