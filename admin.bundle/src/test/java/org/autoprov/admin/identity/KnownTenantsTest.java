// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.autoprov.admin.identity.FakeWazoAuth.BELOW;
import static org.autoprov.admin.identity.FakeWazoAuth.ONE;
import static org.autoprov.admin.identity.FakeWazoAuth.ROOT;
import static org.autoprov.admin.identity.FakeWazoAuth.TWO;

import java.util.List;
import org.autoprov.admin.identity.FakeWazoAuth.Mood;
import org.autoprov.admin.identity.WazoAuth.Listed;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownTenantsTest {

    private static final String GONE = "10000000-0000-4000-8000-00000000dead";
    private static final String GONE_TOO = "10000000-0000-4000-8000-0000deaddead";

    private final FakeWazoAuth server = new FakeWazoAuth();
    private final FakeTenants tenants = new FakeTenants();
    private final KnownTenants known = known("provd", "pä:ss");

    private KnownTenants known(String username, String password) {
        ServiceAccount account = new ServiceAccount(new WazoAuth(server.url()), username, password);
        return new KnownTenants(account, tenants, tenants.deviceService(), tenants);
    }

    KnownTenantsTest() throws Exception {
        tenants.adoptMaster("test", ROOT);
        for (String id : List.of(ONE, GONE)) {
            tenants.create("test", id, id, null);
        }
        tenants.devices.add(Device.create("d").tenant(GONE_TOO).build());
        tenants.devices.add(Device.create("e").tenant(ONE).build());
        tenants.devices.add(Device.create("f").tenant(ROOT).build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sweepsTenantsThatAreNoLongerListed() {
        assertThat(known.sweep()).isEqualTo(2);
        assertThat(tenants.deleted).containsExactlyInAnyOrder(GONE, GONE_TOO);
        assertThat(server.count("POST /token")).isOne();
    }

    @Test
    void sweepsAgainWithAnOldOrLostToken() {
        known.sweep();
        server.tokens.keySet().removeIf(token -> token.startsWith("service-"));
        server.tenants.remove(ONE);
        tenants.devices.clear();
        assertThat(known.sweep()).isOne();
        assertThat(tenants.deleted).contains(ONE);
        assertThat(server.count("POST /token")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"FAILING", "TALKING_NONSENSE", "WITHOUT_KEYS", "CUTTING_OFF"})
    void sweepsNothingWhileTheIdentityServiceIsOutOfOrder(Mood mood) {
        server.mood = mood;
        assertThat(known.sweep()).isZero();
        assertThat(tenants.deleted).isEmpty();
    }

    @Test
    void sweepsNothingForAnEmptyList() {
        server.listsNothing = true;
        assertThat(known.sweep()).isZero();
        assertThat(tenants.deleted).isEmpty();
    }

    @Test
    void sweepsNothingWithoutAnAccountOrWithAWrongOne() {
        assertThat(known("", "").sweep()).isZero();
        assertThat(known("provd", "wrong").sweep()).isZero();
        assertThat(tenants.deleted).isEmpty();
    }

    @Test
    void aStoreThatIsAwayKeepsThemForTheNextSweep() {
        tenants.away = true;
        assertThat(known.sweep()).isZero();
        tenants.away = false;
        assertThat(known.sweep()).isEqualTo(2);
    }

    @Test
    void theMasterTenantIsNeverSwept() {
        server.tokens.clear();
        FakeTenants unadopted = new FakeTenants();
        unadopted.away = true;
        unadopted.devices.add(
                Device.create("d").tenant(FakeTenants.FIRST_MASTER).build());
        ServiceAccount account = new ServiceAccount(new WazoAuth(server.url()), "provd", "pä:ss");
        assertThat(new KnownTenants(account, unadopted, unadopted.deviceService(), unadopted).sweep())
                .isZero();
        assertThat(unadopted.deleted).isEmpty();
    }

    @Test
    void tenantsInACircleAreAddedAllTheSame() {
        known.add(List.of(new Listed(TWO, "two", BELOW), new Listed(BELOW, " ", TWO)));
        assertThat(tenants.all()).extracting(Tenant::id).contains(TWO, BELOW);
        assertThat(tenants.get(BELOW).orElseThrow().name()).isEqualTo(BELOW);
    }
}
