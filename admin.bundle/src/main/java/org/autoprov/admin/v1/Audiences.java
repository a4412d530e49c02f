// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.TenantService;

/** Finds out whose an event is, by the tenants as they are now. Thread-safe. */
final class Audiences {

    private final TenantService tenants;
    private final DeviceService devices;
    private final LineService lines;
    /** Also of tenants that were deleted just now: what is told of their end comes later. */
    private final Map<String, String> parents = new ConcurrentHashMap<>();

    Audiences(TenantService tenants, DeviceService devices, LineService lines) {
        this.tenants = tenants;
        this.devices = devices;
        this.lines = lines;
    }

    /** Remembers which tenant is below which. */
    void learn() {
        parents.clear();
        tenants.all().forEach(this::learn);
    }

    private void learn(Tenant tenant) {
        if (tenant.isMaster()) {
            parents.remove(tenant.id());
        } else {
            parents.put(tenant.id(), tenant.parent());
        }
    }

    /** For what concerns nobody in particular. */
    Audience master() {
        return new Audience(Set.of(tenants.master().id()));
    }

    /** For what concerns one tenant. @param tenant null for the whole server */
    Audience of(String tenant) {
        return tenant == null ? master() : new Audience(above(Set.of(tenant)));
    }

    /** For what concerns some tenants; for none of them, the master's. */
    Audience of(Set<String> concerned) {
        return concerned.isEmpty() ? master() : new Audience(above(concerned));
    }

    /** For a phone's request. @param id null when it is nobody's */
    Audience ofDevice(String id) {
        Device device = id == null ? null : devices.get(id).orElse(null);
        if (device == null) {
            return master();
        }
        Set<String> concerned = new HashSet<>();
        concerned.add(device.tenant());
        for (Line line : lines.ofDevice(id)) {
            concerned.add(line.tenant());
        }
        return of(concerned);
    }

    /** For a change of a device: only those who reach its owner see all of it. */
    Audience ofChange(String device, Set<String> concerned) {
        Audience all = of(concerned);
        return devices.get(device)
                .map(Device::tenant)
                .map(owner -> new Audience(all.tenants(), above(Set.of(owner))))
                .orElse(all);
    }

    /** The tenant is changed, or gone. */
    void changed(String tenant) {
        tenants.get(tenant).ifPresentOrElse(this::learn, () -> parents.remove(tenant));
    }

    private Set<String> above(Set<String> concerned) {
        Set<String> all = new HashSet<>();
        for (String one : concerned) {
            for (String at = one; at != null && all.add(at); ) {
                at = parent(at);
            }
        }
        return all;
    }

    private String parent(String id) {
        Tenant tenant = tenants.get(id).orElse(null);
        return tenant == null ? parents.get(id) : tenant.parent();
    }
}
