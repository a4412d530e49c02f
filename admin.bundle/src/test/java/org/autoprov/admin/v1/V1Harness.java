// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.admin.Json;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.access.AdminToken;
import org.autoprov.core.internal.access.BuiltInIdentity;
import org.autoprov.core.internal.access.MirroredTenants;
import org.autoprov.core.internal.access.Tokens;
import org.autoprov.core.internal.server.Audit;
import org.autoprov.core.internal.server.Changes;
import org.autoprov.core.internal.server.Operations;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.Synchronizer;

/**
 * The API 1 over core itself and a store in memory, without a socket. Tenants: the master, {@code east} and {@code west}
 * below it, {@code east1} below {@code east}; each has a token that may do all.
 */
final class V1Harness implements AutoCloseable {

    final CoreHarness core;
    final Tokens tokens;
    final Operations operations = new Operations();
    final ApiV1 api;
    final String east;
    final String east1;
    final String west;
    volatile Synchronizer synchronizer = Synchronizer.NONE;
    /** Set by tests that need them. */
    volatile PackageService packages;

    volatile PluginRepository repository;

    private final Map<String, String> tokenOf = new LinkedHashMap<>();

    V1Harness(Path folder, PluginService plugins, Object... settings) throws RefusedException {
        core = CoreHarness.in(folder, settings);
        tokens = new Tokens(core.ledger);
        BuiltInIdentity identity =
                new BuiltInIdentity(core.ledger, tokens, new AdminToken(core.framework.context(), tokens), Map.of());
        east = core.tenant("east");
        west = core.tenant("west");
        east1 = core.tenants.create("test", null, "east1", east).id();
        Services services = new Services(
                core.devices,
                core.configs,
                core.lines,
                core.tenants,
                new MirroredTenants(core.ledger, tokens, core.devices, core.lines),
                tokens,
                plugins,
                () -> repository,
                operations,
                new Audit(core.store),
                core.monitor,
                new Changes(core.ledger),
                () -> packages,
                () -> synchronizer);
        api = new ApiV1(services, () -> identity, Clock.systemUTC());
    }

    V1Harness(Path folder) throws RefusedException {
        this(folder, null);
    }

    /** A token of the tenant that may do all. */
    String token(String tenant) throws RefusedException {
        String known = tokenOf.get(tenant);
        if (known == null) {
            known = token(tenant, "#");
            tokenOf.put(tenant, known);
        }
        return known;
    }

    /** A new token of the tenant with these access patterns. */
    String token(String tenant, String... access) throws RefusedException {
        return tokens.create("test", tenant, List.of(access), null, null).text();
    }

    /** A call on behalf of a tenant, with a JSON body unless it is null. */
    Answer call(String tenant, String method, String path, Object body, String... headers) throws RefusedException {
        return callWith(token(tenant), method, path, body, headers);
    }

    /**
     * A call.
     *
     * @param token null for none
     * @param body null for none; a byte array is sent as it is
     * @param headers names and values in turn
     */
    Answer callWith(String token, String method, String path, Object body, String... headers) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (token != null) {
            fields.put("X-Auth-Token", token);
        }
        byte[] bytes = body instanceof byte[] raw
                ? raw
                : body == null ? new byte[0] : Json.write(body).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            fields.put("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        Asked asked = new Asked(ApiRequest.parameters(query < 0 ? null : path.substring(query + 1)));
        ApiReply reply = api.answer(new ApiRequest(method, plain, asked, fields::get, () -> bytes));
        ApiDocument.IT.check(method, plain, asked.names, fields.get("Content-Type"), bytes, reply);
        return new Answer(reply);
    }

    /** The parameters of a query, which remember what they were asked for. */
    private static final class Asked extends AbstractMap<String, String> {

        final Set<String> names = ConcurrentHashMap.newKeySet();
        private final Map<String, String> parameters;

        Asked(Map<String, String> parameters) {
            this.parameters = parameters;
        }

        @Override
        public String get(Object name) {
            names.add((String) name);
            return parameters.get(name);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return parameters.entrySet();
        }
    }

    /** What came back. */
    record Answer(ApiReply reply) {

        int status() {
            return reply.status();
        }

        String text() {
            return new String(reply.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return reply.headers().get(name);
        }

        /** The body as an object. */
        @SuppressWarnings("unchecked")
        Map<String, Object> json() {
            try {
                return (Map<String, Object>) Json.read(text());
            } catch (Json.InvalidJsonException e) {
                throw new AssertionError(status() + " " + text(), e);
            }
        }

        /** A part of the body by its keys and, in lists, by numbers: {@code positions.0.line}. */
        Object at(String path) {
            Object at = json();
            for (String key : path.split("\\.")) {
                at = at instanceof List<?> list ? list.get(Integer.parseInt(key)) : ((Map<?, ?>) at).get(key);
            }
            return at;
        }

        List<?> items() {
            return (List<?>) json().get("items");
        }
    }

    @Override
    public void close() {
        api.close();
        core.close();
    }
}
