// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Optional;

/** IPv4 addresses as the C function inet_aton takes them: one to four numbers, decimal, octal or hexadecimal. */
final class Ipv4Text {

    private static final int OCTETS = 4;

    private Ipv4Text() {}

    /** Four octets; empty when it is no address. */
    static Optional<byte[]> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > OCTETS) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int bits = last ? Byte.SIZE * (OCTETS - i) : Byte.SIZE; // the last number fills the rest
            long number = number(parts[i]);
            if (number < 0 || number >> bits != 0) {
                return Optional.empty();
            }
            address = address << bits | number;
        }
        return Optional.of(
                new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address});
    }

    private static long number(String text) {
        if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
            return Long.parseLong(text.substring(2), 16);
        }
        if (text.matches("0[0-7]{0,11}")) {
            return Long.parseLong(text, 8);
        }
        return text.matches("[1-9][0-9]{0,9}") ? Long.parseLong(text) : -1;
    }
}
