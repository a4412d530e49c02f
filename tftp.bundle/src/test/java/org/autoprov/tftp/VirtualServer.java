// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One loop of the server without sockets and in virtual time, driven by the test's thread: what takes seconds in a real
 * network takes microseconds, and the same seed gives the same run. Only an upload has a thread of its own, for it
 * blocks; the test waits until it has nothing more to do.
 */
final class VirtualServer implements AutoCloseable {

    static final int PORT = 69;
    private static final long STEP_NANOS = Wheel.TICK_NANOS;

    final FakeProvisioning core = new FakeProvisioning();
    final FakeMonitor monitor = new FakeMonitor();
    final MemoryNetwork network = new MemoryNetwork();
    final Shared shared;
    final TransferLoop loop;
    private final MemorySelector selector = (MemorySelector) network.openSelector();
    private final List<Thread> uploads = new ArrayList<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final Random random;
    private boolean writing;
    private long nanos = 1;

    /** @param random decides when disks and core answer; null: at once */
    VirtualServer(TftpOptions options, Random random, int mostBlock) throws IOException {
        this.random = random;
        shared = new Shared(options, core, monitor, this::lookUp, this::doLater, () -> nanos);
        Reception reception = new Reception(shared, () -> {});
        loop = new TransferLoop(shared, selector, reception);
        reception.attach(loop);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(options.host()), PORT);
        new Endpoint(Endpoint.bind(network, address, 65_536, true), mostBlock, options, selector);
    }

    static TftpOptions options(boolean singlePort) {
        return new TftpOptions("192.0.2.1", PORT, singlePort, PortRange.ANY, 1_000, 1_000, 0, 64, 1 << 20, 4);
    }

    private void lookUp(Runnable task) {
        if (writing) {
            Thread thread = new Thread(task, "upload");
            thread.setDaemon(true);
            uploads.add(thread);
            thread.start();
        } else {
            doLater(task);
        }
    }

    private void doLater(Runnable task) {
        if (random == null) {
            task.run();
        } else {
            later.add(task);
        }
    }

    /** A datagram arrives, and the server does what follows from it. */
    void deliver(InetSocketAddress from, int port, byte[] bytes) {
        writing = bytes.length > 1 && bytes[1] == 2;
        network.deliver(from, port, bytes);
        settle();
    }

    /** Turns the loop until it would wait. */
    void settle() {
        try {
            do {
                if (random != null && !later.isEmpty() && random.nextInt(3) > 0) {
                    later.remove().run();
                }
                loop.turn();
            } while (!selector.waited || isUploading());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a thread that takes an upload has something to do. */
    private boolean isUploading() {
        uploads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        for (Thread thread : uploads) {
            if (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
                return true;
            }
        }
        return false;
    }

    /** Milliseconds since it was made, virtual ones. */
    long millis() {
        return nanos / 1_000_000;
    }

    /** Lets a tick of the timers go by. */
    void tick() {
        nanos += STEP_NANOS;
        settle();
    }

    /** Lets all that runs come to its end, which is at most so many ticks away. */
    boolean isQuietAfter(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick();
            if (later.isEmpty() && selector.waitedForEver && shared.crowd().all() == 0 && uploads.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Sockets for transfers, and transfers that they believe to carry. */
    int lanesInUse() {
        return selector.lanes().stream().mapToInt(Lane::transfers).sum();
    }

    long count(String name) {
        return shared.counters().counters().get(name);
    }

    @Override
    public void close() {
        loop.stop();
        loop.run(); // ends what is left
    }
}
