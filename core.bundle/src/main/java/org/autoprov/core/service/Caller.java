// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Set;

/**
 * Who calls an administrators' API, once it is known that they may.
 *
 * @param actor for the audit log; says whose token it was, never the token itself
 * @param tenant the tenant on whose behalf the call is made, a UUID
 * @param tenants that tenant and all below it
 */
public record Caller(String actor, String tenant, Set<String> tenants) {

    public Caller {
        tenants = Set.copyOf(tenants);
    }
}
