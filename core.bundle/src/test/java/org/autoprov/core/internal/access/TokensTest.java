// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.Token;
import org.autoprov.core.service.TokenService;
import org.autoprov.core.service.TokenService.Issued;
import org.autoprov.core.store.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    private static final String READ = "provd.dev_mgr.devices.read";

    @TempDir
    Path folder;

    private CoreHarness core;
    private Tokens tokens;
    private IdentityService identity;
    private String one;
    private String below;
    private String two;

    @BeforeEach
    void start() throws RefusedException {
        core = CoreHarness.in(folder);
        restart();
        one = core.tenant("one");
        below = core.tenants.create("test", null, "below", one).id();
        two = core.tenant("two");
    }

    private void restart() {
        tokens = new Tokens(core.ledger);
        identity = identity(Map.of());
    }

    private IdentityService identity(Map<String, Object> settings) {
        return new BuiltInIdentity(core.ledger, tokens, new AdminToken(core.framework.context(), tokens), settings);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private String token(String tenant, String... access) throws RefusedException {
        return tokens.create("test", tenant, List.of(access), null, "").text();
    }

    private void denied(String token, String tenant, String access) {
        assertThatThrownBy(() -> identity.authorize(token, tenant, access))
                .isInstanceOf(AccessException.class)
                .satisfies(e -> assertThat(((AccessException) e).reason()).isEqualTo(AccessException.Reason.DENIED))
                .satisfies(e -> {
                    if (token != null && !token.isEmpty()) {
                        assertThat(e.getMessage()).doesNotContain(token);
                    }
                });
    }

    private static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).reason())
                .isEqualTo(reason);
    }

    private Path adminFile() {
        return folder.resolve("secrets").resolve("admin-token");
    }

    @Test
    void aTokenActsForItsTenantAndAllBelow() throws Exception {
        String text = token(one, "provd.#");
        assertThat(text).matches("[A-Za-z0-9_-]{43}");
        Caller own = identity.authorize(text, null, READ);
        assertThat(own.tenant()).isEqualTo(one);
        assertThat(own.tenants()).containsExactlyInAnyOrder(one, below);
        assertThat(own.actor()).startsWith("token ").doesNotContain(text);
        Caller lower = identity.authorize(text, below, READ);
        assertThat(lower.tenant()).isEqualTo(below);
        assertThat(lower.tenants()).containsExactly(below);
    }

    @Test
    void deniesWhatIsNotTheTokens() throws Exception {
        String text = token(one, "provd.dev_mgr.#");
        identity.authorize(text, null, READ);
        denied(text, two, READ);
        denied(text, core.master(), READ);
        denied(text, "00000000-0000-4000-8000-000000000000", READ);
        denied(text, "", READ);
        denied(text, null, "provd.cfg_mgr.read");
        denied(text + "x", null, READ);
        denied(text.substring(1), null, READ);
        denied("", null, READ);
        denied(null, null, null);
        denied("x".repeat(100_000), null, READ);
    }

    @Test
    void anyTokenWillDoWhereNoAccessIsAsked() throws Exception {
        assertThat(identity.authorize(token(two, "nothing"), null, null).tenant())
                .isEqualTo(two);
    }

    @Test
    void theCallsTenantIsPartOfTheAccess() throws Exception {
        String text = token(one, "provd.configure." + below + ".provisioning_key.read");
        String access = "provd.configure.{tenant_uuid}.provisioning_key.read";
        identity.authorize(text, below, access);
        denied(text, one, access);
    }

    @Test
    void aNewTenantIsSeenAtOnce() throws Exception {
        String text = token(one, "#");
        assertThat(identity.authorize(text, null, READ).tenants()).hasSize(2);
        String third = core.tenants.create("test", null, "third", below).id();
        assertThat(identity.authorize(text, null, READ).tenants()).contains(third);
        assertThat(identity.authorize(text, third, READ).tenant()).isEqualTo(third);
    }

    @Test
    void anExpiredTokenIsDenied() throws Exception {
        Issued issued = tokens.create("test", one, List.of("#"), Instant.now().plusMillis(150), "");
        identity.authorize(issued.text(), null, READ);
        Thread.sleep(200);
        denied(issued.text(), null, READ);
        assertThat(tokens.get(issued.token().id())).isPresent();
    }

    @Test
    void aRevokedTokenIsDeniedAtOnceAndAfterARestart() throws Exception {
        Issued issued = tokens.create("test", one, List.of("#"), null, "to go");
        identity.authorize(issued.text(), null, READ);
        tokens.revoke("test", issued.token().id());
        denied(issued.text(), null, READ);
        assertThat(tokens.get(issued.token().id())).isEmpty();
        restart();
        denied(issued.text(), null, READ);
        assertRefused(
                Reason.NOT_FOUND, () -> tokens.revoke("test", issued.token().id()));
    }

    @Test
    void aTokenOutlivesARestartAndItsTextIsNowhere() throws Exception {
        Instant expires = Instant.parse("2999-01-01T00:00:00Z");
        Issued issued = tokens.create("test", below, List.of("provd.#", "autoprov.*"), expires, " the pump ");
        restart();
        Token kept = tokens.get(issued.token().id()).orElseThrow();
        assertThat(kept).isEqualTo(issued.token());
        assertThat(kept.description()).isEqualTo("the pump");
        assertThat(identity.authorize(issued.text(), null, READ).actor()).endsWith(" the pump");
        String stored = core.store.document(Kind.TOKEN, issued.token().id()).json();
        assertThat(stored).doesNotContain(issued.text()).contains(StoredToken.hash(issued.text()));
        assertThat(core.store.allAudit().toString()).doesNotContain(issued.text());
        assertThat(issued.toString()).doesNotContain(issued.text());
    }

    @Test
    void refusesWhatMakesNoToken() {
        assertRefused(Reason.NOT_FOUND, () -> tokens.create("test", "nowhere", List.of("#"), null, ""));
        assertRefused(Reason.INVALID, () -> tokens.create("test", one, List.of(), null, ""));
        assertRefused(Reason.INVALID, () -> tokens.create("test", one, List.of("a b"), null, ""));
        assertRefused(Reason.INVALID, () -> tokens.create("test", one, Collections.nCopies(101, "a"), null, ""));
        assertRefused(Reason.INVALID, () -> tokens.create("test", one, List.of("#"), Instant.EPOCH, ""));
        assertRefused(Reason.INVALID, () -> tokens.create("test", one, List.of("#"), null, "x".repeat(201)));
        assertRefused(Reason.INVALID, () -> tokens.create("test", one, List.of("#"), null, "two\nlines"));
        core.store.away(true);
        assertRefused(Reason.UNAVAILABLE, () -> tokens.create("test", one, List.of("#"), null, ""));
        core.store.away(false);
    }

    @Test
    void anUnreadableTokenOpensNothing() {
        core.store.plant(
                Kind.TOKEN,
                "odd",
                "{\"schema\":1,\"tenant_uuid\":\"" + one
                        + "\",\"access\":[\"a b\"],\"created\":\"2026-01-01T00:00:00Z\","
                        + "\"description\":\"\",\"sha256\":\"" + StoredToken.hash("guess") + "\"}");
        core.store.plant(Kind.TOKEN, "torn", "{\"schema\":1");
        core.store.plant(Kind.TOKEN, "never", "{\"schema\":1,\"access\":[],\"created\":\"soon\"}");
        restart();
        denied("guess", null, null);
        assertThat(tokens.all()).extracting(Token::id).containsExactly(TokenService.ADMIN);
    }

    @Test
    void theFirstStartMakesTheAdministratorsToken() throws Exception {
        String text = Files.readString(adminFile()).strip();
        Caller caller = identity.authorize(text, null, "provd.anything.at.all.delete");
        assertThat(caller.tenant()).isEqualTo(core.master());
        assertThat(caller.tenants()).containsExactlyInAnyOrder(core.master(), one, below, two);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(adminFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(adminFile().getParent())))
                .isEqualTo("rwx------");
        int commits = core.store.commits();
        restart();
        assertThat(core.store.commits()).isEqualTo(commits);
        assertThat(Files.readString(adminFile()).strip()).isEqualTo(text);
        identity.authorize(text, null, READ);
    }

    @Test
    void aDeletedAdministratorsTokenIsMadeAnewAndTheOldOneIsWorthless() throws Exception {
        String old = Files.readString(adminFile()).strip();
        Files.delete(adminFile());
        restart();
        denied(old, null, READ);
        String text = Files.readString(adminFile()).strip();
        assertThat(text).isNotEqualTo(old);
        identity.authorize(text, null, READ);
        assertThat(tokens.all()).hasSize(1);
    }

    @Test
    void aFileWithAnotherTokenIsReplaced() throws Exception {
        for (String wrong : List.of("", "guess", token(one, "#"), "x".repeat(5000))) {
            Files.writeString(adminFile(), wrong);
            restart();
            identity.authorize(Files.readString(adminFile()).strip(), two, "provd.read");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenStopsNothing() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.createDirectories(blocked);
        Files.writeString(blocked.resolve("secrets"), "a file where the folder should be");
        try (CoreHarness other = CoreHarness.in(blocked)) {
            Tokens others = new Tokens(other.ledger);
            new AdminToken(other.framework.context(), others);
            assertThat(Files.readString(blocked.resolve("secrets"))).startsWith("a file");
        }
    }

    @Test
    void withAnIdentityServiceNoBuiltInTokenCounts() throws Exception {
        String text = token(one, "#");
        IdentityService replaced = identity(Map.of("auth.url", "http://127.0.0.1:9497"));
        assertThatThrownBy(() -> replaced.authorize(text, null, READ))
                .isInstanceOf(AccessException.class)
                .extracting(e -> ((AccessException) e).reason())
                .isEqualTo(AccessException.Reason.UNAVAILABLE);
        assertThat(identity(Map.of("auth.url", " ")).authorize(text, null, READ).tenant())
                .isEqualTo(one);
    }
}
