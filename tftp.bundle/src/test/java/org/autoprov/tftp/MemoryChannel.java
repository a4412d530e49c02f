// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayDeque;
import java.util.Set;

/** A socket of a {@link MemoryNetwork}. */
final class MemoryChannel extends DatagramChannel {

    final ArrayDeque<MemoryNetwork.Datagram> received = new ArrayDeque<>();
    private final MemoryNetwork network;
    private InetSocketAddress local;

    MemoryChannel(MemoryNetwork network) {
        super(network);
        this.network = network;
    }

    @Override
    public DatagramChannel bind(SocketAddress address) {
        InetSocketAddress wanted = (InetSocketAddress) address;
        int port = wanted.getPort() == 0 ? network.freePort() : wanted.getPort();
        local = new InetSocketAddress(wanted.getAddress(), port);
        network.ports.put(port, this);
        return this;
    }

    @Override
    public SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public SocketAddress receive(ByteBuffer into) {
        MemoryNetwork.Datagram datagram = received.poll();
        if (datagram == null) {
            return null;
        }
        into.put(datagram.bytes());
        return datagram.from();
    }

    @Override
    public int send(ByteBuffer packet, SocketAddress to) {
        if (network.full) {
            return 0;
        }
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        network.sent.add(new MemoryNetwork.Datagram(local, (InetSocketAddress) to, bytes));
        return bytes.length;
    }

    boolean isWritable() {
        return !network.full;
    }

    @Override
    protected void implCloseSelectableChannel() {
        network.ports.remove(local.getPort(), this);
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // it never blocks
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public DatagramSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public DatagramChannel connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel disconnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface over) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface over, InetAddress source) {
        throw new UnsupportedOperationException();
    }
}
