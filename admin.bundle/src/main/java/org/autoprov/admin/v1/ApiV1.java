// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.admin.Json;
import org.autoprov.admin.PathTable;
import org.autoprov.admin.bulk.CsvBulk;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API 1: lines, codes and what administrators do with devices. Each call passes the same checks in the same order: is
 * there such a path and method, may the caller, is the body what it must be; only then what it means.
 */
final class ApiV1 implements Api {

    private static final Logger LOG = LoggerFactory.getLogger(ApiV1.class);

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String HEADERS =
            "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID,"
                    + " Origin, Wazo-Tenant, X-Auth-Token";

    private final PathTable<Route> table;
    private final Supplier<IdentityService> identity;
    private final EventFeed events;
    private final Idempotency idempotency;
    private final List<Runnable> closers = new ArrayList<>();

    /** Has a feed of its own, which ends with it. @param identity gives null while there is none */
    ApiV1(Services services, Supplier<IdentityService> identity, Clock clock) {
        this(services, identity, clock, feed(services, clock));
        closers.add(events::close);
    }

    /** @param events goes on when this is closed */
    ApiV1(Services services, Supplier<IdentityService> identity, Clock clock, EventFeed events) {
        this.identity = identity;
        this.events = events;
        this.idempotency = new Idempotency(clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new DeviceResources(services).routes());
        CodeAttempts attempts = new CodeAttempts(clock);
        routes.addAll(new LineResources(services).routes());
        routes.addAll(new PositionResources(services, attempts).routes());
        routes.addAll(new AssociationResources(services, attempts).routes());
        routes.addAll(new TenantResources(services).routes());
        routes.addAll(new TokenResources(services.tokens()).routes());
        routes.addAll(new OperationResources(services.operations(), services.tenants()).routes());
        routes.addAll(new IndexResources(this::routes).routes());
        routes.addAll(new ProblemResources().routes());
        routes.addAll(new EventResources(events).routes());
        routes.addAll(new FileResources(services).routes());
        routes.addAll(new UsageResources(services).routes());
        routes.addAll(
                new BulkResources(new CsvBulk(services.devices(), services.lines(), services.tenants())).routes());
        routes.addAll(new AuditResources(services).routes());
        routes.addAll(new PluginResources(services).routes());
        routes.addAll(new PackageResources(services).routes());
        table = new PathTable<>(routes);
    }

    private static EventFeed feed(Services services, Clock clock) {
        return new EventFeed(
                EventSettings.usual(100, false),
                services.devices(),
                services.lines(),
                services.tenants(),
                services.operations(),
                services.requests(),
                services.changes(),
                clock);
    }

    /** All that is served. */
    List<Route> routes() {
        return table.routes();
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        return told(request)
                .with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", HEADERS)
                .with("Access-Control-Expose-Headers", "Location, ETag, Link, Retry-After, Idempotency-Replayed");
    }

    private ApiReply told(ApiRequest request) {
        if (request.method().equals("OPTIONS")) {
            return ApiReply.empty(204);
        }
        try {
            Optional<PathTable.Match<Route>> match = table.find(request.path());
            if (match.isEmpty()) {
                throw new Problem(Problem.Type.NOT_FOUND, "there is no such path");
            }
            String method = request.method().equals("HEAD") ? "GET" : request.method();
            Route route = match.get().methods().get(method);
            if (route == null) {
                String allowed = match.get().allowed();
                return new Problem(Problem.Type.METHOD_NOT_ALLOWED, "possible here: " + allowed)
                        .reply()
                        .with("Allow", allowed);
            }
            return answer(route, match.get().raw(), request);
        } catch (Problem e) {
            return e.reply();
        } catch (RefusedException e) {
            return Problem.of(e).reply();
        } catch (RuntimeException e) {
            LOG.error("{} failed, it got the status 500", request.method(), e);
            return new Problem(Problem.Type.INTERNAL, "the log of the server says more").reply();
        }
    }

