// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autoprov.core.service.StartFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The component as declarative services make it. */
final class PhonesHttpListenerTest {

    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    @AfterEach
    void forgetFailure() {
        System.clearProperty("autoprov.failure");
    }

    private BundleContext context() {
        Object registration = recorder(ServiceRegistration.class, null);
        return (BundleContext) recorder(BundleContext.class, registration);
    }

    private Object recorder(Class<?> type, Object result) {
        ClassLoader loader = getClass().getClassLoader();
        return Proxy.newProxyInstance(loader, new Class<?>[] {type}, (proxy, method, arguments) -> {
            calls.add(method.getName());
            return result;
        });
    }

    private PhonesHttpListener listener(String host, int port) {
        HttpSettings settings = ListenerOptionsTest.settings(Map.of("phones_host", host, "phones_http_port", port));
        return new PhonesHttpListener(context(), settings, new FakeProvisioning(), new FakeMonitor());
    }

    @Test
    void announcesItselfOnceItAccepts() throws Exception {
        PhonesHttpListener listener = listener("127.0.0.1", 0);
        assertThat(calls).containsExactly("registerService", "registerService");
        assertThat(listener.name()).isEqualTo("phonesHttp");
        assertThat(listener.url()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]+");
        int port = Integer.parseInt(listener.url().substring(listener.url().lastIndexOf(':') + 1));
        try (RawPhone phone = new RawPhone(port)) {
            assertThat(phone.get("/none").reply().status()).isEqualTo(404);
        }
        listener.deactivate();
        assertThat(calls).containsExactly("registerService", "registerService", "unregister", "unregister");
        listener.shutDown(1_000);
        assertThatThrownBy(() -> new RawPhone(port)).isInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void saysInOneLineThatPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> listener("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(StartFailure.class);
            assertThat(System.getProperty("autoprov.failure"))
                    .isEqualTo("phones.http.port: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use");
            assertThat(calls).isEmpty();
        }
    }

    @Test
    void saysInOneLineThatHostIsNotOurs() {
        assertThatThrownBy(() -> listener("192.0.2.1", 0)).isInstanceOf(StartFailure.class);
        assertThat(System.getProperty("autoprov.failure"))
                .contains("192.0.2.1:0")
                .doesNotContain("\n");
        assertThatThrownBy(() -> listener("no.such.host.invalid", 0)).isInstanceOf(StartFailure.class);
        assertThat(System.getProperty("autoprov.failure"))
                .contains("no.such.host.invalid")
                .doesNotContain("\n");
    }

    @Test
    void saysInOneLineThatRangeIsLeft() {
        assertThatThrownBy(() -> listener("127.0.0.1", 70_000)).isInstanceOf(StartFailure.class);
        assertThat(System.getProperty("autoprov.failure"))
                .isEqualTo("phones.http.port is 70000; allowed are 0 to 65535");
    }

    @Test
    void servesOverSixthVersionOfIp() throws Exception {
        PhonesHttpListener listener = listener("::1", 0);
        assertThat(listener.url()).startsWith("http://[::1]:");
        listener.deactivate();
    }
}
