// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RequestMonitor;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jetty that does what phones need and nothing else. Thread-safe. */
final class PhoneServer {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneServer.class);

    /** Phones of a whole site call at once after a power cut; the kernel may cap it (net.core.somaxconn). */
    private static final int ACCEPT_QUEUE = 8_192;

    /** One for two processors: known phones are answered on these threads, and the rest of the work needs some too. */
    private static final int MOST_SELECTORS = 16;

    private static final long POLL_MILLIS = 10;

    private final Server server;
    private final Counters counters = new Counters(this::connections);
    private final PhoneConnector connector;
    private final PhoneHandler handler;
    private boolean closed;

    private PhoneServer(ListenerOptions options, ProvisioningService provisioning, RequestMonitor monitor) {
        QueuedThreadPool threads = threads(options);
        server = new Server(threads);
        Refusals refusals = new Refusals(counters.malformed);
        Executor virtual = VirtualThreads.getVirtualThreadsExecutor(threads);
        handler = new PhoneHandler(
                options, provisioning, monitor, refusals, counters, virtual == null ? threads : virtual);
        server.setHandler(handler);
        server.setDynamic(
                false); // else Jetty takes every handler for a blocking one and never stays on the selector's thread
        server.setErrorHandler(new EmptyErrors(refusals));
        server.setStopTimeout(0);
        int selectors =
                Math.max(1, Math.min(MOST_SELECTORS, Runtime.getRuntime().availableProcessors() / 2));
        connector = new PhoneConnector(
                server, selectors, options.requestMillis(), counters, new HttpConnectionFactory(protocol(options)));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setReuseAddress(true);
        connector.setIdleTimeout(options.idleMillis());
        server.addConnector(connector);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(options.connections(), connector);
        limit.setEndPointIdleTimeout(Math.min(1_000, options.idleMillis()));
        server.addBean(limit);
    }

    private static QueuedThreadPool threads(ListenerOptions options) {
        QueuedThreadPool pool = new QueuedThreadPool(options.threads(), 8, 30_000);
        pool.setName("phones-http");
        pool.setDaemon(true);
        if (VirtualThreads.areSupported()) {
            pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("phones-http-"));
        }
        return pool;
    }

    private static HttpConfiguration protocol(ListenerOptions options) {
        HttpConfiguration protocol = new HttpConfiguration();
        protocol.setSendServerVersion(false);
        protocol.setSendXPoweredBy(false);
        protocol.setSendDateHeader(true);
        protocol.setRequestHeaderSize(options.headerBytes());
        protocol.setHttpCompliance(HttpCompliance.RFC9110);
        // Jetty only splits the request target; what a path may be is RequestPath's to say, in one place.
        protocol.setUriCompliance(UriCompliance.UNSAFE);
        return protocol;
    }

    /**
     * Opens the socket and serves from then on.
     *
     * @throws IOException when the address cannot be bound to
     */
    static PhoneServer open(ListenerOptions options, ProvisioningService provisioning, RequestMonitor monitor)
            throws IOException {
        PhoneServer phones = new PhoneServer(options, provisioning, monitor);
        try {
            phones.connector.open(); // before the start, so that a failure leaves nothing to stop
            phones.server.start();
            return phones;
        } catch (IOException e) {
            phones.shutDown(0);
            throw e;
        } catch (Exception e) {
            phones.shutDown(0);
            throw new IllegalStateException("Jetty did not start", e);
        }
    }

    Counters counters() {
        return counters;
    }

    private int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** The port that is listened on; also when the settings say 0. */
    int port() {
        return connector.getLocalPort();
    }

    /** Stops accepting, waits at most that long for running transfers, then closes all. Idempotent. */
    synchronized void shutDown(long millis) {
        if (closed) {
            return;
        }
        closed = true;
        handler.closeConnections();
        connector.close();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (connector.busy() > 0 && end - System.nanoTime() > 0) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // and close at once
        }
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The phones' HTTP listener did not stop cleanly", e);
        }
    }
}
