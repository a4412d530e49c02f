// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Cuts a file into the blocks of one transfer, in octet or netascii mode. Any block of the window can be had again. */
final class Blocks {

    static final int NOT_HERE_YET = -1;

    private final Source source;
    private final int size;
    private final Runnable whenHere;

    /** Where each block of the window begins in the source, times two, plus one in the midst of a line end; or null. */
    private final long[] starts;

    private final ByteBuffer scratch;

    /** @param whenHere called on the loop's thread when a block that was not here is */
    Blocks(Source source, Terms terms, Runnable whenHere) {
        this.source = source;
        this.size = terms.blockSize();
        this.whenHere = whenHere;
        starts = terms.netascii() ? new long[terms.window() + 1] : null;
        scratch = terms.netascii() ? ByteBuffer.allocate(size) : null;
    }

    /**
     * Puts a block's content into the buffer.
     *
     * @param block counted from 1, without roll-over
     * @return octets, less than the block size only for the last one; or {@link #NOT_HERE_YET}
     */
    int put(long block, ByteBuffer into) throws IOException {
        if (starts != null) {
            return putText(block, into);
        }
        long position = (block - 1) * size;
        int count = (int) Math.min(size, source.length() - position);
        return count == 0 || source.copy(position, count, into, whenHere) ? count : NOT_HERE_YET;
    }

    private int putText(long block, ByteBuffer into) throws IOException {
        long start = starts[(int) (block % starts.length)];
        long position = start >> 1;
        boolean half = (start & 1) != 0;
        int count = (int) Math.min(size, source.length() - position);
        scratch.clear();
        if (count > 0 && !source.copy(position, count, scratch, whenHere)) {
            return NOT_HERE_YET;
        }
        scratch.flip();
        int put = 0;
        while (put < size && scratch.hasRemaining()) {
            byte octet = scratch.get(scratch.position());
            boolean wide = octet == '\n' || octet == '\r';
            if (wide && !half) {
                into.put((byte) '\r');
                half = true;
            } else {
                into.put(wide ? octet == '\n' ? (byte) '\n' : 0 : octet);
                half = false;
                scratch.get();
            }
            put++;
        }
        long end = position + scratch.position();
        starts[(int) ((block + 1) % starts.length)] = end << 1 | (half ? 1 : 0);
        return put;
    }

    void release() {
        source.release();
    }
}
