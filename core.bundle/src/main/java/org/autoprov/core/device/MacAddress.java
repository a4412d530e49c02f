// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A 48-bit IEEE 802 MAC address. Its text form is {@code aa:bb:cc:dd:ee:ff}; every other spelling goes through
 * {@link #parse} on the way in and {@link #format} on the way out. Immutable.
 *
 * @param bits the address in the low 48 bits, first octet highest; 0 to 2^48 - 1
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {

    private static final char[] LOWER = "0123456789abcdef".toCharArray();

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("not a 48-bit MAC address: " + Long.toHexString(bits));
        }
    }

    /**
     * Reads any usual spelling: twelve hexadecimal digits without separator, or six groups of one or two digits
     * separated throughout by the same one of {@code : - _ .}; also three groups of four with dots (Cisco). Case does
     * not matter.
     *
     * @return the address, or empty when the text is null or anything else
     */
    public static Optional<MacAddress> parse(CharSequence text) {
        if (text == null) {
            return Optional.empty();
        }
        int length = text.length();
        Optional<MacAddress> plain = Optional.empty();
        if (length == 12) {
            plain = plain(text, 0, 12);
        } else if (length == 14 && text.charAt(4) == '.' && text.charAt(9) == '.') {
            plain = plain(text.subSequence(0, 4).toString() + text.subSequence(5, 9) + text.subSequence(10, 14), 0, 12);
        }
        return plain.isPresent() ? plain : grouped(text); // groups of one digit may have these lengths too
    }

    private static Optional<MacAddress> plain(CharSequence text, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            bits = bits << 4 | digit;
        }
        return Optional.of(new MacAddress(bits));
    }

    private static Optional<MacAddress> grouped(CharSequence text) {
        char separator = 0;
        long bits = 0;
        int groups = 0;
        int digits = 0;
        int group = 0;
        for (int i = 0; i <= text.length(); i++) {
            int digit = i < text.length() ? digit(text.charAt(i)) : -1;
            if (digit >= 0) {
                group = group << 4 | digit;
                if (++digits > 2) {
                    return Optional.empty();
                }
                continue;
            }
            if (digits == 0 || ++groups > 6) {
                return Optional.empty();
            }
            bits = bits << 8 | group;
            group = 0;
            digits = 0;
            if (i < text.length()) {
                char c = text.charAt(i);
                if (c != ':' && c != '-' && c != '_' && c != '.' || separator != 0 && separator != c) {
                    return Optional.empty();
                }
                separator = c;
            }
        }
        return groups == 6 ? Optional.of(new MacAddress(bits)) : Optional.empty();
    }

    /** ASCII digits only: {@link Character#digit} would take those of every script. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return c < 0x80 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** Whether the text is the stored form: lower case, two digits a group, colons. */
    public static boolean isNormal(String text) {
        return text.length() == 17
                && parse(text).filter(mac -> mac.toString().equals(text)).isPresent();
    }

    /** Twelve lower-case hexadecimal digits, as in most file names. */
    public String hex() {
        return format("", false);
    }

    /** Twelve upper-case hexadecimal digits. */
    public String upperHex() {
        return format("", true);
    }

    /** The first three octets, which name the maker (OUI), as six lower-case hexadecimal digits. */
    public String oui() {
        return hex().substring(0, 6);
    }

    /**
     * Writes the address with the given separator between octets.
     *
     * @param separator any text, also the empty one
     */
    public String format(String separator, boolean upperCase) {
        StringBuilder text = new StringBuilder(12 + 5 * separator.length());
        for (int shift = 44; shift >= 0; shift -= 4) {
            text.append(LOWER[(int) (bits >>> shift) & 15]);
            if (shift % 8 == 0 && shift > 0) {
                text.append(separator);
            }
        }
        return upperCase ? text.toString().toUpperCase(Locale.ROOT) : text.toString();
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /** The stored form, {@code aa:bb:cc:dd:ee:ff}. */
    @Override
    public String toString() {
        byte[] text = new byte[17];
        for (int group = 0, at = 0; group < 6; group++) {
            int octet = (int) (bits >>> 40 - 8 * group) & 255;
            text[at++] = (byte) LOWER[octet >> 4];
            text[at++] = (byte) LOWER[octet & 15];
            if (group < 5) {
                text[at++] = ':';
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
