// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that transfers go over: the listening one, or one with a port of its own. It is kept when its transfer has
 * ended, because opening one costs more than sending a small file. For the loop's thread.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Endpoint endpoint;
    private final DatagramChannel channel;
    private final SelectionKey key;
    private final boolean listening;
    private final ArrayDeque<Transfer> blocked = new ArrayDeque<>();
    private int transfers;
    private boolean writable = true;

    /** @param channel bound and not blocking */
    Lane(Endpoint endpoint, DatagramChannel channel, Selector selector, boolean listening) throws IOException {
        this.endpoint = endpoint;
        this.channel = channel;
        this.listening = listening;
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether requests arrive here. */
    boolean isListening() {
        return listening;
    }

    /** Transfers that go over it now. */
    int transfers() {
        return transfers;
    }

    void enter() {
        transfers++;
    }

    void leave() {
        transfers--;
    }

    /** The next datagram's sender; null when none is there. */
    InetSocketAddress receive(ByteBuffer buffer) {
        buffer.clear();
        try {
            InetSocketAddress peer = (InetSocketAddress) channel.receive(buffer);
            buffer.flip();
            return peer;
        } catch (IOException e) {
            LOG.debug("Nothing is received", e);
            return null;
        }
    }

    /** False while the kernel takes nothing more; the transfer whose packet was not taken is queued when it does. */
    boolean isWritable() {
        return writable;
    }

    /** Sends what is in the buffer. What the network does not take counts as lost on the way. */
    void send(ByteBuffer packet, Transfer transfer) {
        if (!write(packet, transfer.peer)) {
            blocked.add(transfer);
            if (writable) {
                writable = false;
                key.interestOpsOr(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Sends, without a second attempt. */
    boolean write(ByteBuffer packet, InetSocketAddress peer) {
        try {
            return channel.send(packet, peer) > 0;
        } catch (IOException e) {
            LOG.debug("A packet to {} is lost", peer, e);
            return true;
        }
    }

    /** The kernel takes packets again. */
    void unblocked(TransferLoop loop) {
        writable = true;
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        for (Transfer transfer = blocked.poll(); transfer != null; transfer = blocked.poll()) {
            loop.queue(transfer);
        }
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A socket did not close", e);
        }
    }
}
