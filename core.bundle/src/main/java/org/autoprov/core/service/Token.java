// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A built-in token as administration sees it: all but its text, which only its maker has seen.
 *
 * @param id by which it is revoked; not a secret
 * @param tenant its own tenant, a UUID
 * @param access patterns of what it may do; {@link TokenService} says how they are written
 * @param created when its text was made
 * @param expires when it ends; null: never
 * @param description for people; empty when there is none
 */
public record Token(
        String id, String tenant, List<String> access, Instant created, Instant expires, String description) {

    public Token {
        Objects.requireNonNull(id);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(created);
        Objects.requireNonNull(description);
        access = List.copyOf(access);
    }

    /** Whether it is of no use any more at this moment. */
    public boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
