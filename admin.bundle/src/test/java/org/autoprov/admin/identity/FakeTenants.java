// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantMirror;
import org.autoprov.core.service.TenantService;

/** Core's tenants on a map. */
final class FakeTenants implements TenantService, TenantMirror {

    static final String FIRST_MASTER = "00000000-0000-4000-8000-000000000001";

    final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    final List<Device> devices = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();
    volatile boolean away;
    private volatile String master = FIRST_MASTER;

    FakeTenants() {
        tenants.put(master, new Tenant(master, 1, "master", null, null));
    }

    /** A service that knows these devices, and nothing else. */
    DeviceService deviceService() {
        return (DeviceService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeviceService.class}, (self, method, args) -> {
                    if (method.getName().equals("all")) {
                        return devices;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    @Override
    public Collection<Tenant> all() {
        return tenants.values();
    }

    @Override
    public Optional<Tenant> get(String id) {
        return Optional.ofNullable(tenants.get(id));
    }

    @Override
    public Optional<Tenant> find(String idOrName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Tenant master() {
        return tenants.get(master);
    }

    @Override
    public Optional<Tenant> findByKey(String provisioningKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Tenant create(String actor, Tenant tenant) throws RefusedException {
        return create(actor, tenant.id(), tenant.name(), tenant.parent());
    }

    @Override
    public Tenant create(String actor, String id, String name, String parent) throws RefusedException {
        check();
        String above = parent == null ? master : parent;
        if (!tenants.containsKey(above)) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no tenant " + above);
        }
        Tenant tenant = new Tenant(id, 1, name, above, null);
        if (tenants.putIfAbsent(id, tenant) != null) {
            throw new RefusedException(Reason.CONFLICT, "exists");
        }
        return tenant;
    }

    private void check() throws RefusedException {
        if (away) {
            throw new RefusedException(Reason.UNAVAILABLE, "the store is away");
        }
    }

    @Override
    public Tenant update(String actor, Tenant tenant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Tenant setProvisioningKey(String actor, String id, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void adoptMaster(String actor, String id) throws RefusedException {
        check();
        String former = master;
        tenants.put(id, new Tenant(id, 1, "master", null, null));
        master = id;
        if (!former.equals(id)) {
            tenants.remove(former);
        }
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        check();
        tenants.remove(id);
        deleted.add(id);
    }
}
