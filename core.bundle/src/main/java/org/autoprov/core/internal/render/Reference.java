// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A generated file that others of the same kind are kept against: phones of a model get files of which most lines are the
 * same, so each is kept as runs of this one's lines and its own few. Ten thousand files of 10 KiB fit into some megabytes, and
 * putting one together is a handful of array copies. Immutable, thread-safe.
 */
final class Reference {

    private static final byte[] NO_BYTES = {};

    private final byte[] bytes;
    private final Map<Line, Integer> offsets = new HashMap<>();

    Reference(byte[] bytes) {
        this.bytes = bytes;
        for (int start = 0; start < bytes.length; ) {
            int end = lineEnd(bytes, start);
            offsets.putIfAbsent(new Line(bytes, start, end), start);
            start = end;
        }
    }

    /** The file that this one is. */
    Packed self() {
        return new Packed(bytes, new int[] {0, bytes.length}, NO_BYTES, bytes.length);
    }

    /** Packs another file of the same kind; one that shares little is kept as it is. */
    Packed pack(byte[] file) {
        int[] runs = new int[16];
        int count = 0;
        ByteArrayOutputStream own = new ByteArrayOutputStream(256);
        for (int start = 0; start < file.length; ) {
            int end = lineEnd(file, start);
            int length = end - start;
            int next = count > 0 && runs[count - 2] >= 0 ? runs[count - 2] + runs[count - 1] : -1;
            boolean follows = next >= 0
                    && next + length <= bytes.length
                    && Arrays.equals(bytes, next, next + length, file, start, end);
            Integer found = follows ? Integer.valueOf(next) : offsets.get(new Line(file, start, end));
            if (follows) {
                runs[count - 1] += length;
            } else if (found != null) {
                runs = append(runs, count, found, length);
                count += 2;
            } else {
                own.write(file, start, length);
                if (count > 0 && runs[count - 2] < 0) {
                    runs[count - 1] += length;
                } else {
                    runs = append(runs, count, -1, length);
                    count += 2;
                }
            }
            start = end;
        }
        if (own.size() + 4 * count > file.length / 2) {
            return new Packed(NO_BYTES, new int[] {-1, file.length}, file, file.length);
        }
        return new Packed(bytes, Arrays.copyOf(runs, count), own.toByteArray(), file.length);
    }

    private static int[] append(int[] runs, int count, int start, int length) {
        int[] result = count + 2 > runs.length ? Arrays.copyOf(runs, runs.length * 2) : runs;
        result[count] = start;
        result[count + 1] = length;
        return result;
    }

    private static int lineEnd(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(bytes.length, end + 1);
    }

    /** A line by content. */
    private static final class Line {
        private final byte[] bytes;
        private final int start;
        private final int end;
        private final int hash;

        Line(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.start = start;
            this.end = end;
            int h = 1;
            for (int i = start; i < end; i++) {
                h = 31 * h + bytes[i];
            }
            this.hash = h;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Line that && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /**
     * A packed file.
     *
     * @param reference what it is kept against; shared
     * @param runs pairs of start in the reference (negative: the next own bytes) and length
     * @param own the bytes that the reference lacks
     * @param length of the whole, bytes
     */
    record Packed(byte[] reference, int[] runs, byte[] own, int length) {

        /** The file's bytes, a new array. */
        byte[] unpack() {
            byte[] file = new byte[length];
            int at = 0;
            int ownAt = 0;
            for (int i = 0; i < runs.length; i += 2) {
                int run = runs[i + 1];
                if (runs[i] < 0) {
                    System.arraycopy(own, ownAt, file, at, run);
                    ownAt += run;
                } else {
                    System.arraycopy(reference, runs[i], file, at, run);
                }
                at += run;
            }
            return file;
        }

        /** Memory that is its own, roughly, bytes. */
        int weight() {
            return 64 + 4 * runs.length + own.length;
        }
    }
}
