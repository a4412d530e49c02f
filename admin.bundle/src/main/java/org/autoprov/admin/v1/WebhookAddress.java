// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whether an address is one that only this machine and its link know: nothing for a tenant to reach by way of us. */
final class WebhookAddress {

    /** RFC 6052 section 2.1: IPv4 behind a translator. */
    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private WebhookAddress() {}

    /** Whether any address of the host is internal. @throws UnknownHostException when it has none */
    static boolean isInternal(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(WebhookAddress::isInternal);
    }

    static boolean isInternal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return embedded(bytes) != null && isInternal(embedded(bytes));
        }
        return bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0; // RFC 1122 section 3.2.1.3: this network; broadcast
    }

    /** The IPv4 address in an IPv6 one that stands for it; null for others. */
    private static InetAddress embedded(byte[] bytes) {
        boolean compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
        boolean translated = Arrays.equals(bytes, 0, 12, TRANSLATED, 0, 12);
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02; // RFC 3056
        try {
            return compatible || translated
                    ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16))
                    : sixToFour ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 2, 6)) : null;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
