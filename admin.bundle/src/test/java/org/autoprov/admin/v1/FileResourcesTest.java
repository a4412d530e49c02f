// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.CoreHarness;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileResourcesTest {

    private static final String FILES = "/1/devices/d1/files";
    private static final String FILE = FILES + "/001122334455.cfg";

    @TempDir
    Path folder;

    private V1Harness server;

    @BeforeEach
    void start() throws RefusedException {
        server = new V1Harness(folder);
        server.core.devices.create(
                "test",
                Device.create("d1")
                        .tenant(server.east)
                        .mac(MacAddress.parse("001122334455").orElseThrow())
                        .vendor("Acme")
                        .model("A20")
                        .plugin("acme-1")
                        .shared(true)
                        .build());
        tie(server.east, "anna");
    }

    private Line tie(String tenant, String username) throws RefusedException {
        Line line = server.core.line(tenant, username);
        server.core.lines.associate("test", line.code(), "d1", 0, null);
        return line;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private V1Harness.Answer get(String path) throws RefusedException {
        return server.call(server.east, "GET", path, null);
    }

    private V1Harness.Answer post(Object body) throws RefusedException {
        return server.call(server.east, "POST", FILE, body);
    }

    @Test
    void listsFilesWithTheirPlaces() throws RefusedException {
        V1Harness.Answer list = get(FILES);
        assertThat(list.at("items.0.name")).isEqualTo("001122334455.cfg");
        assertThat(list.at("items.0.access")).isEqualTo("secret");
        assertThat(list.at("items.0.state_trigger")).isEqualTo(true);
        assertThat(list.at("items.0.per_device")).isEqualTo(true);
        assertThat(list.at("items.0.href")).isEqualTo(FILE);
        assertThat(list.at("items.1.writable")).isEqualTo(true);
        assertThat(list.at("items.1.href")).isNull();
        assertThat(get(FILES + "/001122334455.log").status()).isEqualTo(404);
    }

    @Test
    void previewsWithSecretsMaskedAndTouchesNothing() throws RefusedException {
        Device before = server.core.devices.get("d1").orElseThrow();
        V1Harness.Answer masked = get(FILE);
        assertThat(masked.status()).isEqualTo(200);
        assertThat(masked.text()).contains("line.1=anna:********@").doesNotContain("secret-anna");
        assertThat(masked.reply().contentType()).isEqualTo("text/plain");
        assertThat(masked.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(masked.header("Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(masked.header("Cache-Control")).isEqualTo("no-store");
        assertThat(get(FILE + "?secrets=true").text()).contains("anna:secret-anna@");
        assertThat(server.core.devices.get("d1").orElseThrow()).isEqualTo(before);
        assertThat(server.core.devices.lastSeen("d1")).isZero();
    }

    @Test
    void secretsTakeTheRightToThem() throws RefusedException {
        String token = server.token(server.east, "provd.v1.devices.#");
        assertThat(server.callWith(token, "GET", FILE, null).status()).isEqualTo(200);
        for (String path : List.of(FILE, "/1/devices/d1/parameters")) {
            assertThat(server.callWith(token, "GET", path + "?secrets=true", null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(server.callWith(token, "POST", FILE + "?secrets=true", Map.of())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void otherTenantsDoNotSeeIt() throws RefusedException {
        for (String path : List.of(FILE, FILES, "/1/devices/d1/parameters")) {
            assertThat(server.call(server.west, "GET", path, null).status()).isEqualTo(404);
            assertThat(server.call(server.east1, "GET", path, null).status()).isEqualTo(404);
            assertThat(server.call(server.core.master(), "GET", path, null).status())
                    .isEqualTo(200);
        }
        assertThat(server.call(server.west, "POST", FILE, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aPortOfAnotherTenantStaysHiddenFromTheOwner() throws RefusedException {
        tie(server.west, "wim");
        assertThat(server.call(server.west, "GET", FILE, null).status()).isEqualTo(403);
        assertThat(get(FILE + "?secrets=true").status()).isEqualTo(403);
        assertThat(get("/1/devices/d1/parameters?secrets=true").status()).isEqualTo(403);
        assertThat(get(FILE).text())
                .contains("anna", "line.2=********:********@")
                .doesNotContain("wim", "secret-wim");
        V1Harness.Answer parameters = get("/1/devices/d1/parameters");
        assertThat(parameters.at("sip_lines.2")).isEqualTo("********");
        assertThat(parameters.at("sip_lines.1.username")).isEqualTo("anna");
        assertThat(parameters.text()).doesNotContain("wim");
        assertThat(post(Map.of("parameters", Map.of("X_note", "is it wim"))).text())
                .contains("X_note=is it wim")
                .doesNotContain("line.2=wim")
                .doesNotContain("secret-wim");
        assertThat(server.call(server.core.master(), "GET", FILE + "?secrets=true", null)
                        .text())
                .contains("secret-wim");
    }

    @Test
    void showsParametersAsThePluginSeesThem() throws RefusedException {
        V1Harness.Answer masked = get("/1/devices/d1/parameters");
        assertThat(masked.at("sip_lines.1.username")).isEqualTo("anna");
        assertThat(masked.at("sip_lines.1.password")).isEqualTo("********");
        assertThat(masked.at("sip_transport")).isEqualTo("udp");
        assertThat(get("/1/devices/d1/parameters?secrets=true").at("sip_lines.1.password"))
                .isEqualTo("secret-anna");
        server.core.devices.create(
                "test", Device.create("bare").tenant(server.east).build());
        assertThat(get("/1/devices/bare/parameters").status()).isEqualTo(404);
        assertThat(get("/1/devices/bare/files").items()).isEmpty();
        assertThat(get("/1/devices/bare/files/x.cfg").status()).isEqualTo(422);
    }

    @Test
    void previewsAChangeThatIsNotStored() throws RefusedException {
        Device before = server.core.devices.get("d1").orElseThrow();
        String file = get(FILE).text();
        V1Harness.Answer changed = post(Map.of(
                "parameters",
                Map.of("sip_transport", "tls", "sip_lines", Map.of("1", Map.of("proxy_ip", "192.0.2.77")))));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.text()).contains("line.1=anna:********@192.0.2.77:", "sip_transport=tls");
        assertThat(get(FILE).text()).isEqualTo(file).doesNotContain("192.0.2.77");
        assertThat(server.core.devices.get("d1").orElseThrow()).isEqualTo(before);
        assertThat(server.call(
                                server.east,
                                "POST",
                                FILE + "?secrets=true",
                                Map.of("parameters", Map.of("admin_password", "newone")))
                        .text())
                .contains("secret-anna", "newone");
        assertThat(post(Map.of("parameters", Map.of("admin_password", "newone")))
                        .text())
                .doesNotContain("secret-anna", "newone");
    }

    @Test
    void aChangeCanTakeAParameterAway() throws RefusedException {
        Map<String, Object> patch = new java.util.HashMap<>();
        patch.put("sip_lines", null);
        assertThat(post(Map.of("parameters", patch)).text())
                .doesNotContain("line.1=")
                .contains("sip_lines={}");
    }

    @Test
    void guessesOfASecretDoNotComeBackMasked() throws RefusedException {
        String said =
                post(Map.of("parameters", Map.of("X_guess", "secret-anna"))).text();
        assertThat(said).contains("X_guess=secret-anna").contains("line.1=anna:********@");
    }

    @Test
    void refusesChangesThatAreNotValid() throws RefusedException {
        assertThat(post(Map.of("parameters", Map.of("sip_lines", "x"))).status())
                .isEqualTo(422);
        assertThat(post(Map.of("parameters", Map.of("X_fake", "refuse"))).at("detail"))
                .asString()
                .contains("X_fake must not be refuse");
        V1Harness.Answer unknown = post(Map.of("config", "base", "parameters", 7L));
        assertThat(unknown.at("errors.0.pointer")).isEqualTo("/parameters");
        assertThat(unknown.at("errors.1.pointer")).isEqualTo("/config");
        assertThat(post(Map.of("parameters", Map.of("sip_lines", Map.of("1", Map.of("password", "********")))))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void masksNoBinaryFile() throws RefusedException {
        server.core.acme1.files = device -> List.of(new PhoneFile(
                "dir/a b.bin", "text/plain; charset=utf-16le", PhoneFile.Access.SECRET, true, true, false, "t"));
        String href = (String) get(FILES).at("items.0.href");
        assertThat(href).isEqualTo(FILES + "/dir%2Fa%20b.bin");
        server.core.acme1.files = device -> List.of(new PhoneFile(
                "dir/a b.bin", "text/plain; charset=utf-7x", PhoneFile.Access.SECRET, true, true, false, "t"));
        assertThat(get(href).text()).contains("line.1=anna:********@");
        assertThat(get(href).header("Content-Disposition")).isEqualTo("inline; filename*=UTF-8''a%20b.bin");
        assertThat(post(Map.of("parameters", Map.of("X_zero", "\0"))).status()).isEqualTo(404);
        V1Harness.Answer binary =
                server.call(server.east, "POST", href, Map.of("parameters", Map.of("X_zero", "a\0b")));
        assertThat(binary.status()).isEqualTo(422);
        assertThat(new String(
                        server.call(
                                        server.east,
                                        "POST",
                                        href + "?secrets=true",
                                        Map.of("parameters", Map.of("X_zero", "a\0b")))
                                .reply()
                                .body(),
                        StandardCharsets.UTF_8))
                .contains(
                        "X_zero=a\0b",
                        CoreHarness.account("anna").get("password").toString());
    }

    @Test
    void hostileNamesAreNotFound() throws RefusedException {
        for (String name : List.of("..%2F..%2Fetc%2Fpasswd", "%2e%2e", "nothing.cfg", "001122334455.cfg%2F..")) {
            assertThat(get(FILES + "/" + name).status()).as(name).isEqualTo(404);
        }
        assertThat(get(FILES + "/a%00b").status()).isEqualTo(400);
        assertThat(get(FILES + "/%zz").status()).isEqualTo(400);
    }
}
