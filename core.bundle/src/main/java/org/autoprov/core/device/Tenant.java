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
 * @param webhook where its events are sent; null: nowhere
 */
public record Tenant(String id, long revision, String name, String parent, String provisioningKey, Webhook webhook) {

    public Tenant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }

    /** A tenant without a webhook. */
    public Tenant(String id, long revision, String name, String parent, String provisioningKey) {
        this(id, revision, name, parent, provisioningKey, null);
    }

    public Tenant withRevision(long value) {
        return new Tenant(id, value, name, parent, provisioningKey, webhook);
    }

    public Tenant withName(String value) {
        return new Tenant(id, revision, value, parent, provisioningKey, webhook);
    }

    public Tenant withProvisioningKey(String value) {
        return new Tenant(id, revision, name, parent, value, webhook);
    }

    public Tenant withWebhook(Webhook value) {
        return new Tenant(id, revision, name, parent, provisioningKey, value);
    }

    public Tenant below(String tenant) {
        return new Tenant(id, revision, name, tenant, provisioningKey, webhook);
    }

    public boolean isMaster() {
        return parent == null;
    }

    @Override
    public String toString() {
        return "tenant " + id + " " + name;
    }
}
