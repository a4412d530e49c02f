// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants as administration sees and changes them. */
@Component
public final class Tenants implements TenantService {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~$-]{8,256}");
    private static final int MAX_NAME = 200;

    private final Lifecycle lifecycle;
    private final Ledger ledger;

    @Activate
    public Tenants(@Reference Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
    }

    @Override
    public Collection<Tenant> all() {
        return ledger.tenants().all();
    }

    @Override
    public Optional<Tenant> get(String id) {
        return Optional.ofNullable(ledger.tenants().get(id));
    }

    @Override
    public Optional<Tenant> find(String idOrName) {
        Tenant byId = ledger.tenants().get(idOrName);
        if (byId != null) {
            return Optional.of(byId);
        }
        List<Tenant> named = ledger.tenants().all().stream()
                .filter(tenant -> tenant.name().equals(idOrName))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    @Override
    public Tenant master() {
        return ledger.tenants().master();
    }

    @Override
    public Optional<Tenant> findByKey(String provisioningKey) {
        return Optional.ofNullable(provisioningKey).map(ledger.tenants()::byKey);
    }

    @Override
    public Tenant create(String actor, String id, String name, String parent) throws RefusedException {
        String ownId = id == null ? Secrets.uuid() : id.toLowerCase(Locale.ROOT);
        if (!UUID.matcher(ownId).matches()) {
            throw new RefusedException(Reason.INVALID, "a tenant's id must be a UUID");
        }
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw new RefusedException(Reason.INVALID, "a tenant's name must have 1 to " + MAX_NAME + " characters");
        }
        if (ledger.tenants().get(ownId) != null) {
            throw new RefusedException(Reason.CONFLICT, "a tenant with the id " + ownId + " exists");
        }
        String above = parent == null ? master().id() : parent;
        if (ledger.tenants().get(above) == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no tenant " + above);
        }
        Batch batch = ledger.batch(actor);
        Tenant stored = batch.put(new Tenant(ownId, 0, name, above, null), "create", name);
        ledger.commit(batch);
        return stored;
    }

    @Override
    public Tenant setProvisioningKey(String actor, String id, String key) throws RefusedException {
        Tenant tenant = ledger.tenants().get(id);
        if (tenant == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no tenant " + id);
        }
        if (key != null && !KEY.matcher(key).matches()) {
            throw new RefusedException(
                    Reason.INVALID, "a provisioning key must have 8 to 256 letters, digits, or characters of - _ . ~");
        }
        if (key != null && key.chars().allMatch(c -> c == '.')) {
            throw new RefusedException(Reason.INVALID, "a provisioning key must not be dots alone");
        }
        Tenant holder = key == null ? null : ledger.tenants().byKey(key);
        if (holder != null && !holder.id().equals(id)) {
            throw new RefusedException(Reason.CONFLICT, "another tenant has this provisioning key");
        }
        Batch batch = ledger.batch(actor);
        Tenant stored = batch.put(
                new Tenant(id, tenant.revision(), tenant.name(), tenant.parent(), key), "update", "provisioning_key");
        ledger.commit(batch);
        lifecycle.reconfigure(
                actor,
                ledger.devices().all().stream()
                        .map(entry -> entry.device())
                        .filter(device -> id.equals(device.tenant()))
                        .map(device -> device.id())
                        .toList());
        return stored;
    }
}
