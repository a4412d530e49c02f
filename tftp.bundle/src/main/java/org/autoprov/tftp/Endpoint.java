// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address of this host at which phones ask, and the sockets that answer from it. So many transfers have a port of
 * their own; beyond, they share, told apart by the phone's address and port. For the loop's thread once it runs.
 */
final class Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    /** Sockets for transfers. More bring nothing but file descriptors. */
    private static final int MOST_LANES = 64;

    private static final int LANE_BUFFER = 1 << 20;

    private final InetSocketAddress address;
    private final InetSocketAddress server;
    private final int mostBlock;
    private final TftpOptions options;
    private final Selector selector;
    private final Lane listening;
    private final List<Lane> lanes = new ArrayList<>();
    private final ArrayDeque<Lane> idle = new ArrayDeque<>();
    private int nextShared;
    private int nextPort;

    /**
     * @param channel bound to the address
     * @param mostBlock octets that a packet's content may have on the way there
     */
    Endpoint(DatagramChannel channel, int mostBlock, TftpOptions options, Selector selector) throws IOException {
        this.address = (InetSocketAddress) channel.getLocalAddress();
        server = new InetSocketAddress(LocalAddresses.withoutZone(address.getAddress()), address.getPort());
        this.mostBlock = mostBlock;
        this.options = options;
        this.selector = selector;
        listening = new Lane(this, channel, selector, true);
    }

    /** One that only answers; another thread's hears the requests at the same address. */
    Endpoint(Endpoint asked, Selector selector) {
        this.address = asked.address;
        server = asked.server;
        this.mostBlock = asked.mostBlock;
        this.options = asked.options;
        this.selector = selector;
        listening = null;
    }

    /**
     * Opens a channel and binds it.
     *
     * @param provider that of the selector, if it is to be used with one
     * @param shared whether others of this process may bind to it too: the kernel then spreads phones over them by
     *     address and port
     */
    static DatagramChannel bind(SelectorProvider provider, InetSocketAddress address, int receiveBuffer, boolean shared)
            throws IOException {
        DatagramChannel channel = provider.openDatagramChannel(family(address.getAddress()));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, LANE_BUFFER);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /** Whether it hears what comes to addresses that have no endpoint. */
    boolean isWildcard() {
        return address.getAddress().isAnyLocalAddress();
    }

    /** Where it listens, as phones may know it: without an IPv6 zone, which is a matter of this host only. */
    InetSocketAddress server() {
        return server;
    }

    int mostBlock() {
        return mostBlock;
    }

    /**
     * A socket for one more transfer; give it back with {@link #giveBack}.
     *
     * @param avoided not to be used if there is another; may be null
     * @return null when no port is free
     */
    Lane lane(Lane avoided) {
        if (options.singlePort()) {
            return entered(listening);
        }
        Lane lane = idle.poll();
        if (lane != null && lane == avoided) {
            lane = idle.poll();
            idle.add(avoided);
        }
        if (lane == null && lanes.size() < Math.min(MOST_LANES, options.ports().size())) {
            lane = open();
        }
        if (lane == null && !lanes.isEmpty()) {
            lane = shared(avoided);
        }
        return lane == null ? null : entered(lane);
    }

    /** They take turns. */
    private Lane shared(Lane avoided) {
        nextShared = (nextShared + 1) % lanes.size();
        if (lanes.get(nextShared) == avoided) {
            nextShared = (nextShared + 1) % lanes.size();
        }
        Lane lane = lanes.get(nextShared);
        idle.remove(lane); // only the avoided one can be there
        return lane;
    }

    private static Lane entered(Lane lane) {
        lane.enter();
        return lane;
    }

    void giveBack(Lane lane) {
        lane.leave();
        if (lane.transfers() == 0 && !lane.isListening()) {
            idle.add(lane);
        }
    }

    private Lane open() {
        PortRange ports = options.ports();
        int tries = ports.isAny() ? 1 : ports.size();
        for (int i = 0; i < tries; i++) {
            int port = ports.isAny() ? 0 : ports.low() + nextPort++ % ports.size();
            try {
                InetSocketAddress local = new InetSocketAddress(address.getAddress(), port);
                DatagramChannel channel = bind(selector.provider(), local, LANE_BUFFER, false);
                try {
                    Lane lane = new Lane(this, channel, selector, false);
                    lanes.add(lane);
                    return lane;
                } catch (IOException e) {
                    channel.close();
                    throw e;
                }
            } catch (IOException e) {
                LOG.debug("No transfer can use the port {}", port, e);
            }
        }
        if (lanes.isEmpty()) {
            LOG.warn("No port for transfers is free at {}: phones are not served there; see tftp.ports", address);
        }
        return null;
    }

    /** Takes no more requests; transfers go on. */
    void closeListening() {
        if (!options.singlePort() && listening != null) {
            listening.close();
        }
    }

    void close() {
        if (listening != null) {
            listening.close();
        }
        lanes.forEach(Lane::close);
    }
}
