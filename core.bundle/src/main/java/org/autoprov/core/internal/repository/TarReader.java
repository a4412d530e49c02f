// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a tar archive (ustar, with the long names of GNU and POSIX) from its beginning to its end. Not thread-safe.
 *
 * <p>POSIX.1-2017, pax, "ustar Interchange Format" and "pax Interchange Format".
 */
final class TarReader {

    private static final int BLOCK = 512;
    private static final int MAX_HEADER_TEXT = 64 << 10;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** @param type {@code '0'} for a plain file, {@code '5'} for a folder, others as the standard has them */
    record Entry(String name, char type, long bytes) {
        boolean isFile() {
            return type == '0' || type == '7';
        }

        boolean isFolder() {
            return type == '5';
        }
    }

    /** Whether these first bytes of a file are a tar's. */
    static boolean isTar(byte[] start) {
        return start.length >= BLOCK && new String(start, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    /** The next entry; null at the end. */
    Entry next() throws IOException {
        String longName = null;
        long longSize = -1;
        while (true) {
            skip(left + padding);
            left = 0;
            padding = 0;
            if (in.readNBytes(header, 0, BLOCK) < BLOCK || isEmpty()) {
                return null;
            }
            checkSum();
            long size = number(124, 12);
            char type = header[156] == 0 ? '0' : (char) header[156];
            left = size;
            padding = (BLOCK - size % BLOCK) % BLOCK;
            if (type == 'L') {
                longName = text(headerText(), 0, Integer.MAX_VALUE);
            } else if (type == 'x') {
                String records = new String(headerText(), StandardCharsets.UTF_8);
                longName = pax(records, "path", longName);
                String paxSize = pax(records, "size", null);
                longSize = paxSize == null ? longSize : parse(paxSize);
            } else if (type != 'g' && type != 'K') { // global headers and long names of links matter to nobody here
                if (longSize >= 0) {
                    left = longSize;
                    padding = (BLOCK - longSize % BLOCK) % BLOCK;
                }
                String name = longName == null ? name() : longName;
                return new Entry(name, type == '0' && name.endsWith("/") ? '5' : type, left);
            }
        }
    }

    private static long parse(String number) throws IOException {
        if (!number.matches("[0-9]{1,18}")) {
            throw broken();
        }
        return Long.parseLong(number);
    }

    /** The current entry's content; to be read, or not, before the next entry. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int read = in.read(bytes, offset, (int) Math.min(length, left));
                if (read < 0) {
                    throw new EOFException("the tar archive breaks off");
                }
                left -= read;
                return read;
            }
        };
    }

    private byte[] headerText() throws IOException {
        if (left > MAX_HEADER_TEXT) {
            throw broken();
        }
        byte[] bytes = content().readAllBytes();
        return bytes;
    }

    private String name() {
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 6).startsWith("ustar") && header[262] == 0;
        String prefix = ustar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int max) {
        int end = from;
        while (end < bytes.length && end - from < max && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** A value of records {@code length key=value\n}; the given one when the key is not there. */
    private static String pax(String records, String key, String otherwise) {
        for (String line : records.split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0 && line.startsWith(key + "=", blank + 1)) {
                return line.substring(blank + key.length() + 2);
            }
        }
        return otherwise;
    }

    /** Octal digits, or GNU's binary form for large numbers. */
    private long number(int from, int length) throws IOException {
        long value = 0;
        if ((header[from] & 0x80) != 0) {
            for (int i = from + length - 8; i < from + length; i++) {
                value = value << 8 | header[i] & 0xff;
            }
            if (value < 0) {
                throw broken();
            }
            return value;
        }
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw broken();
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private void checkSum() throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != number(148, 8)) {
            throw broken();
        }
    }

    private boolean isEmpty() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new EOFException("the tar archive breaks off");
        }
    }

    private static IOException broken() {
        return new IOException("this is no tar archive, or a broken one");
    }
}
