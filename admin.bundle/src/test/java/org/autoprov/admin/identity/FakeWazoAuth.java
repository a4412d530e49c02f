// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An identity service on a free port, with as much of the wazo-auth 0.1 API as is asked for, and a few bad moods. */
final class FakeWazoAuth implements AutoCloseable {

    static final String ROOT = "10000000-0000-4000-8000-000000000000";
    static final String ONE = "10000000-0000-4000-8000-000000000001";
    static final String BELOW = "10000000-0000-4000-8000-000000000011";
    static final String TWO = "10000000-0000-4000-8000-000000000002";

    /** @param tenant null for none @param access exact names; empty: all @param lists whether it may list tenants */
    record Holder(String tenant, Set<String> access, boolean lists) {}

    enum Mood {
        WELL,
        /** Takes the request and says nothing. */
        HANGING,
        /** Says how it went, but never what. */
        STUCK_IN_THE_BODY,
        FAILING,
        TALKING_NONSENSE,
        WITHOUT_KEYS,
        CUTTING_OFF,
    }

    final Map<String, Holder> tokens = new ConcurrentHashMap<>();
    /** Each tenant's parent; the root has itself. */
    final Map<String, String> tenants = new ConcurrentHashMap<>();

    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile Mood mood = Mood.WELL;
    volatile long delayMillis;
    volatile boolean listsNothing;
    private int logins;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakeWazoAuth() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tenants.putAll(Map.of(ROOT, ROOT, ONE, ROOT, BELOW, ONE, TWO, ROOT));
        tokens.put("all", new Holder(ONE, Set.of(), true));
        server.setExecutor(pool);
        server.createContext("/0.1/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long count(String beginning) {
        return calls.stream().filter(call -> call.startsWith(beginning)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/0.1".length());
        calls.add(exchange.getRequestMethod() + " " + path);
        try (exchange) {
            switch (mood) {
                case HANGING -> await();
                case STUCK_IN_THE_BODY -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await();
                }
                case FAILING -> reply(exchange, 500, "{}");
                case TALKING_NONSENSE -> reply(exchange, 200, "<html>all-secret");
                case WITHOUT_KEYS -> reply(exchange, 200, "{\"data\":{\"metadata\":[]},\"items\":[{\"uuid\":7}]}");
                case CUTTING_OFF -> {}
                default -> {
                    pause();
                    route(exchange, path);
                }
            }
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            Thread.sleep(delayMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void route(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/tenants")) {
            list(exchange);
        } else if (path.equals("/token")) {
            login(exchange);
        } else {
            Holder holder = tokens.get(path.substring("/token/".length()));
            if (holder == null) {
                reply(exchange, 404, "{\"reason\":[\"No such token\"]}");
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                reply(exchange, check(exchange, holder), "");
            } else {
                reply(exchange, 200, data("all", holder.tenant));
            }
        }
    }

    private static String data(String token, String tenant) {
        return "{\"data\":{\"token\":\"" + token + "\",\"auth_id\":\"someone\",\"metadata\":{\"uuid\":\"some user\\n\","
                + "\"tenant_uuid\":" + (tenant == null ? null : "\"" + tenant + "\"") + "}}}";
    }

    private int check(HttpExchange exchange, Holder holder) {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String scope = query.get("scope");
        if (scope != null && !holder.access.isEmpty() && !holder.access.contains(scope)) {
            return 403;
        }
        String tenant = query.get("tenant");
        return tenant == null || holder.tenant == null || below(holder.tenant).contains(tenant) ? 204 : 403;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Set<String> below(String tenant) {
        Set<String> found = new TreeSet<>();
        for (String id : tenants.keySet()) {
            String at = id;
            while (!at.equals(tenant)
                    && tenants.containsKey(at)
                    && !tenants.get(at).equals(at)) {
                at = tenants.get(at);
            }
            if (at.equals(tenant)) {
                found.add(id);
            }
        }
        return found;
    }

    private void list(HttpExchange exchange) throws IOException {
        Holder holder = tokens.get(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
        String tenant = exchange.getRequestHeaders().getFirst("Wazo-Tenant");
        if (holder == null || !holder.lists) {
            reply(exchange, 401, "{\"message\":\"Unauthorized\"}");
            return;
        }
        String items = listsNothing
                ? ""
                : below(tenant).stream()
                        .map(id -> "{\"uuid\":\"" + id + "\",\"name\":\"name of " + id + "\",\"parent_uuid\":\""
                                + tenants.get(id) + "\"}")
                        .collect(Collectors.joining(","));
        reply(exchange, 200, "{\"items\":[" + items + "],\"total\":1,\"filtered\":1}");
    }

    private void login(HttpExchange exchange) throws IOException {
        String account = "Basic " + Base64.getEncoder().encodeToString("provd:pä:ss".getBytes(StandardCharsets.UTF_8));
        if (!account.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "{}");
            return;
        }
        String token;
        synchronized (this) {
            token = "service-" + ++logins;
        }
        tokens.put(token, new Holder(ROOT, Set.of(), true));
        reply(exchange, 200, data(token, ROOT));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = status == 204 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless || bytes.length == 0 ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Answers nobody any more. */
    void stop() {
        closed.countDown();
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
        pool.shutdownNow();
    }
}
