// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Built-in tokens of the administrators' API. They count while no identity service is set. Reads come from memory;
 * changes return when they are durable. Thread-safe. {@code actor} is who asks, for the audit log.
 *
 * <p>An access pattern is pieces with dots between, such as {@code provd.dev_mgr.devices.*.read}: {@code *} stands for
 * exactly one piece, {@code #} for one or more; each other piece for itself. A token may do what any of its patterns
 * matches.
 */
@ProviderType
public interface TokenService {

    /** The token that {@code secrets/admin-token} in the data folder holds. Each start makes it where it is missing. */
    String ADMIN = "admin";

    /** A new token, and its text, which nobody can ask for again. */
    record Issued(Token token, String text) {

        /** Without the text. */
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /**
     * Makes a token.
     *
     * @param tenant a tenant's UUID; null for the master tenant
     * @param access 1 to 100 patterns
     * @param expires later than now; null: never
     * @param description up to 200 characters; null or empty for none
     * @throws RefusedException NOT_FOUND for the tenant, INVALID, UNAVAILABLE
     */
    Issued create(String actor, String tenant, List<String> access, Instant expires, String description)
            throws RefusedException;

    /** All that are stored, expired ones too, in no order. */
    Collection<Token> all();

    Optional<Token> get(String id);

    /** Ends a token at once. @throws RefusedException NOT_FOUND, UNAVAILABLE */
    void revoke(String actor, String id) throws RefusedException;
}
