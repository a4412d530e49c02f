// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.OptionalInt;
import org.autoprov.zoo.tftp.Wishes;

/** Reads the key {@code tftp} of a profile. */
final class TftpReader {

    private TftpReader() {}

    static Wishes read(Json profile) throws FamilyException {
        if (!profile.has("tftp")) {
            return Wishes.PLAIN;
        }
        Json json = profile.object("tftp");
        json.only("mode", "blksize", "windowsize", "tsize", "timeout");
        return new Wishes(
                json.word("mode", "octet", "octet", "netascii"),
                number(json, "blksize", 8, 65464), // RFC 2348
                number(json, "windowsize", 1, 65535), // RFC 7440
                json.flag("tsize"),
                number(json, "timeout", 1, 255)); // RFC 2349
    }

    private static OptionalInt number(Json json, String key, int least, int most) throws FamilyException {
        if (!json.has(key)) {
            return OptionalInt.empty();
        }
        double number = json.number(key, least, least, most);
        if (number != Math.rint(number)) {
            throw new FamilyException(json.at(key) + " is not a whole number");
        }
        return OptionalInt.of((int) number);
    }
}
