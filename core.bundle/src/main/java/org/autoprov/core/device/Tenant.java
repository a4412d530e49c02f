// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.device;

import java.util.Objects;

/**
 * One customer of the server. Immutable.
 *
 * @param id a UUID, 8-4-4-4-12 lower-case hexadecimal digits
 * @param revision counts stored changes from 1; 0 means not stored
 * @param name for people
 * @param parent the id of the tenant above; null for the master tenant alone
 * @param provisioningKey the first path element of its phones' URL with {@code phones.http.auth = url_key}; null when it
 *     has none. A secret.
 */
public record Tenant(String id, long revision, String name, String parent, String provisioningKey) {

    public Tenant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }

    public boolean isMaster() {
        return parent == null;
    }

    @Override
    public String toString() {
        return "tenant " + id + " " + name;
    }
}
