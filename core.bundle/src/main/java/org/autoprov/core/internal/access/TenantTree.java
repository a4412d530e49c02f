// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.server.TenantDirectory;

/** Which tenants are below which. Reckoned once for each state of the directory, not for each call. Thread-safe. */
final class TenantTree {

    /** The tree as it is after so many changes. */
    private record State(long changes, Map<String, List<String>> children, Map<String, Set<String>> below) {}

    private final TenantDirectory tenants;
    private volatile State state = new State(-1, Map.of(), Map.of());

    TenantTree(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    /** A tenant and all below it; empty when it is unknown. */
    Set<String> from(String tenant) {
        State now = state;
        long changes = tenants.changes(); // read before the tenants: a later change is seen next time
        if (now.changes != changes) {
            now = new State(changes, children(tenants.all()), new ConcurrentHashMap<>());
            state = now;
        }
        if (tenants.get(tenant) == null) {
            return Set.of();
        }
        State tree = now;
        return tree.below.computeIfAbsent(tenant, id -> below(id, tree.children));
    }

    private static Map<String, List<String>> children(Collection<Tenant> all) {
        Map<String, List<String>> children = new HashMap<>();
        for (Tenant tenant : all) {
            if (tenant.parent() != null) {
                children.computeIfAbsent(tenant.parent(), parent -> new java.util.ArrayList<>())
                        .add(tenant.id());
            }
        }
        return children;
    }

    /** What was stored in a circle by mistake ends too. */
    private static Set<String> below(String tenant, Map<String, List<String>> children) {
        Set<String> found = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(tenant));
        while (!next.isEmpty()) {
            String id = next.pop();
            if (found.add(id)) {
                children.getOrDefault(id, List.of()).forEach(next::push);
            }
        }
        return Set.copyOf(found);
    }
}
