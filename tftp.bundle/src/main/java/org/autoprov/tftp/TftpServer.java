// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RequestMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets and threads. Java does not tell which address a datagram was sent to, and a phone believes only an answer
 * from the address it asked: so with a wildcard as host, each address of this host gets a listening socket of its own,
 * and addresses that come and go are followed. A wildcard socket beside them tells of addresses that are new.
 * Thread-safe.
 */
final class TftpServer {

    private static final Logger LOG = LoggerFactory.getLogger(TftpServer.class);

    private static final long SCAN_SECONDS = 5;
    private static final long SCAN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKUP_THREADS = 64;
    private static final int DISK_THREADS = 4;
    private static final int MOST_SHARDS = 4;

    /** For windows, beside each shard. */
    private static final int COMPANIONS = 3;

    /** Fewer ports than this for transfers are not worth several threads. */
    private static final int LEAST_PORTS = 512;

    private static final long POLL_MILLIS = 10;

    private final TftpOptions options;
    private final ThreadPoolExecutor lookups;
    private final ThreadPoolExecutor disk = Threads.pool("phones-tftp-disk-", DISK_THREADS);
    private final ScheduledThreadPoolExecutor scans;
    private final AtomicLong scanned = new AtomicLong(System.nanoTime() - SCAN_PAUSE_NANOS);
    private final Shared shared;
    private final List<Shard> shards = new ArrayList<>();
    private final List<Shard> companions = new ArrayList<>();
    private int port;
    private boolean closed;

    private TftpServer(TftpOptions options, ProvisioningService provisioning, RequestMonitor monitor)
            throws IOException {
        this.options = options;
        // Uploads may take as many threads as they like, and the others have theirs.
        lookups = Threads.pool("phones-tftp-lookup-", LOOKUP_THREADS + options.uploads());
        scans = new ScheduledThreadPoolExecutor(1, Threads.named("phones-tftp-addresses-"));
        shared = new Shared(options, provisioning, monitor, lookups, disk, System::nanoTime);
        int count = shardCount(options);
        for (int i = 1; i <= count; i++) {
            Reception reception = new Reception(shared, this::scanSoon);
            shards.add(new Shard(shared, reception, "phones-tftp-" + i));
            if (!options.singlePort() && Runtime.getRuntime().availableProcessors() > 1) {
                List<Shard> own = new ArrayList<>();
                for (int j = 1; j <= COMPANIONS; j++) {
                    Reception another = new Reception(shared, this::scanSoon);
                    own.add(new Shard(shared, another, "phones-tftp-windows-" + i + "-" + j));
                }
                reception.share(own);
                companions.addAll(own);
            }
        }
    }

    /** One for two processors: those that ask core need some too. A narrow range of ports is not divided. */
    private static int shardCount(TftpOptions options) {
        int processors = Runtime.getRuntime().availableProcessors();
        return options.ports().size() < LEAST_PORTS ? 1 : Math.max(1, Math.min(MOST_SHARDS, processors / 2));
    }

    /**
     * Opens the sockets and serves from then on.
     *
     * @throws IOException when the address cannot be bound to
     */
    static TftpServer open(TftpOptions options, ProvisioningService provisioning, RequestMonitor monitor)
            throws IOException {
        TftpServer server = new TftpServer(options, provisioning, monitor);
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
        InetAddress host = LocalAddresses.host(options.host());
        InetSocketAddress asked = new InetSocketAddress(host, options.port());
        // First not shared: so another server at this port is found out, whatever its address.
        try (DatagramChannel probe =
                Endpoint.bind(SelectorProvider.provider(), asked, options.receiveBuffer(), false)) {
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
            Map<LocalAddresses.Local, Integer> addresses = LocalAddresses.all(options.blockMost());
            shards.forEach(shard -> shard.followNow(addresses, port));
            scans.scheduleWithFixedDelay(this::scan, SCAN_SECONDS, SCAN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private List<Shard> all() {
        List<Shard> all = new ArrayList<>(shards);
        all.addAll(companions);
        return all;
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
        Map<LocalAddresses.Local, Integer> addresses = LocalAddresses.all(options.blockMost());
        shards.forEach(shard -> shard.follow(addresses, port));
        companions.forEach(shard -> shard.leave(addresses));
    }

    /** The port that is listened on; also when the settings say 0. */
    int port() {
        return port;
    }

    Counters counters() {
        return shared.counters();
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
            while (shared.crowd().all() > 0
                    && shards.stream().anyMatch(Shard::isAlive)
                    && end - System.nanoTime() > 0) {
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
