// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.Token;
import org.autoprov.core.service.TokenService;

/** Built-in tokens of the caller's tenants. Whoever makes one passes on no more than it has itself. */
final class TokenResources {

    static final String COLLECTION = "/1/tokens";
    private static final String ONE = COLLECTION + "/{token}";
    private static final String ACCESS = "provd.v1.tokens";

    private static final int MOST_PATTERNS = 100;
    private static final int LONGEST_PATTERN = 256;

    /** What the built-in identity calls the callers that it lets in. */
    private static final Pattern ACTOR = Pattern.compile("token (\\S+)( .*)?");

    private final TokenService tokens;

    TokenResources(TokenService tokens) {
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, ACCESS + ".read", this::list),
                Route.post(COLLECTION, ACCESS + ".create", this::create),
                Route.get(ONE, ACCESS + ".{token}.read", this::get),
                Route.delete(ONE, ACCESS + ".{token}.delete", this::revoke));
    }

    private ApiReply list(Exchange exchange) throws Problem {
        List<Token> seen = tokens.all().stream()
                .filter(token -> exchange.reaches(token.tenant()))
                .sorted(Comparator.comparing(Token::id))
                .toList();
        return Answers.page(exchange, seen, Token::id, TokenResources::write);
    }

    private Token token(Exchange exchange) throws Problem {
        return tokens.get(exchange.variable("token"))
                .filter(token -> exchange.reaches(token.tenant()))
                .orElseThrow(() -> Problem.notFound("token"));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        return Answers.json(write(token(exchange)));
    }

    private static Map<String, Object> write(Token token) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", token.id());
        view.put("tenant", token.tenant());
        view.put("access", token.access());
        view.put("created", Answers.time(token.created()));
        view.put("expires", Answers.time(token.expires()));
        view.put("description", token.description());
        return view;
    }

    /**
     * Body: {@code tenant}, by default the caller's; {@code access}, patterns; {@code expires}, RFC 3339, by default when the
     * calling token does; {@code description}. The answer alone has its {@code text}.
     *
     * @throws Problem FORBIDDEN for access that the calling token does not have, INVALID for a longer life than it has,
     *     CONFLICT while an identity service has the say, since built-in tokens open nothing then
     */
    private ApiReply create(Exchange exchange) throws Problem, RefusedException {
        Fields fields = new Fields(exchange.body());
        String tenant = fields.text("tenant");
        List<String> access = fields.texts("access");
        Instant expires = time(fields, "expires");
        String description = fields.text("description");
        if (exchange.body().get("access") == null) {
            fields.fault("access", "access is needed");
        } else if (access != null
                && (access.size() > MOST_PATTERNS || access.stream().anyMatch(one -> one.length() > LONGEST_PATTERN))) {
            fields.fault(
                    "access",
                    "access must have at most " + MOST_PATTERNS + " patterns of at most " + LONGEST_PATTERN
                            + " characters");
        }
        if (tenant != null && !exchange.reaches(tenant)) {
            fields.fault("tenant", "there is no such tenant");
        }
        fields.end();
        Token own = calling(exchange)
                .orElseThrow(() -> new Problem(
                        Problem.Type.CONFLICT,
                        "built-in tokens do not count while auth.url names an identity service"));
        if (own.expires() != null && expires != null && expires.isAfter(own.expires())) {
            throw Problem.invalid("/expires", "it must not outlive the calling token, which ends " + own.expires());
        }
        for (String pattern : access) {
            if (!Coverage.covers(exchange.may(), pattern)) {
                throw new Problem(Problem.Type.FORBIDDEN, "this token cannot pass on an access that it does not have");
            }
        }
        TokenService.Issued issued = tokens.create(
                exchange.actor(),
                tenant == null ? exchange.caller().tenant() : tenant,
                access,
                expires == null ? own.expires() : expires,
                description);
        Map<String, Object> answer = write(issued.token());
        answer.put("text", issued.text());
        return ApiReply.of(201, Answers.JSON, Json.write(answer))
                .with("Cache-Control", "no-store")
                .with(
                        "Location",
                        COLLECTION + '/' + Answers.encode(issued.token().id()));
    }

    /** The token that makes the call; empty when it is none of ours. */
    private Optional<Token> calling(Exchange exchange) {
        Matcher actor = ACTOR.matcher(exchange.actor());
        return actor.matches() ? tokens.get(actor.group(1)) : Optional.empty();
    }

    private static Instant time(Fields fields, String name) {
        String text = fields.text(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            fields.fault(name, name + " must be a time as RFC 3339 has it, such as 2030-01-31T00:00:00Z");
            return null;
        }
    }

    /** Ends it at once; also the calling token itself. */
    private ApiReply revoke(Exchange exchange) throws Problem, RefusedException {
        tokens.revoke(exchange.actor(), token(exchange).id());
        return Answers.done();
    }
}
