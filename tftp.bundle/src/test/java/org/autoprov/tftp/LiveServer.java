// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import java.util.Random;

/** The listener on a free port of loopback with a fake core. */
final class LiveServer implements AutoCloseable {

    final FakeProvisioning core = new FakeProvisioning();
    final FakeMonitor monitor = new FakeMonitor();
    final TftpServer server;

    LiveServer() throws IOException {
        this(options("127.0.0.1"));
    }

    LiveServer(TftpOptions options) throws IOException {
        server = TftpServer.open(options, core, monitor);
    }

    static TftpOptions options(String host) {
        return new TftpOptions(host, 0, false, PortRange.ANY, 1_000, 1_000, 0, 64, 1 << 20, 4);
    }

    static TftpOptions singlePort() {
        return new TftpOptions("127.0.0.1", 0, true, PortRange.ANY, 1_000, 1_000, 0, 64, 1 << 20, 4);
    }

    static TftpOptions limits(int transfers, int perClient) {
        return limits(transfers, perClient, 1);
    }

    static TftpOptions limits(int transfers, int perClient, int uploads) {
        return new TftpOptions("127.0.0.1", 0, false, PortRange.ANY, transfers, perClient, 0, 64, 1 << 20, uploads);
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    int port() {
        return server.port();
    }

    Phone phone() throws IOException {
        return new Phone("127.0.0.1", server.port());
    }

    long count(String name) {
        return server.counters().counters().get(name);
    }

    @Override
    public void close() {
        server.shutDown(0);
    }
}