    private ApiReply answer(Route route, Map<String, String> raw, ApiRequest request) throws Problem, RefusedException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<String, String> piece : raw.entrySet()) {
            variables.put(piece.getKey(), PathPiece.decode(piece.getValue()));
        }
        String token = token(request);
        String tenant = request.header("Wazo-Tenant");
        Caller caller = route.access() == null ? null : authorize(token, tenant, access(route, variables));
        Map<String, Object> body = route.body() == Route.Body.JSON ? json(request) : Map.of();
        byte[] bytes = route.body() == Route.Body.CSV ? csv(request) : null;
        Exchange exchange = new Exchange(caller, variables, request, body, bytes, access -> may(token, tenant, access));
        return route.method().equals("POST") && route.body() != Route.Body.FILE && caller != null
                ? idempotency.once(exchange, () -> route.handler().handle(exchange))
                : route.handler().handle(exchange);
    }

    private static String access(Route route, Map<String, String> variables) {
        String access = route.access();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String id = variable.getValue().replaceAll("[.{*#]", "_");
            access = access.replace('{' + variable.getKey() + '}', id);
        }
        return access;
    }

    /** What the caller showed, in either of the two usual places; null when nothing. */
    private static String token(ApiRequest request) {
        String token = request.header("X-Auth-Token");
        String bearer = request.header("Authorization");
        if (token == null && bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return bearer.substring(7).strip();
        }
        return token;
    }

    private Caller authorize(String token, String tenant, String access) throws Problem {
        try {
            return identity().authorize(token, tenant, access);
        } catch (AccessException e) {
            if (e.reason() == AccessException.Reason.UNAVAILABLE) {
                throw new Problem(Problem.Type.UNAVAILABLE, "the identity service cannot be reached");
            }
            if (may(token, null, null)) {
                throw new Problem(Problem.Type.FORBIDDEN, "this token may not do this here: it takes " + access);
            }
            throw new Problem(
                    Problem.Type.UNAUTHORIZED, "a valid token is needed, in X-Auth-Token or as Authorization: Bearer");
        }
    }

    private boolean may(String token, String tenant, String access) {
        try {
            identity().authorize(token, tenant, access);
            return true;
        } catch (AccessException e) {
            return false;
        }
    }

    private IdentityService identity() throws AccessException {
        IdentityService now = identity.get();
        if (now == null) {
            throw new AccessException(AccessException.Reason.UNAVAILABLE, "there is no identity service");
        }
        return now;
    }

    private static Map<String, Object> json(ApiRequest request) throws Problem {
        byte[] bytes = read(request);
        if (bytes.length == 0) {
            return Map.of();
        }
        requireType(request, "application/json", "application/merge-patch+json");
        try {
            if (Json.read(bytes) instanceof Map<?, ?> map) {
                Map<String, Object> object = new LinkedHashMap<>();
                map.forEach((name, value) -> object.put((String) name, value));
                return object;
            }
        } catch (Json.InvalidJsonException e) {
            throw new Problem(Problem.Type.BAD_REQUEST, "the body is not JSON: " + e.getMessage());
        }
        throw new Problem(Problem.Type.INVALID, "the body must be an object");
    }

    private static byte[] csv(ApiRequest request) throws Problem {
        requireType(request, "text/csv");
        byte[] bytes = read(request);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new Problem(Problem.Type.BAD_REQUEST, "the file is not UTF-8");
        }
        return bytes;
    }

    /** A parameter such as {@code charset=utf-8} may follow the type. */
    private static void requireType(ApiRequest request, String... types) throws Problem {
        String sent = request.header("Content-Type");
        String type = sent == null ? "" : sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!List.of(types).contains(type)) {
            throw new Problem(
                    Problem.Type.UNSUPPORTED_MEDIA_TYPE, "the Content-Type must be " + String.join(" or ", types));
        }
    }

    private static byte[] read(ApiRequest request) throws Problem {
        try {
            return request.body().read();
        } catch (ApiRequest.BodyTooLargeException e) {
            throw new Problem(Problem.Type.TOO_LARGE, e.getMessage());
        } catch (IOException e) {
            LOG.debug("A body broke off", e);
            throw new Problem(Problem.Type.BAD_REQUEST, "the body did not arrive whole");
        }
    }

    @Override
    public void close() {
        events.endStreams();
        closers.forEach(Runnable::run);
    }
}
