// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Collection;
import java.util.Optional;
import org.autoprov.core.device.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/** Tenants. Reads come from memory; changes return when they are durable. Thread-safe. */
@ProviderType
public interface TenantService {

    Collection<Tenant> all();

    Optional<Tenant> get(String id);

    /** The tenant with this id, or the only one with this name. */
    Optional<Tenant> find(String idOrName);

    /** The tenant above all others, which owns new devices. */
    Tenant master();

    /** The tenant with this provisioning key. */
    Optional<Tenant> findByKey(String provisioningKey);

    /**
     * Makes a tenant below another.
     *
     * @param id a UUID; null to make one
     * @param parent null for the master tenant
     * @throws RefusedException CONFLICT for a taken id, NOT_FOUND for the parent, INVALID, UNAVAILABLE
     */
    Tenant create(String actor, String id, String name, String parent) throws RefusedException;

    /**
     * Makes a tenant with its provisioning key and webhook, all or nothing.
     *
     * @param tenant its id is taken over, its revision is not looked at; a null parent means the master tenant
     * @throws RefusedException CONFLICT for a taken id or provisioning key, NOT_FOUND for the parent, INVALID, UNAVAILABLE
     */
    Tenant create(String actor, Tenant tenant) throws RefusedException;

    /**
     * Sets or takes away the provisioning key; the tenant's devices are configured anew where it is in their URLs.
     *
     * @param key letters, digits, {@code - _ . ~}, 8 to 256 of them (the reference allows from 1); null for none
     * @throws RefusedException NOT_FOUND, INVALID, CONFLICT when another tenant has it, UNAVAILABLE
     */
    Tenant setProvisioningKey(String actor, String id, String key) throws RefusedException;

    /**
     * Replaces a tenant's name, provisioning key and webhook; its devices are configured anew where the key is in their
     * URLs.
     *
     * @param tenant its revision must be the stored one, or 0 to replace whatever is stored; its parent is not looked at
     * @return as stored; the stored one itself when nothing differs
     * @throws RefusedException NOT_FOUND, STALE, INVALID, CONFLICT when another tenant has the key, UNAVAILABLE
     */
    Tenant update(String actor, Tenant tenant) throws RefusedException;
}
