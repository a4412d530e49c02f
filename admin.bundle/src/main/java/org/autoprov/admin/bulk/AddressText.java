// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as devices store them: dotted quads, and IPv6 as RFC 5952 writes it. */
final class AddressText {

    private static final String OCTET = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
    private static final Pattern QUAD = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

    private AddressText() {}

    /** The canonical spelling of an address, never of a host name; empty for anything else. */
    static Optional<String> canonical(String text) {
        if (QUAD.matcher(text).matches()) {
            return Optional.of(text);
        }
        if (text.indexOf(':') < 0 || !SIX.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text); // a colon: never a look-up
            return Optional.of(
                    address instanceof Inet4Address ? address.getHostAddress() : six(address.getHostAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Shortens the longest run of zero groups, the first of equal ones (RFC 5952 section 4.2.3). */
    private static String six(String groups) {
        String text = groups.toLowerCase(Locale.ROOT);
        int start = 0;
        int end = 0;
        var zeros = ZEROS.matcher(text);
        while (zeros.find()) {
            if (zeros.end() - zeros.start() > end - start) {
                start = zeros.start();
                end = zeros.end();
            }
        }
        if (end == start) {
            return text;
        }
        String before = start == 0 ? ":" : text.substring(0, start);
        String after = end == text.length() ? ":" : text.substring(end);
        return before + after;
    }
}
