// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.service.ProvisioningService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets and threads. Java does not tell which address a datagram was sent to, and a phone believes only an answer
 * from the address it asked: so with a wildcard as host, each address of this host gets a listening socket of its own,
 * and addresses that come and go are followed. A wildcard socket beside them takes what comes in between. Thread-safe.
 */
final class TftpServer {

    private static final Logger LOG = LoggerFactory.getLogger(TftpServer.class);

    private static final long SCAN_SECONDS = 5;
    private static final long SCAN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKUP_THREADS = 64;
    private static final int DISK_THREADS = 4;
    private static final int MOST_SHARDS = 4;

    /** Fewer ports than this for transfers are not worth several threads. */
    private static final int LEAST_PORTS = 512;

    private static final long POLL_MILLIS = 10;

    private final TftpOptions options;
    private final ThreadPoolExecutor lookups;
    private final ThreadPoolExecutor disk = pool("phones-tftp-disk-", DISK_THREADS);
    private final ScheduledThreadPoolExecutor scans;
    private final AtomicLong scanned = new AtomicLong(System.nanoTime() - SCAN_PAUSE_NANOS);
    private final Counters counters = new Counters();
    private final Crowd crowd = new Crowd();
    private final List<Shard> shards = new ArrayList<>();
    private final List<Shard> companions = new ArrayList<>();
    private int port;
    private boolean closed;

    private TftpServer(TftpOptions options, ProvisioningService provisioning) throws IOException {
        this.options = options;
        // Uploads may take as many threads as they like, and the others have theirs.
        lookups = pool("phones-tftp-lookup-", LOOKUP_THREADS + options.uploads());
        scans = new ScheduledThreadPoolExecutor(1, threads("phones-tftp-addresses-"));
        Semaphore uploads = new Semaphore(options.uploads());
        int count = shardCount(options);
        for (int i = 1; i <= count; i++) {
            Reception reception = new Reception(options, provisioning, lookups, crowd, uploads, this::scanSoon);
            shards.add(shard(reception, "phones-tftp-" + i));
            if (!options.singlePort() && Runtime.getRuntime().availableProcessors() > 1) {
                Reception second = new Reception(options, provisioning, lookups, crowd, uploads, this::scanSoon);
                companions.add(shard(second, "phones-tftp-windows-" + i));
                reception.share(companions.get(companions.size() - 1));
            }
        }
    }

    private Shard shard(Reception reception, String name) throws IOException {
        return new Shard(
                options,
                reception,
                selector -> new TransferLoop(options, selector, reception, disk, crowd, counters),
                name);
    }

    /** One for two processors: those that ask core need some too. A narrow range of ports is not divided. */
    private static int shardCount(TftpOptions options) {
        int processors = Runtime.getRuntime().availableProcessors();
        return options.ports().size() < LEAST_PORTS ? 1 : Math.max(1, Math.min(MOST_SHARDS, processors / 2));
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
        server.all().forEach(Shard::start);
        return server;
    }

    private void bind() throws IOException {
        InetAddress host = host(options.host());
        // First not shared: so another server at this port is found out, whatever its address.
        try (DatagramChannel probe =
                Endpoint.bind(new InetSocketAddress(host, options.port()), options.receiveBuffer(), false)) {
            port = ((InetSocketAddress) probe.getLocalAddress()).getPort();
            int granted = probe.getOption(StandardSocketOptions.SO_RCVBUF);
            if (granted < options.receiveBuffer()) {
                LOG.info(
                        "tftp.receive_buffer: the kernel grants {} of {} bytes; net.core.rmem_max caps it",
                        granted,
                        options.receiveBuffer());
            }
        }
        int mostBlock = LocalAddresses.mostBlock(host, options.blockMost());
        for (Shard shard : shards) {
            shard.bind(new InetSocketAddress(host, port), mostBlock);
        }
        if (host.isAnyLocalAddress()) {
            Map<InetAddress, Integer> addresses = LocalAddresses.all(options.blockMost());
            shards.forEach(shard -> shard.followNow(addresses, port));
            scans.scheduleWithFixedDelay(this::scan, SCAN_SECONDS, SCAN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private List<Shard> all() {
        List<Shard> all = new ArrayList<>(shards);
        all.addAll(companions);
        return all;
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

    /** A request came to an address that has no socket of its own yet: look, though not all the time. */
    private void scanSoon() {
        long last = scanned.get();
        long now = System.nanoTime();
        if (now - last >= SCAN_PAUSE_NANOS && scanned.compareAndSet(last, now)) {
            scans.execute(this::scan);
        }
    }

    private void scan() {
        Map<InetAddress, Integer> addresses = LocalAddresses.all(options.blockMost());
        shards.forEach(shard -> shard.follow(addresses, port));
        companions.forEach(shard -> shard.leave(addresses));
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
        all().forEach(Shard::closeListening);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (crowd.all() > 0 && shards.stream().anyMatch(Shard::isAlive) && end - System.nanoTime() > 0) {
                Thread.sleep(POLL_MILLIS);
            }
            for (Shard shard : all()) {
                shard.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // and close at once
        }
        release();
    }

    private void release() {
        scans.shutdownNow();
        lookups.shutdownNow();
        disk.shutdownNow();
        all().forEach(Shard::release);
    }
}
