// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the tenants like those of an external identity service, where they come and go. Changes return when they are
 * durable. Thread-safe. {@code actor} is who asks, for the audit log.
 */
@ProviderType
public interface TenantMirror {

    /**
     * Makes this tenant the one above all others. What belonged to the former master tenant belongs to it from then on,
     * and the former is no more. Does nothing when it is the master already.
     *
     * @param id a UUID in lower case
     * @throws RefusedException INVALID, STALE when phones are too quick for it, UNAVAILABLE
     */
    void adoptMaster(String actor, String id) throws RefusedException;

    /**
     * Deletes a tenant with its devices, lines, tokens and provisioning key; tenants below it move to the one above. What
     * has been deleted stays so when it fails in the middle; asking again does the rest.
     *
     * @param id also of a tenant that is only named by devices or lines any more
     * @throws RefusedException CONFLICT for the master tenant, UNAVAILABLE
     */
    void delete(String actor, String id) throws RefusedException;
}
