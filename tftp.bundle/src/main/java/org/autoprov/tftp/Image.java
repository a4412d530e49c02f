// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.autoprov.tftp.Chunks.Chunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open file on disk, for all phones that fetch it now. Closed when the last one is done. For the loop's thread. */
final class Image {

    private static final Logger LOG = LoggerFactory.getLogger(Image.class);

    private final String name;
    private final FileChannel channel;
    private final long length;
    private final Chunks chunks;
    private final Runnable whenUnused;
    private int users;
    private int loads;

    /**
     * @param name for messages
     * @param whenUnused called when the last user has released it, before it closes
     */
    Image(String name, FileChannel channel, long length, Chunks chunks, Runnable whenUnused) {
        this.name = name;
        this.channel = channel;
        this.length = length;
        this.chunks = chunks;
        this.whenUnused = whenUnused;
    }

    /** For one more transfer, which releases it. */
    Source use() {
        users++;
        return new Cursor();
    }

    boolean isUsed() {
        return users > 0;
    }

    /** Octets. */
    long length() {
        return length;
    }

    /** A read begins; {@link #loaded} follows. */
    void loading() {
        loads++;
    }

    void loaded() {
        loads--;
        closeIfUnused();
    }

    /** Fills the buffer with a chunk. May wait for the disk; from any thread between loading and loaded. */
    void read(long index, ByteBuffer bytes) throws IOException {
        long position = index * Chunks.SIZE;
        bytes.clear().limit((int) Math.min(Chunks.SIZE, length - position));
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, position + bytes.position());
            if (count < 0) {
                throw new IOException(name + " became shorter while it was read");
            }
        }
    }

    private void release() {
        if (--users == 0) {
            whenUnused.run();
            chunks.forget(this);
            closeIfUnused();
        }
    }

    private void closeIfUnused() {
        if (users == 0 && loads == 0) {
            close(channel);
        }
    }

    /** @param channel may be null */
    static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("A file that was read did not close", e);
        }
    }

    /** One transfer's view. Knows its last chunk, so that most blocks need no look-up. */
    private final class Cursor implements Source {
        private Chunk chunk;
        private long index = -1;

        @Override
        public long length() {
            return length;
        }

        @Override
        public boolean copy(long position, int count, ByteBuffer into, Runnable whenHere) throws IOException {
            long last = (position + count - 1) / Chunks.SIZE;
            if (position / Chunks.SIZE != last) {
                return copyAcross(position, count, last, into, whenHere);
            }
            if (!moveTo(last, whenHere)) {
                return false;
            }
            append(into, (int) (position % Chunks.SIZE), count);
            return true;
        }

        /** All chunks must be here before the first octet goes into the buffer. */
        private boolean copyAcross(long position, int count, long last, ByteBuffer into, Runnable whenHere)
                throws IOException {
            for (long each = position / Chunks.SIZE; each <= last; each++) {
                if (!moveTo(each, whenHere)) {
                    return false;
                }
            }
            long at = position;
            long end = position + count;
            while (at < end) {
                int offset = (int) (at % Chunks.SIZE);
                int part = (int) Math.min(end - at, Chunks.SIZE - offset);
                moveTo(at / Chunks.SIZE, whenHere);
                append(into, offset, part);
                at += part;
            }
            return true;
        }

        private void append(ByteBuffer into, int offset, int count) {
            int at = into.position();
            into.put(at, chunk.bytes(), offset, count);
            into.position(at + count);
        }

        private boolean moveTo(long wanted, Runnable whenHere) throws IOException {
            if (index == wanted && chunk.bytes() != null) {
                return true;
            }
            chunk = chunks.get(Image.this, wanted, whenHere);
            index = chunk == null ? -1 : wanted;
            if (chunk != null) {
                chunks.prefetch(Image.this, wanted + 1);
            }
            return chunk != null;
        }

        @Override
        public void release() {
            Image.this.release();
        }
    }
}
