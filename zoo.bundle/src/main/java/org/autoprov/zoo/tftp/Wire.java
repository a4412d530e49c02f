// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * The phone's side of one transfer: a port of its own, one port of the server, and the timers. What was sent last
 * is sent again while the server is silent, after 1, 2, 4, 4, … s, or as was agreed. For one thread.
 */
final class Wire implements AutoCloseable {

    private static final int FIRST_INTERVAL_MILLIS = 1000;
    private static final int LONGEST_INTERVAL_MILLIS = 4000;
    /** The least room for an answer, whatever the size of blocks. */
    private static final int LEAST_ROOM = 2048;

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final int patienceMillis;
    private final byte[] buffer;
    private final BooleanSupplier loses;
    private final Collection<String> defects = new LinkedHashSet<>();
    private OptionalInt agreedSeconds = OptionalInt.empty();
    private int port;
    private List<byte[]> last = List.of();
    private long deadline;
    private int timeouts;
    private final long start = System.nanoTime();

    /**
     * @param server where requests go, resolved
     * @param source local address to come from; empty: what the system takes
     * @param patienceMillis longest time without progress
     * @param largestBlock bytes
     * @param loses is asked for each packet whether it gets lost
     * @throws IOException when the source is no address of this machine
     */
    Wire(
            InetSocketAddress server,
            Optional<InetAddress> source,
            int patienceMillis,
            int largestBlock,
            BooleanSupplier loses)
            throws IOException {
        this.server = server;
        this.patienceMillis = patienceMillis;
        this.loses = loses;
        this.buffer = new byte[Math.max(LEAST_ROOM, Packet.DATA_HEAD + largestBlock + 1)]; // + 1 shows larger ones
        this.socket = new DatagramSocket(new InetSocketAddress(source.orElse(null), 0));
    }

    /** What the server did wrong so far, each only once. */
    Collection<String> defects() {
        return defects;
    }

    /** Age of the transfer. */
    double millis() {
        return (System.nanoTime() - start) / 1e6;
    }

    /** How often the server was silent for so long that something was sent again. */
    int timeouts() {
        return timeouts;
    }

    /** The agreed time after which packets are sent again. */
    void agree(OptionalInt seconds) {
        agreedSeconds = seconds;
    }

    /** Sends something new. */
    void send(List<? extends Packet> packets) throws IOException {
        progress(packets);
        repeat();
    }

    void send(Packet packet) throws IOException {
        send(List.of(packet));
    }

    /** Sends nothing now, but these when the server falls silent. */
    void progress(List<? extends Packet> packets) {
        last = packets.stream().map(Packet::bytes).toList();
        deadline = System.nanoTime() + patienceMillis * 1_000_000L;
    }

    /** Sends the last packets again. Not progress: a server that makes none is left in the end. */
    void repeat() throws IOException {
        for (byte[] bytes : last) {
            transmit(bytes, server.getAddress(), port == 0 ? server.getPort() : port);
        }
    }

    /** Sends something that is not repeated, such as an ERROR. */
    void tell(Packet packet) throws IOException {
        transmit(packet.bytes(), server.getAddress(), port == 0 ? server.getPort() : port);
    }

    private void transmit(byte[] bytes, InetAddress address, int to) throws IOException {
        if (loses.getAsBoolean()) {
            return;
        }
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, address, to));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("nothing can be sent to " + address.getHostAddress() + ": " + e.getMessage());
        }
    }

    /** The next packet of this transfer. */
    Packet receive() throws IOException {
        int interval = Math.max(10, Math.min(FIRST_INTERVAL_MILLIS, patienceMillis / 4));
        long end = System.nanoTime() + millis(interval);
        while (true) {
            long now = System.nanoTime();
            if (now >= deadline) {
                throw new IOException("no answer within " + patienceMillis + " ms");
            }
            if (now >= end) {
                timeouts++;
                repeat();
                interval = Math.min(interval * 2, LONGEST_INTERVAL_MILLIS);
                end = now + millis(interval);
            }
            Optional<byte[]> bytes = next(Math.min(end, deadline) - now);
            if (bytes.isPresent()) {
                return Packet.read(bytes.get());
            }
        }
    }

    private long millis(int interval) {
        return (agreedSeconds.isPresent() ? agreedSeconds.getAsInt() * 1000 : interval) * 1_000_000L;
    }

    /** A datagram of this transfer; empty when none came in time, or another one did. */
    private Optional<byte[]> next(long nanos) throws IOException {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout((int) Math.max(1, (nanos + 999_999) / 1_000_000));
        try {
            socket.receive(datagram);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        if (loses.getAsBoolean()) {
            return Optional.empty();
        }
        InetAddress sender = datagram.getAddress();
        boolean known =
                sender.equals(server.getAddress()) || server.getAddress().isAnyLocalAddress();
        if (known && port == 0) {
            port = datagram.getPort();
        }
        if (known && port == datagram.getPort()) {
            return Optional.of(Arrays.copyOf(buffer, datagram.getLength()));
        }
        if (!known) {
            defects.add("an answer from " + sender.getHostAddress() + " instead of "
                    + server.getAddress().getHostAddress());
        } else if (timeouts == 0) { // else the request may have come twice, and each begins a transfer
            defects.add("answers from two ports");
        }
        transmit(
                new Packet.Failure(Packet.Failure.UNKNOWN_TRANSFER_ID, "unknown transfer ID").bytes(),
                sender,
                datagram.getPort());
        return Optional.empty();
    }

    /**
     * Waits a moment after the last block was acknowledged. A server that did not hear it hears it again; one that
     * goes on sending does wrong.
     */
    void settle(int waitMillis, int lastBlock) throws IOException {
        long end = System.nanoTime() + waitMillis * 1_000_000L;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            Optional<byte[]> bytes = next(left);
            if (bytes.isEmpty()) {
                continue;
            }
            try {
                if (!(Packet.read(bytes.get()) instanceof Packet.Data data)) {
                    defects.add("a packet that is no data after the last block");
                } else if (data.block() == lastBlock) {
                    repeat();
                } else if ((data.block() - lastBlock & 0xffff) < 1 << 15) { // else an old one, of a window sent again
                    defects.add("data after the last block");
                }
            } catch (Packet.Malformed e) {
                defects.add(e.getMessage() + " after the last block");
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
