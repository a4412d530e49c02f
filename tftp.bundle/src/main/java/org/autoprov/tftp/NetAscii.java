// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

/** Translates what a phone sends in netascii: CR LF becomes LF, CR NUL becomes CR. Keeps a CR at a block's end. */
final class NetAscii {

    private boolean carriageReturn;

    /** @return the translation; a CR at the end waits for the next block */
    byte[] decode(byte[] block) {
        byte[] out = new byte[block.length + 1];
        int length = 0;
        for (byte octet : block) {
            if (carriageReturn) {
                carriageReturn = false;
                if (octet == '\n' || octet == 0) {
                    out[length++] = octet == 0 ? (byte) '\r' : (byte) '\n';
                    continue;
                }
                out[length++] = '\r'; // senders that do not know the rule
            }
            if (octet == '\r') {
                carriageReturn = true;
            } else {
                out[length++] = octet;
            }
        }
        return java.util.Arrays.copyOf(out, length);
    }

    /** @return what is left when the file ends: nothing, or a CR */
    byte[] end() {
        byte[] rest = carriageReturn ? new byte[] {'\r'} : new byte[0];
        carriageReturn = false;
        return rest;
    }
}
