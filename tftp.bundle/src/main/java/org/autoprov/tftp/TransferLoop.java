// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that owns sockets and transfers. It never waits but for the network: core and disks are asked on
 * other threads, which post what they found. Small files go before large ones, and among each other all take turns.
 */
final class TransferLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TransferLoop.class);

    /** Datagrams taken from a listening socket before others get their turn. */
    private static final int REQUESTS = 64;

    /** Turns of large files between two looks at the network. */
    private static final int LARGE_TURNS = 8;

    private static final int LARGEST_DATAGRAM = 65_536;
    private static final long TICK_MILLIS = TimeUnit.NANOSECONDS.toMillis(Wheel.TICK_NANOS);

    private final TftpOptions options;
    private final Selector selector;
    private final Reception reception;
    private final ImageFiles images;
    private final Counters counters;
    private final Journal journal = new Journal();
    private final Wheel wheel;
    private final Map<InetSocketAddress, Transfer> transfers = new HashMap<>();
    private final Crowd crowd;
    private final Departed departed = new Departed();
    private final ArrayDeque<Transfer> small = new ArrayDeque<>();
    private final ArrayDeque<Transfer> large = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private long now = System.nanoTime();
    private boolean stopped;

    /** @param disk reads files */
    TransferLoop(
            TftpOptions options,
            Selector selector,
            Reception reception,
            Executor disk,
            Crowd crowd,
            Counters counters) {
        this.crowd = crowd;
        this.options = options;
        this.selector = selector;
        this.reception = reception;
        this.counters = counters;
        images = new ImageFiles(disk, this::post);
        wheel = new Wheel(now);
    }

    TftpOptions options() {
        return options;
    }

    ImageFiles images() {
        return images;
    }

    Counters counters() {
        return counters;
    }

    Journal journal() {
        return journal;
    }

    Wheel wheel() {
        return wheel;
    }

    /** As of {@link System#nanoTime}, when this turn of the loop began. */
    long now() {
        return now;
    }

    /** To build a packet in, and to send before anything else happens. */
    ByteBuffer buffer() {
        return outgoing;
    }

    /** Runs something on the loop's thread, soon. From any thread. */
    void post(Runnable task) {
        posted.add(task);
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
        } catch (IOException e) {
            LOG.error("The phones' TFTP listener is broken; no phone is served over TFTP", e);
        } finally {
            List.copyOf(transfers.values()).forEach(transfer -> guard(transfer, () -> transfer.broken("shut down")));
        }
    }

    private void turn() throws IOException {
        if (!small.isEmpty() || !large.isEmpty()) {
            selector.selectNow(this::ready);
        } else if (wheel.isEmpty()) {
            selector.select(this::ready);
        } else {
            selector.select(this::ready, TICK_MILLIS);
        }
        now = System.nanoTime();
        woken.set(false);
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            guard(null, task);
        }
        guard(null, () -> wheel.turn(now));
        send(small, small.size());
        send(large, Math.min(LARGE_TURNS, large.size()));
    }

    /** Whatever goes wrong with one transfer, the others go on. */
    private void guard(Transfer transfer, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A TFTP transfer failed", e);
            if (transfer != null) {
                transfer.refuse(Refusal.FAILED);
            }
        }
    }

    private void ready(SelectionKey key) {
        Lane lane = (Lane) key.attachment();
        now = System.nanoTime();
        try {
            if (key.isWritable()) {
                lane.unblocked(this);
            }
            int most = lane.isListening() ? REQUESTS : Math.max(1, lane.transfers());
            for (int i = 0; i < most && key.isReadable(); i++) {
                InetSocketAddress peer = lane.receive(incoming);
                if (peer == null) {
                    return;
                }
                dispatch(lane, peer);
            }
        } catch (CancelledKeyException e) {
            LOG.debug("A socket was closed meanwhile", e);
        }
    }

    private void dispatch(Lane lane, InetSocketAddress peer) {
        Packet packet = Packet.parse(incoming);
        if (packet == null || peer.getPort() == 0) {
            counters.malformed.increment();
            journal.malformed(peer, incoming.remaining());
        } else if (packet instanceof Packet.Request request) {
            if (lane.isListening()) {
                guard(null, () -> reception.request(lane, peer, request));
            }
        } else {
            Transfer transfer = transfers.get(peer);
            if (transfer != null && transfer.lane == lane) {
                guard(transfer, () -> transfer.received(packet, now));
            } else {
                stranger(lane, peer, packet);
            }
        }
    }

    /** Error 5, unless it is the echo of a transfer that has just ended, or an error itself. */
    private void stranger(Lane lane, InetSocketAddress peer, Packet packet) {
        boolean listensOnly = lane.isListening() && !options.singlePort();
        if (!listensOnly && !(packet instanceof Packet.Failure) && !departed.isRecent(peer, lane, now)) {
            send(lane, peer, Refusal.UNKNOWN_TID);
        }
    }

    void send(Lane lane, InetSocketAddress peer, Refusal refusal) {
        counters.errorSent(refusal.code());
        lane.write(Packet.error(outgoing, refusal.code(), refusal.message()), peer);
    }

    /** The transfer with that address and port; null when there is none. */
    Transfer transfer(InetSocketAddress peer) {
        return transfers.get(peer);
    }

    void add(Transfer transfer) {
        transfers.put(transfer.peer, transfer);
        crowd.enter(transfer.client());
        counters.running.increment();
    }

    /** Called by the transfer that ends. */
    void remove(Transfer transfer) {
        transfers.remove(transfer.peer, transfer);
        crowd.leave(transfer.client());
        counters.running.decrement();
        departed.add(transfer.peer, transfer.lane, now);
        transfer.lane.endpoint().giveBack(transfer.lane);
    }

    /** Lets it send at once, and take turns for what is left. */
    void push(Transfer transfer) {
        if (!transfer.queued && !transfer.isEnded() && transfer.turn(now)) {
            queue(transfer);
        }
    }

    /** Lets it take turns. */
    void queue(Transfer transfer) {
        if (!transfer.queued && !transfer.isEnded()) {
            transfer.queued = true;
            (transfer.isSmall() ? small : large).add(transfer);
        }
    }

    private void send(ArrayDeque<Transfer> queue, int turns) {
        for (int i = 0; i < turns && !queue.isEmpty(); i++) {
            Transfer transfer = queue.remove();
            transfer.queued = false;
            guard(transfer, () -> push(transfer));
        }
    }

    /** Ends what goes over an address that is gone. */
    void closeEndpoint(Endpoint endpoint) {
        for (Transfer transfer : List.copyOf(transfers.values())) {
            if (transfer.lane.endpoint() == endpoint) {
                transfer.broken("the server's address is gone");
            }
        }
        endpoint.close();
    }

    /** Ends the loop after this turn. On the loop's thread. */
    void stop() {
        stopped = true;
    }
}
