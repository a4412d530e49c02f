// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.autoprov.core.service.StartFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The component as declarative services make it, and the addresses it listens at. */
final class TftpListenerTest {

    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    @AfterEach
    void forgetFailure() {
        System.clearProperty("autoprov.failure");
    }

    private Object recorder(Class<?> type, Object result) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return result;
                });
    }

    private static <T> T settings(Class<T> type, Map<String, ?> values) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = values.get(method.getName());
                    return value != null ? value : method.getDefaultValue();
                }));
    }

    private TftpListener listener(Map<String, ?> values) {
        Object registration = recorder(ServiceRegistration.class, null);
        BundleContext context = (BundleContext) recorder(BundleContext.class, registration);
        return new TftpListener(
                context,
                settings(PhonesAddress.class, values),
                settings(TftpSettings.class, values),
                new FakeProvisioning(),
                new FakeMonitor());
    }

    private static int port(TftpListener listener) {
        return Integer.parseInt(listener.url().substring(listener.url().lastIndexOf(':') + 1));
    }

    @Test
    void announcesItselfOnceItAccepts() throws Exception {
        TftpListener listener = listener(Map.of("phones_host", "127.0.0.1", "tftp_port", 0));
        assertThat(calls).containsExactly("registerService", "registerService");
        assertThat(listener.name()).isEqualTo("tftp");
        assertThat(listener.url()).matches("udp://127\\.0\\.0\\.1:[1-9][0-9]+");
        try (Phone phone = new Phone("127.0.0.1", port(listener))) {
            phone.play("> RRQ none octet; < ERROR 1 File not found");
            listener.deactivate();
            phone.play("> RRQ none octet; < nothing 100");
        }
        listener.shutDown(1_000);
        assertThat(calls).containsExactly("registerService", "registerService", "unregister", "unregister");
    }

    @Test
    void saysInOneLineThatPortIsTaken() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            for (String host : List.of("127.0.0.1", "0.0.0.0")) {
                assertThatThrownBy(() -> listener(Map.of("phones_host", host, "tftp_port", port)))
                        .isInstanceOf(StartFailure.class);
                assertThat(System.getProperty("autoprov.failure"))
                        .isEqualTo("tftp.port: cannot listen on " + host + ":" + port + ": Address already in use");
            }
            assertThat(calls).isEmpty();
        }
    }

    @Test
    void doesNotShareItsPort() {
        TftpListener first = listener(Map.of("tftp_port", 0));
        for (String host : List.of("127.0.0.1", "0.0.0.0", "::")) {
            assertThatThrownBy(() -> listener(Map.of("phones_host", host, "tftp_port", port(first))))
                    .isInstanceOf(StartFailure.class);
        }
        first.deactivate();
    }

    @Test
    void saysInOneLineThatHostIsNotOurs() {
        for (String host : List.of("192.0.2.1", "no.such.host.invalid")) {
            assertThatThrownBy(() -> listener(Map.of("phones_host", host, "tftp_port", 0)))
                    .isInstanceOf(StartFailure.class);
            assertThat(System.getProperty("autoprov.failure"))
                    .contains(host + ":0")
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tftp_port, 70000, tftp.port is 70000; allowed are 0 to 65535",
        "tftp_blksize__max, 7, tftp.blksize_max is 7; allowed are 8 to 65464",
        "tftp_windowsize__max, 0, tftp.windowsize_max is 0; allowed are 1 to 4096",
        "tftp_transfers, 0, tftp.transfers is 0; allowed are 1 to 100000"
    })
    void saysInOneLineWhatIsAllowed(String setting, int value, String line) {
        assertThatThrownBy(() -> listener(Map.of(setting, value))).isInstanceOf(StartFailure.class);
        assertThat(System.getProperty("autoprov.failure")).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({"1", "a-b", "5-4", "0-7", "1-65536", "-5", "7-", "1-2-3"})
    void saysInOneLineThatPortRangeIsNone(String range) {
        assertThatThrownBy(() -> listener(Map.of("tftp_ports", range))).isInstanceOf(StartFailure.class);
        assertThat(System.getProperty("autoprov.failure")).startsWith("tftp.ports is " + range + "; allowed are");
    }

    @Test
    void answersFromTheAddressThatWasAsked() throws Exception {
        TftpListener listener = listener(Map.of("phones_host", "0.0.0.0", "tftp_port", 0));
        assertThat(listener.url()).startsWith("udp://0.0.0.0:");
        int asked = 0;
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (each.isUp() && (address instanceof Inet4Address || address.isLoopbackAddress())) {
                    try (Phone phone = new Phone(address.getHostAddress(), port(listener))) {
                        phone.play("> RRQ none octet; < ERROR 1 File not found");
                        assertThat(phone.tid.getAddress()).isEqualTo(address);
                    }
                    asked++;
                }
            }
        }
        assertThat(asked).isPositive();
        // Its answer would come from another address.
        try (Phone phone = new Phone("127.0.0.1", "127.7.7.7", port(listener))) {
            phone.play("> RRQ none octet; < nothing 300");
        }
        listener.deactivate();
    }

    @Test
    void servesOverSixthVersionOfIp() throws Exception {
        InetAddress loopback = InetAddress.getAllByName("::1")[0];
        assumeThat(NetworkInterface.getByInetAddress(loopback))
                .as("::1 is there")
                .isNotNull();
        TftpListener listener = listener(Map.of("phones_host", "::1", "tftp_port", 0));
        assertThat(listener.url()).startsWith("udp://[::1]:");
        try (Phone phone = new Phone("::1", port(listener))) {
            phone.play("> RRQ none octet; < ERROR 1 File not found");
        }
        listener.deactivate();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 65536, 0, 65464",
        "192.0.2.1, 1500, 0, 1468",
        "192.0.2.1, 9000, 0, 1468",
        "192.0.2.1, 9000, 8000, 8000",
        "192.0.2.1, 1500, 8000, 1468",
        "192.0.2.1, 1400, 0, 1368",
        "192.0.2.1, 1500, 512, 512",
        "2001:db8::1, 1500, 0, 1448",
        "::1, 65536, 0, 65464"
    })
    void blocksFitThePath(String address, int mtu, int setting, int most) throws Exception {
        InetAddress local = InetAddress.getByName(address);
        assertThat(local instanceof Inet6Address).isEqualTo(address.contains(":"));
        assertThat(LocalAddresses.mostBlock(local, mtu, setting)).isEqualTo(most);
    }
}
