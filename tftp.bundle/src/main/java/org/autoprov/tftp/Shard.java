// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread with sockets of its own at each address. Several share the port; the kernel gives all packets of a phone's
 * port to the same one, so they need to know nothing of each other.
 */
final class Shard {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    private final TftpOptions options;
    private final Selector selector = Selector.open();
    private final Reception reception;
    private final TransferLoop loop;
    private final Thread thread;

    /** Only for the loop's thread, once it runs. */
    private final Map<LocalAddresses.Local, Endpoint> endpoints = new HashMap<>();

    private boolean closing;

    Shard(Shared shared, Reception reception, String name) throws IOException {
        options = shared.options();
        this.reception = reception;
        loop = new TransferLoop(shared, selector, reception);
        reception.attach(loop);
        thread = new Thread(loop, name);
        thread.setDaemon(true);
    }

    /** Opens a socket; before the start. */
    void bind(InetSocketAddress address, int mostBlock) throws IOException {
        DatagramChannel channel = Endpoint.bind(selector.provider(), address, options.receiveBuffer(), true);
        Endpoint endpoint = new Endpoint(channel, mostBlock, options, selector);
        endpoints.put(LocalAddresses.Local.of(address.getAddress()), endpoint);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Opens sockets at addresses that are new, closes those at addresses that are gone. From any thread. */
    void follow(Map<LocalAddresses.Local, Integer> addresses, int port) {
        loop.post(() -> followNow(addresses, port));
    }

    /** Closes sockets at addresses that are gone. From any thread. */
    void leave(Map<LocalAddresses.Local, Integer> addresses) {
        loop.post(() -> {
            if (!addresses.isEmpty()) {
                closeGone(addresses);
            }
        });
    }

    private void closeGone(Map<LocalAddresses.Local, Integer> addresses) {
        endpoints.entrySet().removeIf(entry -> {
            boolean gone = !entry.getValue().isWildcard() && !addresses.containsKey(entry.getKey());
            if (gone) {
                LOG.info(
                        "Phones are no longer served at {}: the address is gone",
                        entry.getKey().address().getHostAddress());
                loop.closeEndpoint(entry.getValue());
            }
            return gone;
        });
    }

    /** As {@link #follow}; before the start. */
    void followNow(Map<LocalAddresses.Local, Integer> addresses, int port) {
        if (closing || addresses.isEmpty()) {
            return;
        }
        closeGone(addresses);
        addresses.forEach((local, mostBlock) -> {
            if (!endpoints.containsKey(local)) {
                try {
                    bind(new InetSocketAddress(local.address(), port), mostBlock);
                } catch (IOException e) {
                    // An IPv6 address is tentative for a moment; the next look tries again.
                    LOG.debug("{} cannot be bound to", local, e);
                }
            }
        });
    }

    /** Serves a request that another one heard. From any thread. */
    void request(Endpoint asked, InetSocketAddress peer, Packet.Request request) {
        loop.post(() -> {
            LocalAddresses.Local local = LocalAddresses.Local.of(asked.address().getAddress());
            Endpoint answering = endpoints.computeIfAbsent(local, key -> new Endpoint(asked, selector));
            reception.request(answering, peer, request);
        });
    }

    /** Hears no more requests. */
    void closeListening() {
        loop.post(() -> {
            closing = true;
            reception.close();
            endpoints.values().forEach(Endpoint::closeListening);
        });
    }

    /** Ends the thread and all that is left. */
    void stop() throws InterruptedException {
        loop.post(loop::stop);
        thread.join();
    }

    /** Closes the sockets, when the thread does not run. */
    void release() {
        endpoints.values().forEach(Endpoint::close);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("The selector did not close", e);
        }
    }
}
