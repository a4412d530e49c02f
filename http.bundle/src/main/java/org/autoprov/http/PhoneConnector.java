// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket, and the watch over its connections' deadlines. */
final class PhoneConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneConnector.class);
    private static final long SWEEP_MILLIS = 500;
    private static final int BATCH = 16;
    private static final long ROUND_MILLIS = 50;

    private final long requestNanos;
    private final Counters counters;
    private volatile long idleMillis = Long.MAX_VALUE;
    private int accepted; // by the one acceptor

    PhoneConnector(Server server, int selectors, long requestMillis, Counters counters, ConnectionFactory factory) {
        super(server, 1, selectors, factory);
        this.counters = counters;
        requestNanos = TimeUnit.MILLISECONDS.toNanos(requestMillis);
    }

    /**
     * Takes in no more than the selectors keep up with. When a whole site calls at once the rest waits in the kernel's queue,
     * where it costs nothing, and each phone that is taken in is answered soon.
     */
    @Override
    public void accept(int acceptorId) throws IOException {
        super.accept(acceptorId);
        if (++accepted % BATCH == 0) {
            Collection<ManagedSelector> selectors = getSelectorManager().getBeans(ManagedSelector.class);
            CountDownLatch round = new CountDownLatch(selectors.size());
            selectors.forEach(selector -> selector.submit(keys -> round.countDown()));
            try {
                if (!round.await(ROUND_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.debug("The selectors are busy for more than {} ms", ROUND_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As Jetty's, but what sets a new connection up stays on the selector's thread: handing it over costs more than doing it. */
    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
            @Override
            protected void execute(Runnable task) {
                if (task instanceof ManagedSelector.SelectorUpdate) { // the accepting of a connection, by a selector
                    task.run();
                } else {
                    super.execute(task);
                }
            }
        };
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        PhoneEndPoint endPoint = new PhoneEndPoint(channel, selector, key, getScheduler(), requestNanos);
        counters.accepted.increment();
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
                    counters.tooSlow.increment();
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
