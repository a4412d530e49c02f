// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** A network without sockets: the server's ports, and what it sent. For one thread, but for {@code wakeup}. */
final class MemoryNetwork extends SelectorProvider {

    private static final int FIRST_FREE_PORT = 30_000;

    record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

    final Map<Integer, MemoryChannel> ports = new HashMap<>();
    final ArrayDeque<Datagram> sent = new ArrayDeque<>();

    /** While true, the kernel takes nothing. */
    boolean full;

    /** Something comes in; to a port that nobody has, it is lost. */
    void deliver(InetSocketAddress from, int port, byte[] bytes) {
        MemoryChannel channel = ports.get(port);
        if (channel != null) {
            channel.received.add(new Datagram(from, null, bytes));
        }
    }

    int freePort() {
        int port = FIRST_FREE_PORT;
        while (ports.containsKey(port)) {
            port++;
        }
        return port;
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        return new MemoryChannel(this);
    }

    @Override
    public DatagramChannel openDatagramChannel() {
        return new MemoryChannel(this);
    }

    @Override
    public AbstractSelector openSelector() {
        return new MemorySelector(this);
    }

    @Override
    public Pipe openPipe() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel openSocketChannel() {
        throw new UnsupportedOperationException();
    }
}
