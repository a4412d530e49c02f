// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;

/**
 * Who changed what, newest first: {@code GET /1/audit} with {@code id} of a document, {@code kind} ({@code device},
 * {@code line}, {@code tenant}, …) and {@code limit} (100; 1 to 10,000). Whoever reaches the master tenant sees all; others
 * name a device of theirs or its config, a line or a tenant, and get 404 for what they do not reach.
 */
final class AuditResources {

    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    private final Services services;

    AuditResources(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(Route.get("/1/audit", "provd.v1.audit.read", this::list));
    }

    private ApiReply list(Exchange exchange) throws Problem, RefusedException {
        int limit = exchange.number("limit", USUAL, 1, MOST);
        Kind kind = kind(exchange.query("kind"));
        String id = exchange.query("id");
        Set<Kind> kinds = kinds(exchange, id);
        if (kind != null) {
            kinds.retainAll(EnumSet.of(kind));
        }
        boolean all = kinds.size() == Kind.values().length;
        List<Object> entries = new ArrayList<>();
        for (AuditEntry entry : services.audit().newest(id, all ? limit : MOST)) {
            if (kinds.contains(entry.kind()) && entries.size() < limit) {
                entries.add(write(entry));
            }
        }
        return Answers.json(Map.of("items", entries));
    }

    private static Kind kind(String text) throws Problem {
        if (text == null) {
            return null;
        }
        for (Kind kind : Kind.values()) {
            if (word(kind).equals(text)) {
                return kind;
            }
        }
        throw new Problem(Problem.Type.BAD_REQUEST, "kind must be a kind of document, such as device or line");
    }

    /** Of which kinds the caller may see entries. Ids are unique within a kind only: another tenant can choose one. */
    private Set<Kind> kinds(Exchange exchange, String id) throws Problem {
        if (exchange.reaches(services.tenants().master().id())) {
            return EnumSet.allOf(Kind.class);
        }
        if (id == null) {
            throw new Problem(
                    Problem.Type.FORBIDDEN, "only the master tenant sees all changes; name a document of yours by id");
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        services.devices()
                .get(id)
                .filter(device -> Visibility.owns(exchange, device))
                .ifPresent(device -> kinds.add(Kind.DEVICE));
        services.lines()
                .get(id)
                .filter(line -> exchange.reaches(line.tenant()))
                .ifPresent(line -> kinds.add(Kind.LINE));
        if (exchange.reaches(id)) {
            kinds.add(Kind.TENANT);
        }
        if (isOwnConfig(exchange, id)) {
            kinds.add(Kind.CONFIG);
        }
        if (kinds.isEmpty()) {
            throw Problem.notFound("document");
        }
        return kinds;
    }

    /** A config that devices of the caller use, and nobody else's. */
    private boolean isOwnConfig(Exchange exchange, String id) {
        List<Device> users = services.devices().all().stream()
                .filter(device -> Objects.equals(device.config(), id))
                .toList();
        return !users.isEmpty() && users.stream().allMatch(device -> Visibility.owns(exchange, device));
    }

    private static Map<String, Object> write(AuditEntry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("time", Answers.time(entry.time()));
        view.put("actor", entry.actor());
        view.put("action", entry.action());
        view.put("kind", word(entry.kind()));
        view.put("id", entry.id());
        view.put("detail", entry.detail());
        return view;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
