// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.Token;
import org.autoprov.core.service.TokenService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandsTest {

    private static final String TEXT = "the-text-of-the-new-token";

    private final FakeShell shell = new FakeShell();
    private final List<Token> tokens = new ArrayList<>();

    private final TokenService service = new TokenService() {
        @Override
        public Issued create(String actor, String tenant, List<String> access, Instant expires, String description)
                throws RefusedException {
            if (access.contains("")) {
                throw new RefusedException(Reason.INVALID, "no pattern");
            }
            String owner = tenant == null ? FakeCore.MASTER : tenant;
            String about = description == null ? "" : description;
            Token token = new Token("c" + tokens.size(), owner, access, Instant.now(), expires, about);
            tokens.add(token);
            return new Issued(token, TEXT);
        }

        @Override
        public Collection<Token> all() {
            return tokens;
        }

        @Override
        public Optional<Token> get(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void revoke(String actor, String id) {
            tokens.removeIf(token -> token.id().equals(id));
        }
    };

    @BeforeEach
    void start() {
        shell.registry.addGroup(new TokenCommands(service, shell.finder));
        shell.completion.tokens = service;
        tokens.add(new Token("a1", FakeCore.MASTER, List.of("#"), Instant.EPOCH, null, "secrets/admin-token"));
        Instant over = Instant.EPOCH.plusSeconds(120);
        tokens.add(new Token("ab", FakeCore.ACME, List.of("a.*", "b.#"), Instant.EPOCH.plusSeconds(60), over, ""));
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void listsTokens() {
        assertThat(shell.out("tokens").lines().map(String::stripTrailing))
                .containsExactly(
                        "TOKEN  TENANT     ACCESS   MADE                  ENDS     DESCRIPTION",
                        "a1     master     #        1970-01-01T00:00:00Z  never    secrets/admin-token",
                        "ab     ACME Corp  a.*,b.#  1970-01-01T00:01:00Z  expired  -");
        tokens.clear();
        assertThat(shell.out("tokens")).isEqualTo("no token\n");
    }

    @Test
    void showsANewTokenOnce() {
        String out = shell.out(
                "token add --tenant 'ACME Corp' --access 'provd.*.read, provd.dev_mgr.#' --expires 30d the pump");
        assertThat(out).endsWith("it is shown only now:\n" + TEXT + "\n").contains("token c2 of ACME Corp");
        Token token = tokens.get(2);
        assertThat(token.tenant()).isEqualTo(FakeCore.ACME);
        assertThat(token.access()).containsExactly("provd.*.read", "provd.dev_mgr.#");
        assertThat(token.description()).isEqualTo("the pump");
        assertThat(Duration.between(Instant.now(), token.expires()))
                .isBetween(Duration.ofDays(30).minusMinutes(1), Duration.ofDays(30));
        assertThat(shell.out("tokens")).doesNotContain(TEXT).contains("the pump", "in 29d");
    }

    @Test
    void aPlainTokenIsTheMastersAndMayDoEverything() {
        assertThat(shell.out("token add")).contains("of master, which ends never");
        assertThat(tokens.get(2).access()).containsExactly("#");
        assertThat(tokens.get(2).expires()).isNull();
    }

    @Test
    void revokesByIdOrItsBeginning() {
        assertThat(shell.out("token revoke ab")).isEqualTo("revoked token ab\n");
        assertThat(shell.out("token revoke a")).isEqualTo("revoked token a1\n");
        assertThat(shell.run("token revoke a").err()).isEqualTo("autoprov: there is no token a\n");
    }

    @Test
    void refusesAnAmbiguousBeginning() {
        assertThat(shell.run("token revoke a").err()).isEqualTo("autoprov: more than one token begins with a\n");
        assertThat(tokens).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token add --expires soon",
                "token add --expires 0d",
                "token add --expires 999999d",
                "token add --tenant nobody",
                "token add --access a,,b",
                "token revoke",
                "token revoke ''",
            })
    void saysInOneLineWhatIsWrong(String line) {
        FakeShell.Result result = shell.run(line);
        assertThat(result.status()).isNotZero();
        assertThat(result.err()).endsWith("\n").hasLineCount(1);
        assertThat(tokens).hasSize(2);
    }

    @Test
    void completesTokensAndTenants() {
        assertThat(shell.complete("token ")).containsExactly("add", "revoke");
        assertThat(shell.complete("token revoke ")).containsExactly("a1", "ab");
        assertThat(shell.complete("token add --tenant m")).containsExactly("master");
    }
}
