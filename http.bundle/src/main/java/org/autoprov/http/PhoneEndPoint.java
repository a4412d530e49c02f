// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The socket of one phone. It adds two things to Jetty's: a deadline, for phones that send or take their bytes so
 * slowly that the idle timeout never fires; and the kernel's own way from a file to a socket (sendfile), for which
 * Jetty has no interface.
 *
 * <p>The way of a file: {@link #attach} names the file and a <em>stand-in</em>, a buffer as long as the next part. The
 * stand-in is then written like any content. When Jetty hands it back to {@link #flush}, the file's bytes go out
 * instead of the buffer's, and its position follows. So Jetty counts, waits and times out as for its own writes.
 */
final class PhoneEndPoint extends SocketChannelEndPoint {

    /** The deadline of a connection that owes nothing. */
    static final long IDLE = 0;

    /** The deadline while core works on the answer: it has limits of its own. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private final long requestNanos;
    private volatile long deadline = IDLE;

    // Written before a write begins and read by the flushes of that write; Jetty orders the two.
    private FileChannel file;
    private long offset;
    private ByteBuffer standIn;

    PhoneEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, long requestNanos) {
        super(channel, selector, key, scheduler);
        this.requestNanos = requestNanos;
    }

    /** Whether a request is on its way in or its answer on its way out. */
    boolean isBusy() {
        return deadline != IDLE;
    }

    /** Whether the phone waits for core, so that it is not the phone's fault that nothing moves. */
    boolean isWaited() {
        return deadline == UNLIMITED;
    }

    boolean isOverdue(long nanoTime) {
        long limit = deadline;
        return limit != IDLE && limit != UNLIMITED && nanoTime - limit > 0;
    }

    /** @param nanos from now; or {@link #IDLE} or {@link #UNLIMITED} as they are */
    void due(long nanos) {
        deadline = nanos == IDLE || nanos == UNLIMITED ? nanos : from(nanos);
    }

    private static long from(long nanos) {
        long time = System.nanoTime() + nanos;
        return time == IDLE || time == UNLIMITED ? time + 1 : time;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = super.fill(buffer);
        if (filled > 0 && deadline == IDLE) {
            deadline = from(requestNanos);
        }
        return filled;
    }

    /**
     * Lets the next write of the stand-in send a part of the file. The file stays open until {@link #detach}.
     *
     * @param position of the part's first byte
     * @param part the stand-in; its remaining bytes are the length of the part
     */
    void attach(FileChannel channel, long position, ByteBuffer part) {
        file = channel;
        offset = position;
        standIn = part;
    }

    void detach() {
        standIn = null;
        file = null;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        ByteBuffer part = standIn;
        if (part == null || !part.hasRemaining()) {
            return super.flush(buffers);
        }
        int index = 0;
        while (index < buffers.length && buffers[index] != part) {
            index++;
        }
        if (index == buffers.length) {
            // Never seen; without this line a later Jetty that copies buffers would send zeros to a phone.
            throw new IOException("the stand-in of a file got lost");
        }
        if (index > 0 && !super.flush(Arrays.copyOf(buffers, index))) {
            return false;
        }
        return sendFile(part);
    }

    private boolean sendFile(ByteBuffer part) throws IOException {
        while (part.hasRemaining()) {
            long sent = file.transferTo(offset, part.remaining(), getChannel());
            if (sent <= 0) {
                if (offset >= file.size()) {
                    throw new EOFException("the file became shorter while it was sent");
                }
                return false; // the socket takes no more for now
            }
            offset += sent;
            part.position(part.position() + (int) sent);
            notIdle();
        }
        return true;
    }
}
