// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.autoprov.core.device.MacAddress;

/**
 * One request of a telephone, whatever the transport. Everything in it comes from the network and may be wrong or
 * hostile; it is never null-containing. Immutable.
 */
public final class PhoneRequest {

    /** What it wants done with the file. */
    public enum Action {
        READ,
        /** Like READ, without the content (HTTP HEAD). */
        LOOK,
        WRITE
    }

    private final Protocol protocol;
    private final Action action;
    private final InetAddress client;
    private final InetSocketAddress server;
    private final String path;
    private final Map<String, String> query;
    private final String[] headers;
    private final Map<Integer, String> dhcpOptions;
    private final X509Certificate certificate;
    private final MacAddress hardwareAddress;
    private final String tenant;

    private PhoneRequest(Builder b) {
        protocol = Objects.requireNonNull(b.protocol);
        action = b.action;
        client = Objects.requireNonNull(b.client);
        server = b.server;
        path = b.path;
        query = b.query;
        headers = b.headerCount == b.headers.length ? b.headers : Arrays.copyOf(b.headers, b.headerCount);
        dhcpOptions = b.dhcpOptions;
        certificate = b.certificate;
        hardwareAddress = b.hardwareAddress;
        tenant = b.tenant;
    }

    public Protocol protocol() {
        return protocol;
    }

    public Action action() {
        return action;
    }

    /** The phone's address: the socket's peer, or what trusted proxies say. */
    public InetAddress client() {
        return client;
    }

    /** The address and port that the request reached; null when the transport has none (DHCP). */
    public InetSocketAddress server() {
        return server;
    }

    /**
     * The path or file name: decoded once, without a leading slash, without {@code .}, {@code ..}, empty segments,
     * back slashes or control characters (a listener refuses those before). May be empty.
     */
    public String path() {
        return path;
    }

    /** The last segment of the path; empty when the path is empty or ends with a slash. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Parameters of the URL's query, decoded; of one given twice, the first. */
    public Map<String, String> query() {
        return query;
    }

    /** The named header field, names compared without case; null when there is none. */
    public String header(String name) {
        for (int i = headers.length - 2; i >= 0; i -= 2) { // the last one that was set
            if (name.equalsIgnoreCase(headers[i])) {
                return headers[i + 1];
            }
        }
        return null;
    }

    /** The HTTP User-Agent; empty text when there is none, never null. */
    public String userAgent() {
        String value = header("User-Agent");
        return value == null ? "" : value;
    }

    /** Options of a DHCP message by number, as text; empty for other protocols. */
    public Map<Integer, String> dhcpOptions() {
        return dhcpOptions;
    }

    /** The phone's verified TLS certificate; null when it showed none. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The sender's hardware address as DHCP has it (chaddr, RFC 2131 section 2); null for other protocols. */
    public MacAddress hardwareAddress() {
        return hardwareAddress;
    }

    /** The tenant whose provisioning key stood in the URL; null without such a key. */
    public String tenant() {
        return tenant;
    }

    /** A copy with another path and the tenant of the key that was taken off it. */
    public PhoneRequest withTenant(String tenantId, String remainingPath) {
        Builder b = new Builder(protocol, client);
        b.action = action;
        b.server = server;
        b.path = remainingPath;
        b.query = query;
        b.headers = headers;
        b.headerCount = headers.length;
        b.dhcpOptions = dhcpOptions;
        b.certificate = certificate;
        b.hardwareAddress = hardwareAddress;
        b.tenant = tenantId;
        return new PhoneRequest(b);
    }

    public static Builder from(Protocol protocol, InetAddress client) {
        return new Builder(protocol, client);
    }

    @Override
    public String toString() {
        return protocol + " " + action + " /" + path + " from " + client.getHostAddress();
    }

    /** Builds a request; not thread-safe. */
    public static final class Builder {
        private final Protocol protocol;
        private final InetAddress client;
        private Action action = Action.READ;
        private InetSocketAddress server;
        private String path = "";
        private Map<String, String> query = Map.of();
        private String[] headers = {};
        private int headerCount;
        private Map<Integer, String> dhcpOptions = Map.of();
        private X509Certificate certificate;
        private MacAddress hardwareAddress;
        private String tenant;

        private Builder(Protocol protocol, InetAddress client) {
            this.protocol = protocol;
            this.client = client;
        }

        public Builder action(Action value) {
            action = value;
            return this;
        }

        public Builder server(InetSocketAddress value) {
            server = value;
            return this;
        }

        /** The path as {@link PhoneRequest#path} wants it. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder query(Map<String, String> value) {
            query = value;
            return this;
        }

        /** Adds a header field; of one given twice, the last counts. */
        public Builder header(String name, String value) {
            if (headerCount == headers.length) {
                headers = Arrays.copyOf(headers, headerCount + 16);
            }
            headers[headerCount++] = name;
            headers[headerCount++] = value;
            return this;
        }

        public Builder dhcpOptions(Map<Integer, String> value) {
            dhcpOptions = Map.copyOf(value);
            return this;
        }

        public Builder certificate(X509Certificate value) {
            certificate = value;
            return this;
        }

        public Builder hardwareAddress(MacAddress value) {
            hardwareAddress = value;
            return this;
        }

        public PhoneRequest build() {
            return new PhoneRequest(this);
        }
    }
}
