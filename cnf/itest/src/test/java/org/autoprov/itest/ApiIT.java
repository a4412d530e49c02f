// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that manage phones, against the REST API 0.2 of the built server. */
class ApiIT {

    private static final String TYPE = "application/vnd.proformatique.provd+json";

    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ServerProcess server;
    private static String admin;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.preinstall=yealink")
                .ready();
        admin = Files.readString(server.data().resolve("secrets/admin-token")).strip();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> send(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.endpoints().get("api").getAsString() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        if (body != null) {
            request.header("Content-Type", TYPE);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(admin, method, path, body);
    }

    @Test
    void theTokenOfTheFirstStartIsItsOwnersAlone() throws Exception {
        Path file = server.data().resolve("secrets/admin-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(server.log()).doesNotContain(admin);
        assertThat(send(null, "GET", "/0.2/status", null).statusCode()).isEqualTo(401);
        assertThat(send(admin + "x", "GET", "/0.2/status", null).statusCode()).isEqualTo(401);
        assertThat(json(send("GET", "/0.2/status", null), 200).get("rest_api").getAsString())
                .isEqualTo("ok");
        server.restart();
        assertThat(send("GET", "/0.2/status", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenOfTheShellMayDoWhatItsPatternsSayUntilItIsRevoked() throws Exception {
        String made = server.shell("token", "add", "--access", "provd.cfg_mgr.#", "reader")
                .ok();
        String token = made.strip().substring(made.strip().lastIndexOf('\n') + 1);
        assertThat(send(token, "GET", "/0.2/cfg_mgr/configs", null).statusCode())
                .isEqualTo(200);
        assertThat(send(token, "GET", "/0.2/dev_mgr/devices", null).statusCode())
                .isEqualTo(401);
        String id = made.split(" ")[2];
        assertThat(server.shell("tokens").ok()).contains(id, "reader").doesNotContain(token);
        server.shell("token", "revoke", id).ok();
        assertThat(send(token, "GET", "/0.2/cfg_mgr/configs", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aDeviceWithAConfigIsServedWhatTheConfigSays() throws Exception {
        String config = """
                {"config":{"id":"conf1","X_type":"device","parent_ids":["base"],"raw_config":{
                "sip_proxy_ip":"192.0.2.5","sip_lines":{"1":{"username":"api1","password":"s3cret-1","display_name":"A"}}}}}""";
        HttpResponse<String> created = send("POST", "/0.2/cfg_mgr/configs", config);
        assertThat(json(created, 201).get("id").getAsString()).isEqualTo("conf1");
        assertThat(created.headers().firstValue("Location")).contains("/0.2/cfg_mgr/configs/conf1");
        String device = """
                {"device":{"mac":"80:5e:c0:00:00:99","vendor":"Yealink","model":"T54W","plugin":"yealink-v87","config":"conf1"}}""";
        String id = json(send("POST", "/0.2/dev_mgr/devices", device), 201)
                .get("id")
                .getAsString();
        JsonObject stored =
                json(send("GET", "/0.2/dev_mgr/devices/" + id, null), 200).getAsJsonObject("device");
        assertThat(stored.get("mac").getAsString()).isEqualTo("80:5e:c0:00:00:99");
        assertThat(stored.get("configured").getAsBoolean()).isTrue();
        JsonArray found = json(send("GET", "/0.2/dev_mgr/devices?q=%7B%22model%22:%22T54W%22%7D&fields=mac", null), 200)
                .getAsJsonArray("devices");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).getAsJsonObject().keySet()).containsExactlyInAnyOrder("id", "mac");
        try (Phone phone = Phone.stranger(
                server.phones(), "127.0.0.1", "805ec0000099", "Yealink SIP-T54W 96.87.0.15 80:5e:c0:00:00:99")) {
            assertThat(phone.get("/805ec0000099.cfg").body()).contains("s3cret-1");
        }
        assertThat(send("DELETE", "/0.2/dev_mgr/devices/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(send("DELETE", "/0.2/cfg_mgr/configs/conf1", null).statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/0.2/cfg_mgr/configs/conf1", null).statusCode()).isEqualTo(404);
        assertThat(server.log()).doesNotContain("s3cret-1");
    }

    @Test
    void dhcpTellsTheModelOfAPhone() throws Exception {
        String option = "060" + hex("yealink");
        String info = """
                {"dhcp_info":{"op":"commit","ip":"127.0.3.1","mac":"80:5e:c0:00:00:77","options":["%s"]}}""".formatted(option);
        assertThat(send("POST", "/0.2/dev_mgr/dhcpinfo", info).statusCode()).isEqualTo(204);
        Waits.until(() -> send("GET", "/0.2/dev_mgr/devices", null).body().contains("80:5e:c0:00:00:77"));
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            hex.append(hex.isEmpty() ? "" : ".").append(String.format("%02x", b));
        }
        return hex.toString();
    }

    @Test
    void theDescriptionIsOpenToAll() throws Exception {
        HttpResponse<String> description = send(null, "GET", "/0.2/api/api.yml", null);
        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(description.body()).contains("swagger", "/dev_mgr/devices");
    }

    @Test
    void listsPluginsAndTakesFamiliesOutAndIn() throws Exception {
        assertThat(json(send("GET", "/0.2/pg_mgr/plugins", null), 200)
                        .getAsJsonObject("plugins")
                        .keySet())
                .contains("yealink-v87");
        assertThat(json(send("GET", "/0.2/pg_mgr/install/installable", null), 200)
                        .getAsJsonObject("pkgs")
                        .keySet())
                .anyMatch(id -> id.startsWith("snom"));
        String plugin = "snom-10.1.20.0";
        HttpResponse<String> begun = send("POST", "/0.2/pg_mgr/install/install", "{\"id\":\"" + plugin + "\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        String operation = begun.headers().firstValue("Location").orElseThrow();
        Waits.until(() -> json(send("GET", operation, null), 200)
                .get("status")
                .getAsString()
                .contains("success"));
        assertThat(send("DELETE", operation, null).statusCode()).isEqualTo(204);
        assertThat(send("GET", "/0.2/pg_mgr/plugins/" + plugin + "/info", null).statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/0.2/pg_mgr/install/uninstall", "{\"id\":\"" + plugin + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/0.2/pg_mgr/plugins/" + plugin + "/info", null).statusCode())
                .isEqualTo(404);
    }
}
