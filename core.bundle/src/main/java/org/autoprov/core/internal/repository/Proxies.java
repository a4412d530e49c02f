// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.autoprov.core.service.ParameterService;

/** The proxy for a URL, as the parameters say at the moment. */
final class Proxies {

    private static final int DEFAULT_PORT = 8080;

    private final ParameterService parameters;

    Proxies(ParameterService parameters) {
        this.parameters = parameters;
    }

    /** @param authorization value of the header Proxy-Authorization; null for none */
    record Choice(Proxy proxy, String authorization) {}

    /** @param scheme {@code http}, {@code https} or {@code ftp} */
    Choice of(String scheme) {
        String value = parameters.get(scheme + "_proxy").orElse("");
        if (value.isEmpty()) {
            return new Choice(Proxy.NO_PROXY, null);
        }
        ParameterRules.Parts parts = ParameterRules.Parts.of(scheme.equals("https") ? "http://" + value : value);
        int port = parts.port().isEmpty() ? DEFAULT_PORT : Integer.parseInt(parts.port());
        return new Choice(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(parts.host(), port)), basic(parts.user()));
    }

    /** @param user {@code name:password}, percent-encoded; null for empty text */
    static String basic(String user) {
        if (user == null || user.isEmpty()) {
            return null;
        }
        String plain;
        try {
            plain = java.net.URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            plain = user; // a percent sign of its own
        }
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
