// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentificationTest {

    @TempDir
    Path folder;

    private CoreHarness core;

    @BeforeEach
    void start() {
        core = CoreHarness.in(folder);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private DeviceInfo identify(PhoneRequest.Builder request) {
        return Identification.identify(request.build(), core.plugins.snapshot(), new Trace(false))
                .info();
    }

    private static PhoneRequest.Builder request() {
        return PhoneRequest.from(Protocol.HTTP, CoreHarness.address("192.0.2.7"));
    }

    private static DeviceInfo info(String vendor, String model) {
        return DeviceInfo.NOTHING.withVendor(vendor).withModel(model);
    }

    @Test
    void eachPartGoesToTheValueWithMostVotes() {
        DeviceInfo mac = DeviceInfo.NOTHING.withMac(new MacAddress(1)).withSn("s");
        assertThat(Identification.vote(List.of(info("A", "x"), info("B", "y"), info("B", "x"), mac)))
                .isEqualTo(info("B", "x").withMac(new MacAddress(1)).withSn("s"));
    }

    @Test
    void aTieGoesToTheFirstFamily() {
        assertThat(Identification.vote(List.of(info("A", null), info("B", "y"))))
                .isEqualTo(info("A", "y"));
        core.identifier("alpha", request -> info("Alpha", "m"));
        core.plugin(new org.autoprov.core.internal.FakeGenerator("alpha-1", "Alpha"));
        core.identifier("zeta", request -> info("Zeta", "m"));
        core.plugin(new org.autoprov.core.internal.FakeGenerator("zeta-1", "Zeta"));
        assertThat(identify(request()).vendor()).isEqualTo("Alpha");
        assertThat(identify(request().header("User-Agent", "Zeta m 1")).vendor())
                .isEqualTo("Alpha");
    }

    @Test
    void theAddressIsTheSendersWhateverAFamilySays() {
        core.identifier(
                "acme", request -> DeviceInfo.NOTHING.withIp("203.0.113.1").withVendor("Acme"));
        assertThat(identify(request()).ip()).isEqualTo("192.0.2.7");
        assertThat(identify(PhoneRequest.from(Protocol.TFTP, CoreHarness.address("2001:DB8:0:0::7")))
                        .ip())
                .isEqualTo("2001:db8::7");
    }

    @Test
    void readsDhcpOptions() {
        DeviceInfo info = identify(PhoneRequest.from(Protocol.DHCP, CoreHarness.address("192.0.2.7"))
                .dhcpOptions(Map.of(60, "Acme A20 1.0 001122334455")));
        assertThat(info.vendor()).isEqualTo("Acme");
        assertThat(info.mac()).hasToString("00:11:22:33:44:55");
    }

    @Test
    void aFamilyThatThrowsOrSaysNullOrIsNotEnabledHasNoVote() {
        core.services.get("brio identifier").close();
        core.identifier("brio", request -> {
            throw new IllegalStateException("a bug");
        });
        core.services.get("acme identifier").close();
        core.identifier("acme", request -> null);
        core.identifier("nobody", request -> info("Nobody", "n"));
        assertThat(identify(request())).isEqualTo(DeviceInfo.NOTHING.withIp("192.0.2.7"));
    }

    @Test
    void dhcpTellsTheHardwareAddressUnlessAFamilyReadsAnother() {
        PhoneRequest.Builder lease = PhoneRequest.from(Protocol.DHCP, CoreHarness.address("192.0.2.7"))
                .hardwareAddress(new MacAddress(5));
        assertThat(identify(lease).mac()).isEqualTo(new MacAddress(5));
        core.identifier("zeta", request -> DeviceInfo.NOTHING.withMac(new MacAddress(6)));
        core.plugin(new org.autoprov.core.internal.FakeGenerator("zeta-1", "Zeta"));
        assertThat(identify(lease).mac()).isEqualTo(new MacAddress(6));
    }
}
