// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.phone;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP address as a phone reads it: no normalisation, no decoding; what it was given is what it asks for.
 *
 * @param secure whether it is https
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param path begins with a slash; the query is part of it
 * @param credentials {@code user:password}, or empty
 */
public record Target(boolean secure, String host, int port, String path, Optional<String> credentials) {

    private static final Pattern URL = Pattern.compile("(?i)(http|https)://(?:([^/@?]*)@)?"
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
        boolean secure = matcher.group(1).equalsIgnoreCase("https");
        int port = matcher.group(5) == null ? secure ? 443 : 80 : Integer.parseInt(matcher.group(5));
        String path = matcher.group(6) == null ? "/" : matcher.group(6);
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                secure,
                matcher.group(3) == null ? matcher.group(4) : matcher.group(3),
                port,
                path.startsWith("?") ? "/" + path : path,
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
        String joined =
                reference.startsWith("/") ? reference : (folder.endsWith("/") ? folder : folder + "/") + reference;
        return Optional.of(new Target(secure, host, port, joined, credentials));
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c != 0x7f);
    }

    /** As the Host header has it. */
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }

    /** Without credentials, fit to be shown. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority() + path;
    }
}
