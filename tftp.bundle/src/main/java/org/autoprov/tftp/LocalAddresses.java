// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this host, and what datagrams from there can carry. May take milliseconds. */
final class LocalAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

    /** Beyond, phones are not served; each takes sockets of its own. */
    private static final int MOST = 1_024;

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private static final int ETHERNET = 1_500;

    /** Header octets: IP, UDP, TFTP. */
    private static final int OVERHEAD_4 = 20 + 8 + 4;

    private static final int OVERHEAD_6 = 40 + 8 + 4;

    private LocalAddresses() {}

    /**
     * An address of this host. Interfaces may share a link-local one, as VLANs do, and {@link InetAddress} says that
     * these are equal.
     *
     * @param zone number of the interface; 0 where the address does without
     */
    record Local(InetAddress address, int zone) {
        static Local of(InetAddress address) {
            return new Local(address, address instanceof Inet6Address six ? six.getScopeId() : 0);
        }
    }

    /** Addresses of all interfaces that are up, with the largest block that suits them. */
    static Map<Local, Integer> all(int blockMost) {
        Map<Local, Integer> found = new LinkedHashMap<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            for (NetworkInterface each : Collections.list(interfaces)) {
                if (each.isUp()) {
                    int mtu = mtu(each);
                    for (InetAddress address : Collections.list(each.getInetAddresses())) {
                        if (found.size() < MOST) {
                            found.put(Local.of(address), mostBlock(address, mtu, blockMost));
                        } else if (!TOLD.getAndSet(true)) {
                            LOG.warn(
                                    "This host has more than {} addresses; phones that ask others are not served over"
                                            + " TFTP. phones.host can name the one that they ask",
                                    MOST);
                        }
                    }
                }
            }
        } catch (SocketException e) {
            LOG.debug("The interfaces cannot be listed", e);
        }
        return found;
    }

    /**
     * The address behind a name. A wildcard stands for both versions of IP, as it does for the phones' HTTP listener.
     *
     * @throws IOException when there is none
     */
    static InetAddress host(String name) throws IOException {
        InetAddress host;
        try {
            host = InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IOException("no such host", e);
        }
        if (!host.isAnyLocalAddress() || host instanceof Inet6Address) {
            return host;
        }
        try {
            InetAddress both = InetAddress.getByName("::");
            Endpoint.bind(SelectorProvider.provider(), new InetSocketAddress(both, 0), 65_536, false)
                    .close();
            return both;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("No IPv6 here", e);
            return host;
        }
    }

    /** Without an IPv6 zone, which is a matter of this host only. */
    static InetAddress withoutZone(InetAddress address) {
        if (!(address instanceof Inet6Address six) || six.getScopeId() == 0 && six.getScopedInterface() == null) {
            return address;
        }
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an address", e);
        }
    }

    /**
     * The largest block for an address of this host.
     *
     * @param blockMost the setting; 0 for none
     */
    static int mostBlock(InetAddress local, int blockMost) {
        try {
            NetworkInterface owner = local.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(local);
            return mostBlock(local, owner == null ? ETHERNET : mtu(owner), blockMost);
        } catch (IOException e) {
            LOG.debug("The interface of {} is not known", local, e);
            return mostBlock(local, ETHERNET, blockMost);
        }
    }

    private static int mtu(NetworkInterface owner) throws SocketException {
        int mtu = owner.getMTU();
        return mtu > 0 ? mtu : ETHERNET;
    }

    static int mostBlock(InetAddress local, int mtu, int blockMost) {
        int overhead = local instanceof Inet6Address ? OVERHEAD_6 : OVERHEAD_4;
        // Beyond the first router nothing larger can be relied on, unless the administrator says so.
        int most = blockMost != 0 ? mtu : local.isLoopbackAddress() ? mtu : Math.min(mtu, ETHERNET);
        int limit = blockMost == 0 ? Terms.MOST_BLOCK : blockMost;
        return Math.max(Terms.LEAST_BLOCK, Math.min(limit, most - overhead));
    }
}
