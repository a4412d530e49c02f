// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sep;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Fills in {@code versionStamp}, by which a phone sees that its file is another than before: a hash of the rest. */
final class VersionStamp {

    /** What the template prints. No value can hold it: {@code <} is escaped there. */
    private static final String BLANK = "<versionStamp>00000000</versionStamp>";

    private static final int DIGITS_FROM = BLANK.indexOf('0');

    private VersionStamp() {}

    /** @param file is changed; one without a blank stamp stays as it is */
    static byte[] fill(byte[] file) {
        int found = new String(file, StandardCharsets.ISO_8859_1).indexOf(BLANK);
        if (found >= 0) {
            CRC32C hash = new CRC32C();
            hash.update(file);
            int bits = (int) hash.getValue();
            for (int i = 7; i >= 0; i--) {
                file[found + DIGITS_FROM + i] = (byte) Character.forDigit(bits & 15, 16);
                bits >>>= 4;
            }
        }
        return file;
    }
}
