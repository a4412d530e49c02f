// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.Listener;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Where phones reach us, as the open listeners have it. Thread-safe. */
@Component(service = OpenListeners.class)
public final class OpenListeners {

    private static final int DEFAULT_HTTP_PORT = 8667;
    private static final int DEFAULT_TFTP_PORT = 69;

    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(Listener listener) {
        ports.put(listener.name(), URI.create(listener.url()).getPort());
    }

    void removeListener(Listener listener) {
        ports.remove(listener.name());
    }

    /** The port of the phones' HTTP listener; its default while it is not open. */
    public int httpPort() {
        return ports.getOrDefault("phonesHttp", DEFAULT_HTTP_PORT);
    }

    /** The port of the phones' TFTP listener; the protocol's own while it is not open. */
    public int tftpPort() {
        return ports.getOrDefault("tftp", DEFAULT_TFTP_PORT);
    }

    /** How the sender of a request reaches us: over HTTP at the address that it used now. Null when it used none. */
    public Reach reach(PhoneRequest request) {
        InetSocketAddress reached = request.server();
        if (reached == null) {
            return null;
        }
        boolean http = request.protocol() == Protocol.HTTP || request.protocol() == Protocol.HTTPS;
        return http
                ? new Reach(reached, false)
                : new Reach(new InetSocketAddress(reached.getAddress(), httpPort()), true);
    }
}
