// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who the phone is, network-wise: the socket's peer, or what trusted proxies say in {@code X-Forwarded-For}. With N of
 * them, the client is the first of the last N entries. Where an entry is missing or is no address, the request is
 * refused with 400 (wazo-provd answers 500): a proxy that does not say who asks would make all phones one.
 */
final class ClientAddress {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    /** Begins with no dot: that would be looked up as a name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private ClientAddress() {}

    /** The peer's address without its zone, which is a matter of this host only. */
    static InetAddress peer(SocketAddress socket) throws BadRequestException {
        if (socket instanceof InetSocketAddress) {
            InetAddress address = ((InetSocketAddress) socket).getAddress();
            return address instanceof Inet6Address ? withoutZone((Inet6Address) address) : address;
        }
        throw new BadRequestException("a connection that is gone");
    }

    /**
     * @param forwardedFor values of all X-Forwarded-For fields in their order
     * @param proxies 1 or more
     */
    static InetAddress forwarded(List<String> forwardedFor, int proxies) throws BadRequestException {
        String[] entries = String.join(",", forwardedFor).split(",", -1);
        return parse(entries[Math.max(0, entries.length - proxies)].strip());
    }

    /** Takes only literals, so that nothing is ever looked up. A port behind the address is ignored. */
    private static InetAddress parse(String entry) throws BadRequestException {
        String text = entry;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            text = end < 0 ? "" : text.substring(1, end);
        } else if (text.indexOf('.') > 0 && text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            text = text.substring(0, text.indexOf(':'));
        }
        int zone = text.indexOf('%');
        text = zone < 0 ? text : text.substring(0, zone);
        try {
            if (IPV4.matcher(text).matches()
                    || text.length() <= 45 && IPV6.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // Falls through: it only looked like an address.
        }
        throw new BadRequestException("no usable X-Forwarded-For");
    }

    private static InetAddress withoutZone(Inet6Address address) {
        if (address.getScopeId() == 0 && address.getScopedInterface() == null) {
            return address;
        }
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an address", e);
        }
    }
}
