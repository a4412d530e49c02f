// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The listening socket, and the watch over its connections' deadlines. */
final class PhoneConnector extends ServerConnector {

    private static final long SWEEP_MILLIS = 500;

    private final long requestNanos;
    private volatile long idleMillis = Long.MAX_VALUE;

    PhoneConnector(Server server, int selectors, long requestMillis, ConnectionFactory factory) {
        super(server, 1, selectors, factory);
        requestNanos = TimeUnit.MILLISECONDS.toNanos(requestMillis);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        PhoneEndPoint endPoint = new PhoneEndPoint(channel, selector, key, getScheduler(), requestNanos);
        endPoint.setIdleTimeout(0); // the sweep looks after it, without a timer for each connection
        return endPoint;
    }

    @Override
    public void setIdleTimeout(long millis) {
        super.setIdleTimeout(millis);
        idleMillis = millis;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        for (EndPoint endPoint : getConnectedEndPoints()) {
            if (endPoint instanceof PhoneEndPoint) {
                PhoneEndPoint phone = (PhoneEndPoint) endPoint;
                if (phone.isOverdue(now) || phone.getIdleFor() > idleMillis && !phone.isWaited()) {
                    phone.close(new TimeoutException("too slow"));
                }
            }
        }
        if (isRunning()) {
            getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** How many connections have a request or an answer under way. */
    int busy() {
        int busy = 0;
        for (EndPoint endPoint : getConnectedEndPoints()) {
            if (endPoint instanceof PhoneEndPoint && ((PhoneEndPoint) endPoint).isBusy()) {
                busy++;
            }
        }
        return busy;
    }
}
