// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

/**
 * A part of a file (RFC 9110 section 14).
 *
 * @param first offset of the first byte
 * @param length in bytes; 0 when the wanted part lies outside the file
 */
record ByteRange(long first, long length) {

    /** The part that cannot be given. */
    static final ByteRange OUTSIDE = new ByteRange(0, 0);

    /**
     * Reads a Range field.
     *
     * @param field null when there is none
     * @param size of the file, bytes
     * @return null when the whole file is to be sent: no range, one not understood, or several (which no phone
     *     asks for, and which are a known way to make a server work for nothing)
     */
    static ByteRange parse(String field, long size) {
        if (field == null || !field.regionMatches(true, 0, "bytes=", 0, 6)) {
            return null;
        }
        String spec = field.substring(6).strip();
        int dash = spec.indexOf('-');
        if (dash < 0 || spec.indexOf(',') >= 0) {
            return null;
        }
        long first = number(spec.substring(0, dash).strip());
        long last = number(spec.substring(dash + 1).strip());
        boolean suffix = first == ABSENT;
        if (first == INVALID || last == INVALID || suffix && last == ABSENT || !suffix && last >= 0 && last < first) {
            return null;
        }
        if (suffix) {
            long length = Math.min(last, size);
            return length == 0 ? OUTSIDE : new ByteRange(size - length, length);
        }
        if (first >= size) {
            return OUTSIDE;
        }
        long end = last == ABSENT ? size - 1 : Math.min(last, size - 1);
        return new ByteRange(first, end - first + 1);
    }

    /** The Content-Range field of this part. */
    String contentRange(long size) {
        return length == 0 ? "bytes */" + size : "bytes " + first + '-' + (first + length - 1) + '/' + size;
    }

    private static final long ABSENT = -1;
    private static final long INVALID = -2;

    private static long number(String digits) {
        if (digits.isEmpty()) {
            return ABSENT;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            // No file is that long: larger numbers all mean "beyond the end".
            value = value > Long.MAX_VALUE / 100 ? value : value * 10 + digit;
        }
        return value;
    }
}
