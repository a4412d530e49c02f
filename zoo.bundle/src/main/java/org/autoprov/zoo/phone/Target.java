// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a phone reads it: no normalisation, no decoding; what it was given is what it asks for.
 *
 * @param protocol how it is asked
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param path over HTTP it begins with a slash, and the query is part of it; over TFTP the name as it is sent, which may be
 *     empty where names will follow
 * @param credentials {@code user:password}, or empty
 */
public record Target(Protocol protocol, String host, int port, String path, Optional<String> credentials) {

    private static final Pattern URL = Pattern.compile("(?i)(http|https|tftp)://(?:([^/@?]*)@)?"
            + "(?:\\[([0-9a-f:.%]{2,64})\\]|([^/:?#\\[\\]]{1,255}))(?::([0-9]{1,5}))?([/?].*)?");
    private static final int MAX_LENGTH = 4096;

    /**
     * Reads a URL.
     *
     * @param url the text
     * @return it, or empty when a phone could not use it
     */
    public static Optional<Target> of(String url) {
        Matcher matcher = URL.matcher(url);
        if (url.length() > MAX_LENGTH || !isPlain(url) || !matcher.matches()) {
            return Optional.empty();
        }
        Protocol protocol = Protocol.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        int port = matcher.group(5) == null ? protocol.port() : Integer.parseInt(matcher.group(5));
        String path = matcher.group(6) == null ? "/" : matcher.group(6);
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                protocol,
                matcher.group(3) == null ? matcher.group(4) : matcher.group(3),
                port,
                protocol == Protocol.TFTP // RFC 3617: the slash ends the host and is no part of the name
                        ? path.replaceFirst("^/", "")
                        : path.startsWith("?") ? "/" + path : path,
                Optional.ofNullable(matcher.group(2))));
    }

    /**
     * What a name in a file, or of a step, means here.
     *
     * @param reference a URL, a path from the root, or a name below this address
     * @return it, or empty when a phone could not use it
     */
    public Optional<Target> resolve(String reference) {
        if (reference.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*")) {
            return of(reference);
        }
        if (reference.length() > MAX_LENGTH || !isPlain(reference)) {
            return Optional.empty();
        }
        String folder = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        boolean complete = folder.endsWith("/") || protocol == Protocol.TFTP && folder.isEmpty();
        String joined = reference.startsWith("/") ? reference : (complete ? folder : folder + "/") + reference;
        return Optional.of(new Target(protocol, host, port, joined, credentials));
    }

    /** Whether it is https. */
    public boolean secure() {
        return protocol == Protocol.HTTPS;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c != 0x7f);
    }

    /** As the Host header has it. */
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == protocol.port() ? name : name + ":" + port;
    }

    /** Without credentials, fit to be shown. */
    @Override
    public String toString() {
        return protocol.scheme() + "://" + authority() + (protocol == Protocol.TFTP ? "/" : "") + path;
    }
}
