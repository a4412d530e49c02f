// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.Token;
import org.autoprov.core.service.TokenService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Built-in tokens for the administrators' API. */
@Component(service = CommandGroup.class)
public final class TokenCommands implements CommandGroup {

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

    private final TokenService tokens;
    private final Finder finder;

    @Activate
    public TokenCommands(@Reference TokenService tokens, @Reference Finder finder) {
        this.tokens = tokens;
        this.finder = finder;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("tokens", "lists the tokens for the API", "", "Their text is not kept.", this::list),
                new Command(
                        "token",
                        "adds or revokes a token for the API",
                        "add [--tenant TENANT] [--access PATTERNS] [--expires SPAN] [DESCRIPTION...]\nrevoke TOKEN",
                        "A new token is shown once. Without a tenant it is the master's, without a span it does not expire.\n"
                                + "PATTERNS, with commas between and in quotes: 'provd.dev_mgr.#,provd.*.read';\n"
                                + "* is one piece, # one or more. Without them it may do everything.\n"
                                + "SPAN is 90m, 12h or 30d. TOKEN is an id or its beginning.\n"
                                + "While auth.url is set, only the tokens of that identity service count.",
                        this::token));
    }

    private void list(Arguments arguments, Screen screen) throws InterruptedException {
        Instant now = Instant.now();
        Table table = new Table("TOKEN", "TENANT", "ACCESS", "MADE", "ENDS", "DESCRIPTION");
        List<Token> all = tokens.all().stream()
                .sorted(Comparator.comparing(Token::created))
                .toList();
        for (Token token : all) {
            table.row(
                    token.id(),
                    finder.tenantName(token.tenant()),
                    String.join(",", token.access()),
                    token.created().truncatedTo(ChronoUnit.SECONDS),
                    ends(token, now),
                    token.description());
        }
        table.print(screen, "no token");
    }

    private static String ends(Token token, Instant now) {
        if (token.expires() == null) {
            return "never";
        }
        return token.isExpired(now)
                ? "expired"
                : "in " + Text.span(Duration.between(now, token.expires()).toMillis());
    }

    private void token(Arguments arguments, Screen screen) throws Exception {
        if (arguments.verb().equals("revoke")) {
            Token token = find(arguments.get(0));
            tokens.revoke(GogoSession.ACTOR, token.id());
            screen.line("revoked token " + token.id());
            return;
        }
        String tenant = arguments.option("--tenant");
        String access = arguments.option("--access");
        TokenService.Issued issued = tokens.create(
                GogoSession.ACTOR,
                tenant == null ? null : finder.tenant(tenant).id(),
                access == null
                        ? List.of("#")
                        : Arrays.stream(access.split(",")).map(String::strip).toList(),
                expires(arguments.option("--expires")),
                arguments.rest(0));
        Token token = issued.token();
        screen.line("added token " + token.id() + " of " + finder.tenantName(token.tenant()) + ", which ends "
                + ends(token, Instant.now()) + "; it is shown only now:");
        screen.line(issued.text());
    }

    private static Instant expires(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new UsageException("token: --expires is 90m, 12h or 30d, not " + Text.safe(text));
        }
        ChronoUnit unit = switch (span.group(2)) {
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Long.parseLong(span.group(1)), unit);
    }

    /** By id, or the beginning of one. */
    private Token find(String name) throws RefusedException {
        Collection<Token> all = tokens.all();
        List<Token> found = all.stream()
                .filter(token -> token.id().equals(name))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> all.stream()
                        .filter(token -> !name.isEmpty() && token.id().startsWith(name))
                        .limit(2)
                        .toList());
        if (found.size() != 1) {
            throw new RefusedException(
                    Reason.NOT_FOUND,
                    found.isEmpty() ? "there is no token " + name : "more than one token begins with " + name);
        }
        return found.get(0);
    }
}
