// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Set;

/**
 * The tenants that get to know of an event, by id.
 *
 * @param tenants whom it concerns, and those above them
 * @param whole those of them who get all of it
 */
record Audience(Set<String> tenants, Set<String> whole) {

    Audience {
        tenants = Set.copyOf(tenants);
        whole = Set.copyOf(whole);
    }

    Audience(Set<String> tenants) {
        this(tenants, tenants);
    }

    boolean has(String tenant) {
        return tenants.contains(tenant);
    }

    boolean seesWhole(String tenant) {
        return whole.contains(tenant);
    }
}
