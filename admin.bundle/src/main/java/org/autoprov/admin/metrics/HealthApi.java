// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.admin.Json;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.HealthSource.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health/live} and {@code GET /health/ready}, for those who restart servers and those who send them phones.
 * Asks nothing that waits. Thread-safe.
 */
final class HealthApi implements Api {

    private static final Logger LOG = LoggerFactory.getLogger(HealthApi.class);

    /** What must be there, and somebody must say that it is. */
    private static final List<String> EXPECTED = List.of("api", "store");

    private final Supplier<? extends Collection<HealthSource>> sources;
    private final BooleanSupplier identity;

    /** @param identity whether somebody can tell who calls */
    HealthApi(Supplier<? extends Collection<HealthSource>> sources, BooleanSupplier identity) {
        this.sources = sources;
        this.identity = identity;
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        return switch (request.method()) {
            case "OPTIONS" -> ApiReply.empty(200);
            case "GET", "HEAD" -> probe(request.path());
            default -> ApiReply.text(405, "Method Not Allowed").with("Allow", "GET, HEAD, OPTIONS");
        };
    }

    private ApiReply probe(String path) {
        return switch (path) {
            case "/health/live" -> reply(200, Map.of("status", "ok"));
            case "/health/ready" -> ready();
            default -> ApiReply.text(404, "Not Found");
        };
    }

    private ApiReply ready() {
        Map<String, State> states = new TreeMap<>();
        for (HealthSource source : sources.get()) {
            try {
                states.putAll(source.health());
            } catch (RuntimeException e) {
                LOG.warn("A part cannot say how it is: {}", source.getClass().getName(), e);
            }
        }
        EXPECTED.forEach(name -> states.putIfAbsent(name, State.STARTING));
        states.put("identity", identity.getAsBoolean() ? State.OK : State.FAIL);
        boolean ready = states.values().stream().allMatch(state -> state == State.OK);
        Map<String, Object> components = new TreeMap<>();
        states.forEach((name, state) -> components.put(name, state.name().toLowerCase(Locale.ROOT)));
        Map<String, Object> json = new TreeMap<>();
        json.put("status", ready ? "ok" : "fail");
        json.put("components", components);
        return reply(ready ? 200 : 503, json);
    }

    private static ApiReply reply(int status, Map<String, Object> json) {
        return ApiReply.of(status, "application/json", Json.write(json)).with("Cache-Control", "no-store");
    }
}
