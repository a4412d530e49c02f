// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server with canned files, for tests. */
public final class ProvisioningServer implements AutoCloseable {

    /** What was asked: the request line's two words, User-Agent, source address. */
    public record Asked(String request, String userAgent, String source) {}

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean chunked;
    private volatile Function<String, byte[]> otherwise = path -> null;

    public ProvisioningServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(new Asked(
                    exchange.getRequestMethod() + " " + path,
                    exchange.getRequestHeaders().getFirst("User-Agent"),
                    exchange.getRemoteAddress().getAddress().getHostAddress()));
            exchange.getRequestBody().readAllBytes();
            int failing = failures.getOrDefault(path, 0);
            byte[] file = files.getOrDefault(path, otherwise.apply(path));
            if (failing > 0) {
                failures.put(path, failing - 1);
                exchange.sendResponseHeaders(503, -1);
            } else if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().set("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else if (statuses.containsKey(path)) {
                exchange.sendResponseHeaders(statuses.get(path), -1);
            } else if (!exchange.getRequestMethod().equals("GET") || file == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, chunked ? 0 : file.length == 0 ? -1 : file.length);
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public ProvisioningServer file(String path, String text) {
        files.put(path, text.replace("BASE/", url()).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public ProvisioningServer status(String path, int status) {
        statuses.put(path, status);
        return this;
    }

    /** What is served for all other paths; null for a 404. */
    public ProvisioningServer otherwise(Function<String, String> text) {
        otherwise = path -> {
            String found = text.apply(path);
            return found == null ? null : found.replace("BASE/", url()).getBytes(StandardCharsets.UTF_8);
        };
        return this;
    }

    /** The first so many requests for the path get a 503. */
    public ProvisioningServer failing(String path, int times) {
        failures.put(path, times);
        return this;
    }

    public ProvisioningServer redirect(String path, String location) {
        redirects.put(path, location);
        return this;
    }

    public ProvisioningServer chunked() {
        chunked = true;
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
