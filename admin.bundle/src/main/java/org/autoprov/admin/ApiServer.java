// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jetty for the API. Thread-safe. */
public final class ApiServer {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private static final int IDLE_MILLIS = 60_000;
    /** List queries stand in the URL. */
    private static final int HEADER_BYTES = 65_536;

    private final Server server;
    private final ServerConnector connector;
    private final Api api;
    private boolean closed;

    private ApiServer(String host, int port, int threads, int bodyMax, Api api) {
        this.api = api;
        QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(4, threads), 30_000);
        pool.setName("api");
        pool.setDaemon(true);
        server = new Server(pool);
        server.setHandler(new ApiHandler(api, bodyMax));
        server.setErrorHandler(ApiServer::refuse);
        HttpConfiguration protocol = new HttpConfiguration();
        protocol.setSendServerVersion(false);
        protocol.setSendXPoweredBy(false);
        protocol.setRequestHeaderSize(HEADER_BYTES);
        protocol.setHttpCompliance(HttpCompliance.RFC9110);
        protocol.setUriCompliance(UriCompliance.UNSAFE); // what an id may be is the API's to say, in one place
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(protocol));
        connector.setHost(host);
        connector.setPort(port);
        connector.setReuseAddress(true);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
    }

    /**
     * Opens the socket and serves from then on.
     *
     * @param bodyMax bytes
     * @throws IOException when the address cannot be bound to
     */
    public static ApiServer open(String host, int port, int threads, int bodyMax, Api api) throws IOException {
        ApiServer opened = new ApiServer(host, port, threads, bodyMax, api);
        try {
            opened.connector.open(); // before the start, so that a failure leaves nothing to stop
            opened.server.start();
            return opened;
        } catch (IOException e) {
            opened.shutDown(0);
            throw e;
        } catch (Exception e) {
            opened.shutDown(0);
            throw new IllegalStateException("Jetty did not start", e);
        }
    }

    /** What Jetty itself has to refuse, mostly requests that are not HTTP. */
    private static boolean refuse(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        response.setStatus(status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ? HttpStatus.BAD_REQUEST_400 : status);
        Cors.FIELDS.forEach(response.getHeaders()::put);
        response.write(true, null, callback);
        return true;
    }

    /** The port that is listened on; also when 0 was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Accepts nothing more, lets running requests end for at most that long, then closes all. Idempotent. */
    public synchronized void shutDown(long millis) {
        if (closed) {
            return;
        }
        closed = true;
        api.close();
        try {
            if (millis > 0) {
                connector.shutdown().get(millis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // and close at once
        } catch (TimeoutException e) {
            LOG.info("Requests to the API were cut off after {} ms", millis);
        } catch (Exception e) {
            LOG.debug("The API's listener did not close by itself", e);
        }
        try {
            server.setStopTimeout(0);
            server.stop();
        } catch (Exception e) {
            LOG.warn("The API's listener did not stop cleanly", e);
        }
    }
}
