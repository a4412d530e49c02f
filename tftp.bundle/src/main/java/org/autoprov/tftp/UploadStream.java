// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;

/**
 * What a phone sends, between the loop that receives it and the thread that keeps it. The loop never waits: it looks at
 * the room before it asks the phone for more. Thread-safe.
 */
final class UploadStream extends InputStream {

    private final Runnable wanted;
    private final Runnable drained;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int offset;
    private int held;
    private boolean asked;
    private boolean ended;
    private IOException failure;

    /**
     * @param wanted called once, on the reader's thread, when the first octet is asked for
     * @param drained called on the reader's thread when all that came was read
     */
    UploadStream(Runnable wanted, Runnable drained) {
        this.wanted = wanted;
        this.drained = drained;
    }

    /** Octets that wait for the reader. */
    synchronized int held() {
        return held;
    }

    synchronized void put(byte[] chunk) {
        if (chunk.length > 0) {
            chunks.add(chunk);
            held += chunk.length;
            notifyAll();
        }
    }

    /** Nothing more comes. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Nothing more comes, and what came is not the file. */
    synchronized void fail(IOException reason) {
        failure = reason;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        boolean empty;
        ask();
        synchronized (this) {
            await();
            byte[] chunk = chunks.peek();
            if (chunk == null) {
                return -1;
            }
            count = Math.min(length, chunk.length - offset);
            System.arraycopy(chunk, offset, into, from, count);
            offset += count;
            held -= count;
            if (offset == chunk.length) {
                chunks.remove();
                offset = 0;
            }
            empty = held == 0;
        }
        if (empty) {
            drained.run();
        }
        return count;
    }

    private void ask() {
        boolean first;
        synchronized (this) {
            first = !asked;
            asked = true;
        }
        if (first) {
            wanted.run();
        }
    }

    private synchronized void await() throws IOException {
        try {
            while (chunks.isEmpty() && !ended && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a phone sends a file");
        }
        if (failure != null) {
            throw failure;
        }
    }
}
