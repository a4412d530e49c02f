// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.service.ProvisioningService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets and threads. Java does not tell which address a datagram was sent to, and a phone believes only an answer from
 * the address it asked: so with a wildcard as host, each address of this host gets a listening socket of its own, and
 * addresses that come and go are followed. A wildcard socket beside them takes what comes in between. Thread-safe.
 */
final class TftpServer {

    private static final Logger LOG = LoggerFactory.getLogger(TftpServer.class);

    private static final long SCAN_SECONDS = 5;
    private static final long SCAN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKUP_THREADS = 64;
    private static final int DISK_THREADS = 4;
    private static final long POLL_MILLIS = 10;

    private final TftpOptions options;
    private final Selector selector = Selector.open();
    private final ThreadPoolExecutor lookups;
    private final ThreadPoolExecutor disk = pool("phones-tftp-disk-", DISK_THREADS);
    private final ScheduledThreadPoolExecutor scans;
    private final AtomicLong scanned = new AtomicLong(System.nanoTime() - SCAN_PAUSE_NANOS);
    private final Counters counters = new Counters();
    private final Reception reception;
    private final TransferLoop loop;
    private final Thread thread;

    /** Only for the loop's thread, once it runs. */
    private final Map<InetAddress, Endpoint> endpoints = new HashMap<>();

    private DatagramChannel main;
    private int port;
    private boolean closed;

    private TftpServer(TftpOptions options, ProvisioningService provisioning) throws IOException {
        this.options = options;
        // Uploads may take as many threads as they like, and the others have theirs.
        lookups = pool("phones-tftp-", LOOKUP_THREADS + options.uploads());
        scans = new ScheduledThreadPoolExecutor(1, threads("phones-tftp-addresses-"));
        reception = new Reception(options, provisioning, lookups, this::scanSoon);
        loop = new TransferLoop(options, selector, reception, disk, counters);
        reception.attach(loop);
        thread = new Thread(loop, "phones-tftp");
        thread.setDaemon(true);
    }

    private static ThreadPoolExecutor pool(String name, int most) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread made = new Thread(task, name + count.incrementAndGet());
            made.setDaemon(true);
            return made;
        };
    }

    /**
     * Opens the sockets and serves from then on.
     *
     * @throws IOException when the address cannot be bound to
     */
    static TftpServer open(TftpOptions options, ProvisioningService provisioning) throws IOException {
        TftpServer server = new TftpServer(options, provisioning);
        try {
            server.bind();
        } catch (IOException | RuntimeException e) {
            server.release();
            throw e;
        }
        server.thread.start();
        return server;
    }

    private void bind() throws IOException {
        InetAddress host = host(options.host());
        // Not shared: so another server at this port is found out, whatever its address.
        main = Endpoint.bind(new InetSocketAddress(host, options.port()), options.receiveBuffer(), false);
        port = ((InetSocketAddress) main.getLocalAddress()).getPort();
        add(main, LocalAddresses.mostBlock(host, options.blockMost()));
        int granted = main.getOption(StandardSocketOptions.SO_RCVBUF);
        if (granted < options.receiveBuffer()) {
            LOG.info(
                    "tftp.receive_buffer: the kernel grants {} of {} bytes; net.core.rmem_max caps it",
                    granted,
                    options.receiveBuffer());
        }
        if (host.isAnyLocalAddress()) {
            follow(LocalAddresses.all(options.blockMost()));
            scans.scheduleWithFixedDelay(this::scan, SCAN_SECONDS, SCAN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A wildcard stands for both versions of IP, as it does for the phones' HTTP listener. */
    private static InetAddress host(String name) throws IOException {
        InetAddress host;
        try {
            host = InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IOException("no such host", e);
        }
        if (!host.isAnyLocalAddress() || host instanceof Inet6Address) {
            return host;
        }
        try {
            InetAddress both = InetAddress.getByName("::");
            Endpoint.bind(new InetSocketAddress(both, 0), 65_536, false).close();
            return both;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("No IPv6 here", e);
            return host;
        }
    }

    private void add(DatagramChannel channel, int mostBlock) throws IOException {
        Endpoint endpoint = new Endpoint(channel, mostBlock, options, selector);
        endpoints.put(endpoint.address().getAddress(), endpoint);
    }

    /** A request came to an address that has no socket of its own yet: look, though not all the time. */
    private void scanSoon() {
        long last = scanned.get();
        long now = System.nanoTime();
        if (now - last >= SCAN_PAUSE_NANOS && scanned.compareAndSet(last, now)) {
            scans.execute(this::scan);
        }
    }

    private void scan() {
        Map<InetAddress, Integer> found = LocalAddresses.all(options.blockMost());
        loop.post(() -> follow(found));
    }

    /** Opens what is new, closes what is gone. */
    private void follow(Map<InetAddress, Integer> found) {
        if (found.isEmpty() || !main.isOpen()) {
            return;
        }
        endpoints.entrySet().removeIf(entry -> {
            boolean gone = !entry.getKey().isAnyLocalAddress() && !found.containsKey(entry.getKey());
            if (gone) {
                LOG.info(
                        "Phones are no longer served at {}: the address is gone",
                        entry.getKey().getHostAddress());
                loop.closeEndpoint(entry.getValue());
            }
            return gone;
        });
        found.keySet().removeAll(endpoints.keySet());
        if (found.isEmpty()) {
            return;
        }
        try {
            // Only while we ourselves bind beside it.
            main.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            found.forEach(this::open);
        } catch (IOException e) {
            LOG.warn("New addresses are served by the wildcard's socket only: {}", e.toString());
        } finally {
            exclusive(main);
        }
    }

    private void open(InetAddress address, int mostBlock) {
        try {
            DatagramChannel channel =
                    Endpoint.bind(new InetSocketAddress(address, port), options.receiveBuffer(), true);
            exclusive(channel);
            add(channel, mostBlock);
        } catch (IOException e) {
            // An IPv6 address is tentative for a moment; the next scan tries again.
            LOG.debug("{} cannot be bound to", address, e);
        }
    }

    private static void exclusive(DatagramChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        } catch (IOException e) {
            LOG.debug("A socket stays shared", e);
        }
    }

    /** The port that is listened on; also when the settings say 0. */
    int port() {
        return port;
    }

    Counters counters() {
        return counters;
    }

    /** Hears no more requests, waits at most that long for running transfers, then closes all. Idempotent. */
    synchronized void shutDown(long millis) {
        if (closed) {
            return;
        }
        closed = true;
        scans.shutdownNow();
        loop.post(() -> {
            reception.close();
            endpoints.values().forEach(Endpoint::closeListening);
        });
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (thread.isAlive() && loop.isBusy() && end - System.nanoTime() > 0) {
                Thread.sleep(POLL_MILLIS);
            }
            loop.post(loop::stop);
            thread.join();
        } catch (InterruptedException e) {
            loop.post(loop::stop);
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void release() {
        scans.shutdownNow();
        lookups.shutdownNow();
        disk.shutdownNow();
        endpoints.values().forEach(Endpoint::close);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("The selector did not close", e);
        }
    }
}
