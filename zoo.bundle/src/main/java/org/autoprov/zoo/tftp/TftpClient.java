// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * A TFTP client as phones have (RFC 1350, 2347, 2348, 2349, 7440), with an eye for what phones stumble over. Each
 * transfer has a port of its own. For one thread.
 */
public final class TftpClient {

    /** What a server sends without waiting is there after so long; real phones listen longer. */
    private static final int SETTLE_MILLIS = 3;

    private final Optional<InetAddress> source;
    private final int timeoutMillis;
    private final Wishes wishes;
    private final BooleanSupplier loses;

    /**
     * @param source local address to come from; empty: what the system takes
     * @param timeoutMillis longest time without progress
     * @param wishes what each request asks for
     * @param loss share of packets that get lost by chance, each way, 0 to 1
     */
    public TftpClient(Optional<InetAddress> source, int timeoutMillis, Wishes wishes, double loss) {
        this(
                source,
                timeoutMillis,
                wishes,
                () -> loss > 0 && ThreadLocalRandom.current().nextDouble() < loss);
    }

    /** {@code loses} is asked for each packet. */
    TftpClient(Optional<InetAddress> source, int timeoutMillis, Wishes wishes, BooleanSupplier loses) {
        this.source = source;
        this.timeoutMillis = timeoutMillis;
        this.wishes = wishes;
        this.loses = loses;
    }

    /**
     * Fetches a file.
     *
     * @param host name or address of the server
     * @param port 1 to 65535
     * @param name of the file, sent as it is
     * @return the file, or the server's ERROR
     * @throws IOException when the server is silent or breaks the protocol; the message is fit for an administrator
     */
    public Result get(String host, int port, String name) throws IOException {
        try (Wire wire = open(host, port)) {
            try {
                Download download = new Download(wire, wishes);
                Result result = download.run(name);
                if (result.error().isEmpty()) {
                    wire.settle(SETTLE_MILLIS, download.lastBlock());
                }
                return new Result(
                        result.error(), result.message(), result.body(), List.copyOf(wire.defects()), result.millis());
            } catch (IOException e) {
                throw failure(e, wire);
            }
        }
    }

    /**
     * Sends a file.
     *
     * @param host name or address of the server
     * @param port 1 to 65535
     * @param name of the file, sent as it is
     * @param content the file
     * @return without an error, or with that of the server
     * @throws IOException when the server is silent or breaks the protocol; the message is fit for an administrator
     */
    public Result put(String host, int port, String name, byte[] content) throws IOException {
        try (Wire wire = open(host, port)) {
            try {
                return new Upload(wire, wishes, content).run(name);
            } catch (IOException e) {
                throw failure(e, wire);
            }
        }
    }

    private Wire open(String host, int port) throws IOException {
        InetSocketAddress server = new InetSocketAddress(host, port);
        if (server.isUnresolved()) {
            throw new IOException("unknown host: " + host);
        }
        try {
            return new Wire(server, source, timeoutMillis, wishes.blockSize().orElse(Terms.PLAIN.blockSize()), loses);
        } catch (IOException e) {
            throw new IOException("no port for a transfer: " + e.getMessage());
        }
    }

    /** The failure with what was noted before it; the server is told when it broke the protocol. */
    private static IOException failure(IOException cause, Wire wire) {
        if (cause instanceof Packet.Malformed malformed) {
            try {
                wire.tell(malformed.reply());
            } catch (IOException e) {
                // the first failure counts
            }
        }
        String noted = wire.defects().isEmpty() ? "" : " (" + String.join(", ", wire.defects()) + ")";
        return new IOException(cause.getMessage() + noted);
    }
}
