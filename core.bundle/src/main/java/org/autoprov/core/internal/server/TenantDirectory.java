// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.device.Tenant;

/** All tenants, in memory, by id and provisioning key. Changed in the order of commits; read without a lock. */
public final class TenantDirectory {

    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    private final Map<String, String> byKey = new ConcurrentHashMap<>();
    private volatile Tenant master;
    private volatile long changes;

    public void put(Tenant tenant) {
        Tenant before = tenants.put(tenant.id(), tenant);
        if (tenant.provisioningKey() != null) {
            byKey.put(tenant.provisioningKey(), tenant.id());
        }
        if (before != null
                && before.provisioningKey() != null
                && !before.provisioningKey().equals(tenant.provisioningKey())) {
            byKey.remove(before.provisioningKey(), before.id());
        }
        if (tenant.isMaster()) {
            master = tenant;
        }
        changed();
    }

    public void remove(String id) {
        Tenant before = tenants.remove(id);
        if (before != null && before.provisioningKey() != null) {
            byKey.remove(before.provisioningKey(), id);
        }
        changed();
    }

    /** Changes come one after the other. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void changed() {
        changes++;
    }

    /** How often a tenant was put or removed: what was reckoned from the tenants holds while this stays. */
    public long changes() {
        return changes;
    }

    public Tenant get(String id) {
        return id == null ? null : tenants.get(id);
    }

    /** The tenant with this provisioning key; null when there is none. */
    public Tenant byKey(String key) {
        return get(byKey.get(key));
    }

    /** Null only before the first start has made it. */
    public Tenant master() {
        return master;
    }

    public Collection<Tenant> all() {
        return tenants.values();
    }
}
