// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.autoprov.admin.identity.WazoAuth.Listed;
import org.autoprov.admin.identity.WazoAuth.Owner;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.AccessException.Reason;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;

/**
 * Lets in whom the identity service lets in. Its answers are good for a short time, so a token that was revoked there may
 * work for up to {@link #GOOD} here. Thread-safe.
 */
final class RemoteIdentity implements IdentityService {

    static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    /** How long an answer that lets a caller in is good. */
    static final Duration GOOD = Duration.ofSeconds(30);
    /** How long one that does not is. */
    static final Duration BAD = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    /** Listings may be long. */
    private static final int MOST_LISTINGS = 1_000;

    private record Check(String token, String tenant, String access) {}

    private record Place(String token, String tenant) {}

    private final WazoAuth auth;
    private final KnownTenants known;
    private final AnswerCache<String, Optional<Owner>> owners;
    private final AnswerCache<Check, Boolean> checks;
    private final AnswerCache<Place, Set<String>> listings;

    RemoteIdentity(WazoAuth auth, KnownTenants known) {
        this(auth, known, GOOD, BAD);
    }

    RemoteIdentity(WazoAuth auth, KnownTenants known, Duration good, Duration bad) {
        this.auth = auth;
        this.known = known;
        this.owners = new AnswerCache<>(MOST, owner -> owner.isPresent() ? good : bad);
        this.checks = new AnswerCache<>(MOST, allowed -> allowed ? good : bad);
        this.listings = new AnswerCache<>(MOST_LISTINGS, listing -> good);
    }

    @Override
    public Caller authorize(String token, String tenant, String access) throws AccessException {
        if (token == null || !TOKEN.matcher(token).matches()) {
            throw denied("no token, or one that cannot be");
        }
        if (tenant != null && !WazoAuth.UUID.matcher(tenant).matches()) {
            throw denied("the call's tenant is no UUID");
        }
        try {
            return ask(token, tenant, access, Deadline.in(LIMIT));
        } catch (AwayException e) {
            throw new AccessException(Reason.UNAVAILABLE, e.getMessage());
        }
    }

    private Caller ask(String token, String tenant, String access, Deadline deadline)
            throws AccessException, AwayException {
        Owner owner = owners.get(token, deadline, () -> auth.owner(token, deadline))
                .orElseThrow(() -> denied("unknown token"));
        String wanted = tenant == null ? owner.tenant() : tenant;
        String actor = "user " + owner.name();
        if (wanted == null) {
            throw denied(actor + " has no tenant, and the call names none");
        }
        String exact = access == null ? null : access.replace("{tenant_uuid}", wanted);
        if (!checks.get(new Check(token, wanted, exact), deadline, () -> auth.allows(token, exact, wanted, deadline))) {
            throw denied(actor + " lacks " + exact + " or tenant " + wanted);
        }
        Set<String> below = listings.get(new Place(token, wanted), deadline, () -> below(token, wanted, deadline));
        return new Caller(actor, wanted, below);
    }

    /** The tenant itself and all below it; the tenant alone for a token that may not list. */
    private Set<String> below(String token, String tenant, Deadline deadline) throws AwayException {
        known.adoptMaster(deadline);
        List<Listed> listed = auth.tenants(token, tenant, deadline).orElse(List.of());
        Set<String> ids = new HashSet<>(Set.of(tenant));
        listed.forEach(one -> ids.add(one.id()));
        known.add(listed);
        known.add(List.of(new Listed(tenant, null, null)));
        return Set.copyOf(ids);
    }

    private static AccessException denied(String message) {
        return new AccessException(Reason.DENIED, message);
    }
}
