// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.AccessException.Reason;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets in who shows a built-in token. With {@code auth.url} set it lets nobody in: then the tokens of the identity service
 * count alone, also while the bundle that asks it is not there.
 */
@Component(configurationPid = CoreSettings.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class BuiltInIdentity implements IdentityService {

    /** Longer ones are not worth hashing. */
    private static final int MAX_TOKEN = 512;

    private final Tokens tokens;
    private final TenantTree tree;
    private final boolean replaced;

    /** @param admin here so that the administrator's token is in its file before the first call can come */
    @Activate
    @SuppressWarnings("unused")
    public BuiltInIdentity(
            @Reference Ledger ledger,
            @Reference Tokens tokens,
            @Reference AdminToken admin,
            Map<String, Object> settings) {
        this.tokens = tokens;
        this.tree = new TenantTree(ledger.tenants());
        this.replaced = settings.get("auth.url") instanceof String url && !url.isBlank();
    }

    @Override
    public Caller authorize(String token, String tenant, String access) throws AccessException {
        if (replaced) {
            throw new AccessException(Reason.UNAVAILABLE, "the identity service of auth.url is not asked yet");
        }
        if (token == null || token.isEmpty() || token.length() > MAX_TOKEN) {
            throw denied("no token");
        }
        StoredToken known = tokens.byText(token);
        if (known == null) {
            throw denied("unknown token");
        }
        String name = "token " + known.token().id();
        if (known.token().isExpired(Instant.now())) {
            throw denied(name + " has expired");
        }
        Set<String> own = tree.from(known.token().tenant());
        String wanted = tenant == null ? known.token().tenant() : tenant;
        if (!own.contains(wanted)) {
            throw denied(name + " does not belong to the call's tenant or one above it");
        }
        if (access != null) {
            String exact = access.replace("{tenant_uuid}", wanted);
            if (known.patterns().stream().noneMatch(pattern -> pattern.matches(exact))) {
                throw denied(name + " lacks " + exact);
            }
        }
        String actor = (name + " " + known.token().description()).strip();
        return new Caller(actor, wanted, tree.from(wanted));
    }

    private static AccessException denied(String message) {
        return new AccessException(Reason.DENIED, message);
    }
}
