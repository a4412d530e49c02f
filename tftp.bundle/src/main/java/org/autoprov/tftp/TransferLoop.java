// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that owns sockets and transfers. It never waits but for the network: core and disks are asked on other
 * threads, which post what they found.
 */
final class TransferLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TransferLoop.class);

    /** Datagrams taken from a listening socket before others get their turn. */
    private static final int REQUESTS = 64;

    private static final int LARGEST_DATAGRAM = 65_536;
    private static final long TICK_MILLIS = TimeUnit.NANOSECONDS.toMillis(Wheel.TICK_NANOS);

    private final TftpOptions options;
    private final Selector selector;
    private final Reception reception;
    private final LongSupplier clock;
    private final ImageFiles images;
    private final Counters counters;
    private final Progress progress;
    private final Journal journal = new Journal();
    private final Wheel wheel;
    private final Transfers transfers;
    private final Turns turns = new Turns();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private long now;
    private boolean stopped;

    TransferLoop(Shared shared, Selector selector, Reception reception) {
        this.selector = selector;
        this.reception = reception;
        options = shared.options();
        clock = shared.clock();
        counters = shared.counters();
        now = clock.getAsLong();
        images = new ImageFiles(shared.disk(), this::post);
        progress = new Progress(shared.monitor(), now);
        wheel = new Wheel(now);
        transfers = new Transfers(shared.crowd(), counters);
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

    Progress progress() {
        return progress;
    }

    Wheel wheel() {
        return wheel;
    }

    /** Nanoseconds, as of the server's clock, when this turn of the loop began. */
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
        } catch (IOException | ClosedSelectorException e) {
            LOG.error("The phones' TFTP listener is broken; no phone is served over TFTP", e);
        } finally {
            transfers.copy().forEach(transfer -> guard(transfer, () -> transfer.broken("shut down")));
        }
    }

    /** Takes what has come and sends what may go; waits a moment when there is nothing. */
    void turn() throws IOException {
        if (!turns.isEmpty()) {
            selector.selectNow(this::ready);
        } else if (wheel.isEmpty()) {
            selector.select(this::ready);
        } else {
            selector.select(this::ready, TICK_MILLIS);
        }
        now = clock.getAsLong();
        woken.set(false);
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            guard(null, task);
        }
        guard(null, () -> wheel.turn(now));
        turns.give(this::pushGuarded);
        if (progress.isDue(now)) {
            guard(null, () -> progress.look(transfers.all(), now));
        }
    }

    /** Whatever goes wrong with one transfer, the others go on. */
    private void guard(Transfer transfer, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A TFTP transfer failed", e);
            if (transfer != null) {
                giveUp(transfer);
            }
        }
    }

    private void pushGuarded(Transfer transfer) {
        guard(transfer, () -> push(transfer));
    }

    private static void giveUp(Transfer transfer) {
        try {
            transfer.refuse(Refusal.FAILED);
        } catch (RuntimeException e) {
            LOG.error("A TFTP transfer did not end well", e);
        }
    }

    private void ready(SelectionKey key) {
        Lane lane = (Lane) key.attachment();
        now = clock.getAsLong();
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
        } catch (RuntimeException e) {
            LOG.error("A datagram was not understood", e);
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
            Transfer transfer = transfers.with(peer);
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
        if (!listensOnly && !(packet instanceof Packet.Failure) && !transfers.hasJustLeft(peer, lane, now)) {
            send(lane, peer, Refusal.UNKNOWN_TID);
        }
    }

    void send(Lane lane, InetSocketAddress peer, Refusal refusal) {
        counters.errorSent(refusal.code());
        lane.write(Packet.error(outgoing, refusal.code(), refusal.message()), peer);
    }

    /** The transfer with that address and port; null when there is none. */
    Transfer transfer(InetSocketAddress peer) {
        return transfers.with(peer);
    }

    /** Where echoes of the phone's last transfer may still arrive; null when it had none of late. */
    Lane laneJustLeft(InetSocketAddress peer) {
        return transfers.laneJustLeft(peer, now);
    }

    void add(Transfer transfer) {
        transfers.add(transfer);
    }

    /** Called by the transfer that ends. */
    void remove(Transfer transfer) {
        transfers.remove(transfer, now);
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
        turns.queue(transfer);
    }

    /** Ends what goes over an address that is gone. */
    void closeEndpoint(Endpoint endpoint) {
        for (Transfer transfer : transfers.copy()) {
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
