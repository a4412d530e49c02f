// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The listener on a free port of loopback with a fake core, and what it logs at INFO and above. */
final class LiveServer implements AutoCloseable {

    final FakeProvisioning core = new FakeProvisioning();
    final FakeMonitor monitor = new FakeMonitor();
    final PhoneServer server;
    final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
                logged.add(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** As the launcher does: Jetty warns of each request with two Host fields or a Host that is none. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    LiveServer() throws IOException {
        this(options(0));
    }

    LiveServer(ListenerOptions options) throws IOException {
        JETTY.setLevel(Level.SEVERE);
        server = PhoneServer.open(options, core, monitor);
        Logger.getLogger("").addHandler(recorder);
    }

    static ListenerOptions options(int trustedProxies) {
        return new ListenerOptions("127.0.0.1", 0, trustedProxies, 16_384, 30_000, 20_000, 1_000, 20_000, 64, 4);
    }

    int port() {
        return server.port();
    }

    RawPhone phone() throws IOException {
        return new RawPhone(server.port());
    }

    @Override
    public void close() {
        server.shutDown(0);
        Logger.getLogger("").removeHandler(recorder);
    }
}
