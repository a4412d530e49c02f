// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autoprov.admin.identity.FakeWazoAuth.BELOW;
import static org.autoprov.admin.identity.FakeWazoAuth.ONE;
import static org.autoprov.admin.identity.FakeWazoAuth.ROOT;
import static org.autoprov.admin.identity.FakeWazoAuth.TWO;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autoprov.admin.identity.FakeWazoAuth.Holder;
import org.autoprov.admin.identity.FakeWazoAuth.Mood;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.AccessException.Reason;
import org.autoprov.core.service.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteIdentityTest {

    private static final String READ = "provd.dev_mgr.devices.read";

    private final FakeWazoAuth server = new FakeWazoAuth();
    private final FakeTenants tenants = new FakeTenants();
    private RemoteIdentity identity = identity(server.url(), "provd", RemoteIdentity.GOOD, RemoteIdentity.BAD);

    private RemoteIdentity identity(String url, String username, Duration good, Duration bad) {
        WazoAuth auth = new WazoAuth(url);
        ServiceAccount account = new ServiceAccount(auth, username, "pä:ss");
        return new RemoteIdentity(
                auth, new KnownTenants(account, tenants, tenants.deviceService(), tenants), good, bad);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void refused(Reason reason, String token, String tenant, String access) {
        assertThatThrownBy(() -> identity.authorize(token, tenant, access))
                .isInstanceOf(AccessException.class)
                .satisfies(e -> assertThat(((AccessException) e).reason())
                        .as(e.getMessage())
                        .isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("all-secret"));
    }

    private Mood wellAgain() {
        server.mood = Mood.WELL;
        return Mood.WELL;
    }

    @Test
    void aTokenActsForItsTenantAndAllBelow() throws Exception {
        Caller own = identity.authorize("all", null, READ);
        assertThat(own).isEqualTo(new Caller("user some user ", ONE, Set.of(ONE, BELOW)));
        Caller lower = identity.authorize("all", BELOW, READ);
        assertThat(lower.tenant()).isEqualTo(BELOW);
        assertThat(lower.tenants()).containsExactly(BELOW);
        assertThat(identity.authorize("all", null, null).tenant()).isEqualTo(ONE);
    }

    @Test
    void deniesWhatTheIdentityServiceDenies() {
        server.tokens.put("few", new Holder(ONE, Set.of("provd.read"), true));
        refused(Reason.DENIED, "unknown", null, READ);
        refused(Reason.DENIED, "few", null, READ);
        refused(Reason.DENIED, "all", TWO, READ);
        refused(Reason.DENIED, "all", ROOT, READ);
        refused(Reason.DENIED, "all", "10000000-0000-4000-8000-00000000ffff", READ);
        refused(Reason.DENIED, null, null, READ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "a/b", "a?scope=x", "a%2fb", "a\nb", "ä"})
    void aTokenThatCannotBeIsDeniedWithoutAsking(String token) {
        refused(Reason.DENIED, token, null, READ);
        assertThat(server.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "10000000-0000-4000-8000-00000000000Z"})
    void aTenantThatIsNoUuidIsDeniedWithoutAsking(String tenant) {
        refused(Reason.DENIED, "all", tenant, READ);
        assertThat(server.calls).isEmpty();
    }

    @Test
    void aTokenWithoutTenantNeedsOneInTheCall() throws Exception {
        server.tokens.put("homeless", new Holder(null, Set.of(), true));
        refused(Reason.DENIED, "homeless", null, READ);
        assertThat(identity.authorize("homeless", TWO, READ).tenant()).isEqualTo(TWO);
    }

    @Test
    void theCallsTenantIsPartOfTheAccess() throws Exception {
        server.tokens.put("param", new Holder(ONE, Set.of("provd.configure." + BELOW + ".key.read"), true));
        String access = "provd.configure.{tenant_uuid}.key.read";
        assertThat(identity.authorize("param", BELOW, access).tenant()).isEqualTo(BELOW);
        refused(Reason.DENIED, "param", null, access);
    }

    @Test
    void aTokenThatMayNotListTenantsHasOnlyTheRequestTenant() throws Exception {
        server.tokens.put("shy", new Holder(ROOT, Set.of(), false));
        assertThat(identity.authorize("shy", null, READ).tenants()).containsExactly(ROOT);
        assertThat(identity.authorize("shy", ONE, READ).tenants()).containsExactly(ONE);
    }

    @Test
    void answersAreAskedForOnceInAWhile() throws Exception {
        for (int i = 0; i < 5; i++) {
            identity.authorize("all", null, READ);
            refused(Reason.DENIED, "unknown", null, READ);
        }
        assertThat(server.count("GET /token/all")).isOne();
        assertThat(server.count("HEAD /token/all")).isOne();
        assertThat(server.count("GET /tenants")).isOne();
        assertThat(server.count("GET /token/unknown")).isOne();
    }

    @Test
    void answersGrowOld() throws Exception {
        identity = identity(server.url(), "provd", Duration.ofMillis(100), Duration.ofMillis(50));
        identity.authorize("all", null, READ);
        refused(Reason.DENIED, "late", null, READ);
        server.tokens.put("late", server.tokens.remove("all"));
        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> refused(Reason.DENIED, "all", null, READ));
        await().atMost(Duration.ofSeconds(3))
                .ignoreExceptions()
                .until(() -> identity.authorize("late", null, READ) != null);
    }

    @Test
    void callsThatComeTogetherAskOnce() throws Exception {
        server.delayMillis = 200;
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Caller>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> identity.authorize("all", null, READ));
            }
            for (Future<Caller> caller : pool.invokeAll(calls)) {
                assertThat(caller.get().tenant()).isEqualTo(ONE);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(server.count("GET /token/all")).isOne();
        assertThat(server.count("HEAD /token/all")).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WELL", "HANGING", "STUCK_IN_THE_BODY"})
    void anIdentityServiceOutOfOrderIsUnavailableUntilItIsWell(Mood mood) {
        server.mood = mood;
        refused(Reason.UNAVAILABLE, "all", null, READ);
        wellAgain();
        await().atMost(Duration.ofSeconds(3))
                .ignoreExceptions()
                .until(() -> identity.authorize("all", null, READ) != null);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"HANGING", "STUCK_IN_THE_BODY"})
    void anIdentityServiceThatHangsIsWaitedForInVainFiveSecondsAtMost(Mood mood) {
        server.mood = mood;
        long start = System.nanoTime();
        refused(Reason.UNAVAILABLE, "all", null, READ);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(7));
        long second = System.nanoTime();
        refused(Reason.UNAVAILABLE, "other", null, READ);
        assertThat(Duration.ofNanos(System.nanoTime() - second)).isLessThan(Duration.ofSeconds(1));
        assertThat(server.calls).as("nobody queues up").hasSize(1);
    }

    @Test
    void anIdentityServiceThatIsNotThereIsUnavailable() {
        server.stop();
        refused(Reason.UNAVAILABLE, "all", null, READ);
    }

    @Test
    void whoWasLetInStaysInWhileTheAnswerIsGood() throws Exception {
        identity.authorize("all", null, READ);
        server.mood = Mood.FAILING;
        assertThat(identity.authorize("all", null, READ).tenant()).isEqualTo(ONE);
        refused(Reason.UNAVAILABLE, "all", null, "provd.other.read");
    }

    @Test
    void theServiceAccountsTenantBecomesTheMasterAndTheCallersTenantsAreKnown() throws Exception {
        identity.authorize("all", null, READ);
        assertThat(tenants.master().id()).isEqualTo(ROOT);
        assertThat(tenants.all()).extracting(Tenant::id).containsExactlyInAnyOrder(ROOT, ONE, BELOW);
        assertThat(tenants.get(BELOW).orElseThrow().parent()).isEqualTo(ONE);
        assertThat(tenants.get(ONE).orElseThrow().name()).isEqualTo("name of " + ONE);
    }

    @Test
    void withoutAServiceAccountCallersAreLetInAllTheSame() throws Exception {
        identity = identity(server.url() + "/", "", RemoteIdentity.GOOD, RemoteIdentity.BAD);
        assertThat(identity.authorize("all", null, READ).tenants()).containsExactlyInAnyOrder(ONE, BELOW);
        assertThat(tenants.master().id()).isEqualTo(FakeTenants.FIRST_MASTER);
        assertThat(server.count("POST /token")).isZero();
    }

    @Test
    void aWrongServiceAccountStopsNobodyAndIsNotTriedWithEachCall() throws Exception {
        identity = identity(server.url(), "nobody", RemoteIdentity.GOOD, RemoteIdentity.BAD);
        identity.authorize("all", null, READ);
        identity.authorize("all", BELOW, READ);
        assertThat(server.count("POST /token")).isOne();
    }

    @Test
    void aStoreThatIsAwayStopsNobody() throws Exception {
        tenants.away = true;
        assertThat(identity.authorize("all", null, READ).tenant()).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:9497", "ftp://localhost", "http://", "http:///x", "http://a b"})
    void refusesWhatIsNoUrl(String url) {
        assertThatThrownBy(() -> new WazoAuth(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
