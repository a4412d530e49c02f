// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {

    @TempDir
    Path folder;

    private CoreHarness core;

    private CoreHarness start(Object... settings) {
        core = CoreHarness.in(folder, settings);
        return core;
    }

    @AfterEach
    void stop() {
        if (core != null) {
            core.close();
        }
    }

    private Map<String, Object> complete(Map<String, Object> raw) throws RefusedException {
        core.config("c", List.of(), raw);
        Device device =
                core.devices.create("test", Device.create("d").config("c").build());
        return core.devices.parameters(device.id()).orElseThrow();
    }

    @Test
    void fillsInTheDefaultsOfTheContract() throws RefusedException {
        start("advertised_http_url", "http://prov.example.org:8080/x", "tftp_port", 69);
        Map<String, Object> raw = complete(Map.of(
                "syslog_enabled",
                true,
                "syslog_ip",
                "192.0.2.9",
                "sip_proxy_ip",
                "192.0.2.5",
                "sip_lines",
                Map.of("1", Map.of("username", "u", "proxy_ip", "192.0.2.6"))));
        assertThat(raw)
                .containsEntry("http_base_url", "http://prov.example.org:8080/x")
                .containsEntry("ip", "prov.example.org")
                .containsEntry("http_port", 8080L)
                .containsEntry("tftp_port", 69L)
                .containsEntry("sip_srtp_mode", "disabled")
                .containsEntry("sip_transport", "udp")
                .containsEntry("sccp_call_managers", Map.of())
                .containsEntry("funckeys", Map.of())
                .containsEntry("syslog_port", 514L)
                .containsEntry("syslog_level", "warning")
                .containsEntry("sip_registrar_ip", "192.0.2.5");
        assertThat(line(raw)).containsEntry("registrar_ip", "192.0.2.6").containsEntry("auth_username", "u");
    }

    @Test
    void overridesNothingThatIsThere() throws RefusedException {
        start("advertised_http_url", "http://192.0.2.1");
        Map<String, Object> raw = complete(Map.of(
                "ip", "192.0.2.99",
                "sip_transport", "tls",
                "sip_proxy_ip", "p",
                "sip_registrar_ip", "r",
                "sip_lines", Map.of("1", Map.of("username", "u", "auth_username", "a"))));
        assertThat(raw)
                .containsEntry("ip", "192.0.2.99")
                .containsEntry("http_port", 80L)
                .containsEntry("sip_transport", "tls")
                .containsEntry("sip_registrar_ip", "r")
                .doesNotContainKeys("syslog_port", "syslog_level");
        assertThat(line(raw)).containsEntry("auth_username", "a").doesNotContainKey("registrar_ip");
    }

    private static Map<String, Object> line(Map<String, Object> raw) {
        return RawConfigs.asObject(RawConfigs.asObject(raw.get("sip_lines")).get("1"));
    }

    @Test
    void defaultsAreNotVisibleInTheFlattenedConfig() throws RefusedException {
        start();
        core.config("c", List.of(), Map.of());
        assertThat(core.configs.flattened("c").orElseThrow())
                .containsOnlyKeys("http_base_url", "ip", "http_port", "tftp_port");
        assertThat(core.configs.flattened("nowhere")).isEmpty();
    }

    @Test
    void tellsPhonesTheAddressThatTheyReached() {
        start();
        assertThat(CoreHarness.text(core.phone(1).boot())).contains("base=http://198.51.100.1:8667\n");
        CoreHarness.Phone other = core.phone(2);
        other.server = new InetSocketAddress(CoreHarness.address("2001:db8::1"), 80);
        assertThat(CoreHarness.text(other.boot()))
                .contains("base=http://[2001:db8::1]\n")
                .contains("ip=2001:db8::1\n");
    }

    @Test
    void theAdvertisedUrlWinsOverTheReachedOne() {
        start("advertised_http_url", "https://prov.example.org");
        assertThat(CoreHarness.text(core.phone(1).boot()))
                .contains("base=https://prov.example.org\n")
                .contains("http_port=443\n");
    }

    @Test
    void theBaseRawConfigsUrlWinsOverTheReachedOne() throws IOException {
        Files.writeString(
                folder.resolve("base-raw-config.json"),
                "{\"http_base_url\":\"http://b.example.org:81\",\"locale\":\"de_DE\"}");
        start();
        assertThat(CoreHarness.text(core.phone(1).boot()))
                .contains("base=http://b.example.org:81\n")
                .contains("locale=de_DE\n");
    }

    @Test
    void noSitePasswordReachesAnUnclaimedDevice() throws RefusedException {
        start();
        String admin = core.configs
                .get("defaultconfigdevice")
                .orElseThrow()
                .rawConfig()
                .get("admin_password")
                .toString();
        CoreHarness.Phone phone = core.phone(1);
        assertThat(CoreHarness.text(phone.boot())).doesNotContain(admin).doesNotContain("user_password");
        core.lines.associate(
                "test", core.line(core.master(), "u1").code(), phone.device().id(), 0, phone.ip);
        assertThat(CoreHarness.text(phone.boot())).contains(admin).contains("user_password");
    }

    @Test
    void theOnboardingAccountRegistersWithUsUnlessTheSiteHasAProxy() throws RefusedException {
        start("sip_port", 5999);
        assertThat(CoreHarness.text(core.phone(1).boot())).contains("@198.51.100.1:5999\n");
        core.configs.update(
                "test",
                core.configs
                        .get("base")
                        .orElseThrow()
                        .withRawConfig(Map.of("sip_proxy_ip", "203.0.113.1", "sip_proxy_port", 5070L)));
        assertThat(CoreHarness.text(core.phone(1).boot())).contains("@203.0.113.1:5070\n");
    }

    @Test
    void urlKeyEndsTheBaseUrlAndATenantWithoutKeyHasNoFiles() throws RefusedException {
        start("phones_http_auth", "url_key", "advertised_http_url", "http://h/p/");
        core.tenants.setProvisioningKey("test", core.master(), "key-12345");
        String other = core.tenant("other");
        core.config("c", List.of(), Map.of());
        Device.Editor device = Device.create("d").config("c").plugin("acme-1").mac(core.phone(1).mac);
        assertThat(core.devices.create("test", device.build()).configured()).isTrue();
        assertThat(core.devices.parameters("d").orElseThrow()).containsEntry("http_base_url", "http://h/p/key-12345");
        Device homeless = Device.create("e")
                .config("c")
                .plugin("acme-1")
                .mac(core.phone(2).mac)
                .tenant(other)
                .build();
        assertThat(core.devices.create("test", homeless).configured()).isFalse();
        assertThat(core.devices.problem("e").orElseThrow())
                .contains("no provisioning key")
                .doesNotContain("None");
        core.tenants.setProvisioningKey("test", other, "other-key");
        assertThat(core.devices.get("e").orElseThrow().configured()).isTrue();
        core.tenants.setProvisioningKey("test", other, null);
        assertThat(core.devices.get("e").orElseThrow().configured()).isFalse();
    }

    @Test
    void validatesTheFlattenedParametersAgain() throws RefusedException {
        start();
        core.config("top", List.of(), Map.of("ntp_enabled", true, "ntp_ip", "192.0.2.1"));
        java.util.LinkedHashMap<String, Object> none = new java.util.LinkedHashMap<>();
        none.put("ntp_ip", null);
        core.config("c", List.of("top"), none);
        Device device = core.devices.create(
                "test",
                Device.create("d")
                        .config("c")
                        .plugin("acme-1")
                        .mac(core.phone(1).mac)
                        .build());
        assertThat(device.configured()).isFalse();
        assertThat(core.devices.problem("d")).contains("ntp_enabled is true, so ntp_ip must be there");
        PhoneReply reply = core.phone(1).boot();
        assertThat(reply.status()).isEqualTo(PhoneReply.Status.NOT_FOUND);
    }
}
