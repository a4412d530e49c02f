// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this host, and what datagrams from there can carry. May take milliseconds. */
final class LocalAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

    /** Beyond, the wildcard's socket has to do. */
    private static final int MOST = 256;

    private static final int ETHERNET = 1_500;

    /** Header octets: IP, UDP, TFTP. */
    private static final int OVERHEAD_4 = 20 + 8 + 4;

    private static final int OVERHEAD_6 = 40 + 8 + 4;

    private LocalAddresses() {}

    /** Addresses of all interfaces that are up, with the largest block that suits them. */
    static Map<InetAddress, Integer> all(int blockMost) {
        Map<InetAddress, Integer> found = new LinkedHashMap<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            for (NetworkInterface each : Collections.list(interfaces)) {
                if (each.isUp()) {
                    int mtu = mtu(each);
                    for (InetAddress address : Collections.list(each.getInetAddresses())) {
                        if (found.size() < MOST) {
                            found.put(address, mostBlock(address, mtu, blockMost));
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
