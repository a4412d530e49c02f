// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.admin.Json;

/** Where webhooks arrive, on a free port of loopback. */
final class WebhookReceiver implements AutoCloseable {

    /** @param headers by the names below */
    record Got(String path, Map<String, String> headers, byte[] body) {
        Map<?, ?> json() {
            try {
                return (Map<?, ?>) Json.read(body);
            } catch (Json.InvalidJsonException e) {
                throw new AssertionError(new String(body, StandardCharsets.UTF_8), e);
            }
        }

        Object id() {
            return ((Map<?, ?>) json().get("data")).get("id");
        }
    }

    /** Does not answer at all. */
    static final int SILENT = 0;
    /** Sends a header, and then a byte now and then. */
    static final int DRIPPING = 1;

    /** Answers well when {@link #release} is called. */
    static final int HELD = 2;

    private static final List<String> FIELDS =
            List.of("webhook-id", "webhook-timestamp", "webhook-signature", "Content-Type");

    final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    /** Statuses of the next answers; then 204. */
    final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

    final List<String> paths = new CopyOnWriteArrayList<>();
    final AtomicInteger most = new AtomicInteger();
    volatile long millis;

    private final AtomicInteger now = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void release() {
        released.countDown();
    }

    private void take(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try (exchange) {
            Map<String, String> headers = new java.util.HashMap<>();
            FIELDS.forEach(
                    name -> headers.put(name, exchange.getRequestHeaders().getFirst(name)));
            byte[] body = exchange.getRequestBody().readAllBytes();
            Integer answer = answers.poll();
            int status = answer == null ? 204 : answer;
            Thread.sleep(millis);
            paths.add(exchange.getRequestURI().toString());
            got.add(new Got(exchange.getRequestURI().toString(), headers, body));
            if (status == SILENT) {
                end.await();
            } else if (status == HELD) {
                released.await();
                exchange.sendResponseHeaders(204, -1);
            } else if (status == DRIPPING) {
                exchange.sendResponseHeaders(200, 0);
                drip(exchange.getResponseBody());
            } else {
                if (status == 302) {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                }
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            now.decrementAndGet();
        }
    }

    private void drip(OutputStream out) throws IOException, InterruptedException {
        while (!end.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            out.write('.');
            out.flush();
        }
    }

    @Override
    public void close() {
        release();
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
