// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;

/** A tree of tenants with a token of the same name for each: master above sub and other, below sub is deep. */
final class FakeIdentity implements IdentityService {

    static final String MASTER = "00000000-0000-4000-8000-000000000001";
    static final String SUB = "00000000-0000-4000-8000-000000000002";
    static final String DEEP = "00000000-0000-4000-8000-000000000003";
    static final String OTHER = "00000000-0000-4000-8000-000000000004";

    private static final Map<String, Set<String>> BELOW = Map.of(
            MASTER, Set.of(MASTER, SUB, DEEP, OTHER), SUB, Set.of(SUB, DEEP), DEEP, Set.of(DEEP), OTHER, Set.of(OTHER));
    private static final Map<String, String> TOKENS =
            Map.of("master", MASTER, "sub", SUB, "deep", DEEP, "other", OTHER, "limited", MASTER, "lacking", MASTER);

    /** These were tokens once. */
    private static final Set<String> GONE = Set.of("expired", "revoked");

    /** What was asked for, in order, with the tenant put in. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The only thing that the token {@code limited} may do. */
    volatile String limit = "provd.dev_mgr.devices.read";

    /** The only thing that the token {@code lacking} may not do. */
    volatile String lack = "";

    volatile boolean away;

    /** The tenant and all below it. */
    static Set<String> below(String tenant) {
        return BELOW.get(tenant);
    }

    @Override
    public Caller authorize(String token, String tenant, String access) throws AccessException {
        if (away) {
            throw new AccessException(AccessException.Reason.UNAVAILABLE, "away");
        }
        if (token != null && GONE.contains(token)) {
            throw new AccessException(AccessException.Reason.DENIED, "token " + token + " is " + token);
        }
        String own = token == null ? null : TOKENS.get(token);
        String on = tenant == null ? own : tenant;
        if (own == null || !BELOW.get(own).contains(on)) {
            throw new AccessException(AccessException.Reason.DENIED, "no");
        }
        String needed = access.replace("{tenant_uuid}", on);
        asked.add(needed);
        if ("limited".equals(token) && !needed.equals(limit) || "lacking".equals(token) && needed.equals(lack)) {
            throw new AccessException(AccessException.Reason.DENIED, "no");
        }
        return new Caller("token " + token, on, BELOW.get(on));
    }
}
