// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Secrets;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.Token;
import org.autoprov.core.service.TokenService;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.StoredDocument;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in tokens, in memory by id and by hash. A token that comes in is hashed and looked up: how long that takes
 * says nothing about a stored one, since nobody can choose the hash of what he tries.
 */
@Component(service = {TokenService.class, Tokens.class})
public final class Tokens implements TokenService {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final int TOKEN_BYTES = 32;
    private static final int MAX_PATTERNS = 100;
    private static final int MAX_DESCRIPTION = 200;

    private final Ledger ledger;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, StoredToken> byId = new ConcurrentHashMap<>();
    private final Map<String, StoredToken> byHash = new ConcurrentHashMap<>();

    @Activate
    public Tokens(@Reference Ledger ledger) {
        this.ledger = ledger;
        ledger.readOther(Kind.TOKEN, this::read);
    }

    /** An unreadable token opens nothing, and is in nobody's way. */
    private void read(StoredDocument document) {
        try {
            put(StoredToken.read(document));
        } catch (IOException e) {
            LOG.error("TOKEN {} is unreadable and opens nothing: {}", document.id(), e.getMessage());
        }
    }

    private void put(StoredToken token) {
        StoredToken before = byId.put(token.token().id(), token);
        byHash.put(token.hash(), token);
        if (before != null && !before.hash().equals(token.hash())) {
            byHash.remove(before.hash());
        }
    }

    private void remove(StoredToken token) {
        byHash.remove(token.hash());
        byId.remove(token.token().id());
    }

    /** The token of this text; null when there is none. */
    StoredToken byText(String text) {
        return byHash.get(StoredToken.hash(text));
    }

    @Override
    public Issued create(String actor, String tenant, List<String> access, Instant expires, String description)
            throws RefusedException {
        String owner = tenant == null ? ledger.tenants().master().id() : tenant;
        if (ledger.tenants().get(owner) == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no tenant " + owner);
        }
        if (access == null || access.isEmpty() || access.size() > MAX_PATTERNS) {
            throw invalid("a token needs 1 to " + MAX_PATTERNS + " access patterns");
        }
        if (expires != null && !expires.isAfter(Instant.now())) {
            throw invalid("a token cannot expire in the past");
        }
        String about = description == null ? "" : description.strip();
        if (about.length() > MAX_DESCRIPTION || about.chars().anyMatch(Character::isISOControl)) {
            throw invalid("a token's description has at most " + MAX_DESCRIPTION + " characters, in one line");
        }
        return issue(actor, Secrets.id().substring(0, 12), 0, owner, access, expires, about);
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(Reason.INVALID, message);
    }

    /** Makes the administrator's token anew; the one before it is worthless from then on. */
    Issued issueAdmin() throws RefusedException {
        StoredToken before = byId.get(ADMIN);
        return issue(
                "server",
                ADMIN,
                before == null ? 0 : before.revision(),
                ledger.tenants().master().id(),
                List.of("#"),
                null,
                "secrets/admin-token");
    }

    private Issued issue(
            String actor, String id, long revision, String tenant, List<String> access, Instant expires, String about)
            throws RefusedException {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        StoredToken token;
        try {
            token = StoredToken.of(
                    new Token(id, tenant, access, now, expires, about), revision + 1, StoredToken.hash(text));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        }
        Batch batch = ledger.batch(actor);
        batch.put(Kind.TOKEN, id, revision, token.write(), revision == 0 ? "create" : "renew", () -> put(token));
        ledger.commit(batch);
        return new Issued(token.token(), text);
    }

    /** Gives all tokens of a tenant to another, which the batch's commit makes true. */
    void move(Batch batch, String from, String to) {
        for (StoredToken token : byId.values()) {
            if (token.token().tenant().equals(from)) {
                StoredToken moved = token.in(to);
                batch.put(Kind.TOKEN, token.token().id(), token.revision(), moved.write(), "move", () -> put(moved));
            }
        }
    }

    @Override
    public Collection<Token> all() {
        return byId.values().stream().map(StoredToken::token).toList();
    }

    @Override
    public Optional<Token> get(String id) {
        return Optional.ofNullable(id).map(byId::get).map(StoredToken::token);
    }

    @Override
    public void revoke(String actor, String id) throws RefusedException {
        StoredToken token = id == null ? null : byId.get(id);
        if (token == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no token " + id);
        }
        Batch batch = ledger.batch(actor);
        batch.delete(Kind.TOKEN, id, token.revision(), () -> remove(token));
        ledger.commit(batch);
    }
}
