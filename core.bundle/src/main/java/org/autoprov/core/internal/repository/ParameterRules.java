// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.util.regex.Pattern;
import org.autoprov.core.service.ParameterService;

/** What values parameters may have. The texts are those that clients of the REST API 0.2 know. */
final class ParameterRules {

    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,3})?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern USER = Pattern.compile("//[^/@]*@");
    private static final int MAX = 2048;

    private ParameterRules() {}

    /**
     * What is wrong with a value.
     *
     * @param value not null
     * @return null when it is allowed
     */
    static String fault(String name, String value) {
        if (value.length() > MAX) {
            return "longer than " + MAX + " characters";
        }
        if (value.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            return name.equals(ParameterService.LOCALE)
                    ? "Invalid locale " + masked(value)
                    : "blanks and control characters are not allowed";
        }
        switch (name) {
            case ParameterService.PLUGIN_SERVER:
                Parts server = Parts.of(value);
                return server.scheme.isEmpty()
                        ? "no scheme: " + masked(value)
                        : server.host.isEmpty() ? "no hostname: " + masked(value) : null;
            case ParameterService.HTTP_PROXY, ParameterService.FTP_PROXY:
                Parts proxy = Parts.of(value);
                return proxy.scheme.isEmpty()
                        ? "No scheme: " + masked(value)
                        : proxy.host.isEmpty()
                                ? "No hostname: " + masked(value)
                                : !proxy.rest.isEmpty()
                                        ? "Path: " + masked(value)
                                        : port(proxy.port) ? null : "Invalid port: " + masked(value);
            case ParameterService.HTTPS_PROXY:
                return httpsProxy(value);
            case ParameterService.LOCALE:
                return LOCALE.matcher(value).matches() ? null : "Invalid locale " + value;
            case ParameterService.NAT:
                return value.equals("0") || value.equals("1") ? null : "Invalid NAT value: must be \"0\" or \"1\"";
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static String httpsProxy(String value) {
        if (value.isEmpty()) {
            return "zero-length value";
        }
        if (value.contains("//")) {
            return "scheme and hostname: " + masked(value);
        }
        Parts parts = Parts.of("x://" + value);
        return parts.host.isEmpty() || !parts.rest.isEmpty() || value.contains("@") || !port(parts.port)
                ? "not a host and port: " + masked(value)
                : null;
    }

    private static boolean port(String text) {
        return text.isEmpty() || text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535;
    }

    /** A value without what may be a password, on one line and not too long. */
    static String masked(String value) {
        String text = USER.matcher(value).replaceAll("//********@");
        int at = text.lastIndexOf('@');
        boolean hidden = at < 0 || text.startsWith("//********@", Math.max(0, at - 10));
        String shown = hidden ? text : "********" + text.substring(at);
        String line = shown.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /** A URL in pieces, as leniently as the reference takes it apart. @param rest path, query and fragment */
    record Parts(String scheme, String user, String host, String port, String rest) {

        static Parts of(String url) {
            int colon = url.indexOf(':');
            String scheme =
                    colon > 0 && SCHEME.matcher(url.substring(0, colon)).matches() ? url.substring(0, colon) : "";
            String after = scheme.isEmpty() ? url : url.substring(colon + 1);
            if (!after.startsWith("//")) {
                return new Parts(scheme, "", "", "", after);
            }
            int end = 2;
            while (end < after.length() && "/?#".indexOf(after.charAt(end)) < 0) {
                end++;
            }
            String authority = after.substring(2, end);
            int at = authority.lastIndexOf('@');
            String hostPort = authority.substring(at + 1);
            int bracket = hostPort.indexOf(']');
            int portColon = hostPort.indexOf(':', Math.max(0, bracket));
            return new Parts(
                    scheme,
                    at < 0 ? "" : authority.substring(0, at),
                    portColon < 0 ? hostPort : hostPort.substring(0, portColon),
                    portColon < 0 ? "" : hostPort.substring(portColon + 1),
                    after.substring(end));
        }
    }
}
