// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenListenersTest {

    @TempDir
    Path folder;

    private record Open(String name, String url) implements Listener {
        @Override
        public void shutDown(long millis) {}
    }

    private static CoreHarness listening(CoreHarness core) {
        core.listeners.addListener(new Open("phonesHttp", "http://[::]:9001"));
        core.listeners.addListener(new Open("tftp", "udp://0.0.0.0:6970"));
        return core;
    }

    private static String boot(CoreHarness core, Protocol protocol, int port) {
        PhoneRequest request = PhoneRequest.from(protocol, CoreHarness.address("192.0.2.1"))
                .path("001122334401.cfg")
                .header("User-Agent", "Acme A20 1.0 001122334401")
                .server(new InetSocketAddress(CoreHarness.address("198.51.100.1"), port))
                .build();
        return new String(core.provisioner.provision(request).content().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whoAsksByTftpIsToldTheHttpPortAtTheAddressItReached() {
        try (CoreHarness core = listening(CoreHarness.in(folder))) {
            assertThat(boot(core, Protocol.TFTP, 6970)).contains("base=http://198.51.100.1:9001\n");
            assertThat(boot(core, Protocol.HTTP, 80)).contains("base=http://198.51.100.1\n");
        }
    }

    @Test
    void withoutOpenListenersTheDefaultPortsAreTold() {
        try (CoreHarness core = CoreHarness.in(folder, "tftp_port", 0)) {
            assertThat(boot(core, Protocol.TFTP, 6970))
                    .contains("base=http://198.51.100.1:8667\n")
                    .contains("tftp_port=69\n");
            Listener http = new Open("phonesHttp", "http://0.0.0.0:9001");
            core.listeners.addListener(http);
            core.listeners.removeListener(http);
            assertThat(core.listeners.httpPort()).isEqualTo(8667);
        }
    }

    @Test
    void theTftpPortIsTheOneInTheSettingsUnlessAnyWasTaken() {
        try (CoreHarness core = listening(CoreHarness.in(folder, "tftp_port", 69))) {
            assertThat(boot(core, Protocol.TFTP, 69)).contains("tftp_port=69\n");
        }
        try (CoreHarness core = listening(CoreHarness.in(folder, "tftp_port", 0))) {
            assertThat(boot(core, Protocol.TFTP, 69)).contains("tftp_port=6970\n");
        }
    }

    @Test
    void theBaseRawConfigsHttpPortWins() throws Exception {
        Files.writeString(folder.resolve("base-raw-config.json"), "{\"http_port\": 81}");
        try (CoreHarness core = listening(CoreHarness.in(folder))) {
            PhoneRequest request = PhoneRequest.from(Protocol.DHCP, CoreHarness.address("192.0.2.1"))
                    .path("001122334401.cfg")
                    .header("User-Agent", "Acme A20 1.0 001122334401")
                    .build();
            String file =
                    new String(core.provisioner.provision(request).content().bytes(), StandardCharsets.UTF_8);
            assertThat(file).containsPattern("base=http://[^/]+:81\n");
        }
    }
}
