// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.autoprov.core.service.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

class ExternalIdentityTest {

    private static final String GONE = "10000000-0000-4000-8000-00000000dead";

    private final FakeWazoAuth server = new FakeWazoAuth();
    private final FakeTenants tenants = new FakeTenants();
    private final List<Object> registered = new ArrayList<>();
    private Object ranking;

    @AfterEach
    void stop() {
        server.close();
    }

    private ExternalIdentity start(Map<String, Object> settings) {
        BundleContext context = proxy(BundleContext.class, (name, args) -> {
            assertThat(name).isEqualTo("registerService");
            registered.add(args[1]);
            ranking = ((Dictionary<?, ?>) args[2]).get(Constants.SERVICE_RANKING);
            return proxy(ServiceRegistration.class, (call, none) -> {
                assertThat(call).isEqualTo("unregister");
                registered.remove(args[1]);
                return null;
            });
        });
        return new ExternalIdentity(context, settings(settings), tenants, tenants.deviceService(), tenants);
    }

    private interface Answer {
        Object to(String method, Object[] args);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                ExternalIdentityTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> answer.to(method.getName(), args)));
    }

    private static IdentitySettings settings(Map<String, Object> values) {
        return (IdentitySettings) Proxy.newProxyInstance(
                ExternalIdentityTest.class.getClassLoader(),
                new Class<?>[] {IdentitySettings.class},
                (self, method, args) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "localhost:9497", "ftp://x"})
    void registersNothingWithoutAUsableUrl(String url) {
        ExternalIdentity component = start(Map.of("auth_url", url));
        assertThat(registered).isEmpty();
        component.close();
    }

    @Test
    void comesBeforeTheBuiltInTokensAndSweepsByTheClock() throws Exception {
        tenants.create("test", GONE, "gone", null);
        ExternalIdentity component = start(Map.of(
                "auth_url",
                server.url(),
                "auth_username",
                "provd",
                "auth_password",
                "pä:ss",
                "syncdb_start__sec",
                1,
                "syncdb_interval__sec",
                1));
        assertThat(ranking).isEqualTo(100);
        IdentityService identity = (IdentityService) registered.get(0);
        assertThat(identity.authorize("all", null, null).tenant()).isEqualTo(FakeWazoAuth.ONE);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(tenants.master().id()).isEqualTo(FakeWazoAuth.ROOT));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(tenants.deleted).containsExactly(GONE));
        component.close();
        assertThat(registered).isEmpty();
    }
}
