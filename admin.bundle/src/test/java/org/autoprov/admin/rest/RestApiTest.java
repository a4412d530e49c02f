// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.Json;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestApiTest {

    private LiveApi api;

    @BeforeEach
    void open() throws Exception {
        api = new LiveApi();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/0.2/status", "/0.2/dev_mgr/devices/%zz"})
    void everyAnswerLetsPagesFromElsewhereReadIt(String path) throws Exception {
        for (String method : List.of("OPTIONS", "GET", "PATCH")) {
            assertThat(api.call(method, path, null, null).headers())
                    .containsEntry("access-control-allow-origin", "*")
                    .containsEntry("access-control-allow-methods", "GET, POST, PUT, DELETE, OPTIONS")
                    .containsEntry(
                            "access-control-allow-headers",
                            "Origin, X-Requested-With, Accept, Content-Type, X-Auth-Token, Wazo-Tenant")
                    .containsEntry("access-control-allow-credentials", "false")
                    .containsEntry("access-control-expose-headers", "Location");
        }
    }

    @Test
    void namesTheMethodsThatAPathHas() throws Exception {
        LiveApi.Answer answer = api.call("PATCH", "/0.2/dev_mgr/devices/x", null, null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "DELETE, GET, HEAD, OPTIONS, PUT");
    }

    @Test
    void headGivesTheHeadersOfGetAlone() throws Exception {
        LiveApi.Answer get = api.call("GET", "/0.2/status", "master", null);
        LiveApi.Answer head = api.call("HEAD", "/0.2/status", "master", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers())
                .containsEntry("content-type", Reply.JSON)
                .containsEntry("content-length", get.headers().get("content-length"));
    }

    @ParameterizedTest(name = "Accept: {0} gives {1}")
    @CsvSource(delimiter = '|', textBlock = """
            application/vnd.proformatique.provd+json       | 200
            application/vnd.proformatique.provd+json;q=0.1 | 200
            text/html, application/*;q=0.5                 | 200
            text/html,*/*                                  | 200
            application/json                               | 406
            text/html                                      | 406
            application/vnd.proformatique.provd            | 406
            """)
    void getNeedsAnAcceptedMediaType(String accept, int status) throws Exception {
        LiveApi.Answer answer =
                api.send("GET", "/0.2/status", Map.of("X-Auth-Token", "master", "Accept", accept), null);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 406) {
            assertThat(answer.body())
                    .isEqualTo("You must accept the \"application/vnd.proformatique.provd+json\" MIME type.");
            assertThat(answer.headers()).containsEntry("content-type", "text/plain; charset=ascii");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/vnd.proformatique.provd+json; charset=utf-8",
                "APPLICATION/vnd.proformatique.provd+json",
                ""
            })
    void bodiesNeedExactlyTheMediaType(String type) throws Exception {
        Map<String, String> headers = type.isEmpty()
                ? Map.of("X-Auth-Token", "master")
                : Map.of("X-Auth-Token", "master", "Content-Type", type);
        LiveApi.Answer answer = api.send("POST", "/0.2/dev_mgr/devices", headers, "{\"device\":{}}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body())
                .isEqualTo("Entity must be in media type \"application/vnd.proformatique.provd+json\".");
        assertThat(api.devices.devices).isEmpty();
    }

    @Test
    void changesNeverAskWhatIsAccepted() throws Exception {
        Map<String, String> headers =
                Map.of("X-Auth-Token", "master", "Content-Type", Reply.JSON, "Accept", "text/html");
        assertThat(api.send("POST", "/0.2/dev_mgr/devices", headers, "{\"device\":{\"id\":\"a\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(api.send("DELETE", "/0.2/dev_mgr/devices/a", headers, null).status())
                .isEqualTo(204);
    }

    @Test
    void asksForTheAccessThatARouteNeeds() throws Exception {
        api.call("GET", "/0.2/dev_mgr/devices/a.b%2Ec", "master", null);
        api.call("GET", "/0.2/configure/locale", "sub", null);
        api.call("GET", "/0.2/pg_mgr/plugins/acme-1.2/info", "sub", null);
        api.call("GET", "/0.2/dev_mgr/synchronize/1", "sub", null);
        assertThat(api.identity.asked)
                .containsExactly(
                        "provd.dev_mgr.devices.a_b_c.read",
                        "provd.configure." + FakeIdentity.SUB + ".locale.read",
                        "provd.pg_mgr.plugins.acme-1_2.info.read",
                        "provd.operation.read");
    }

    @Test
    void saysWhenTheIdentityServiceIsAway() throws Exception {
        api.identity.away = true;
        assertThat(api.call("GET", "/0.2/status", "master", null).status()).isEqualTo(503);
    }

    @Test
    void saysWhenTheStoreIsAway() throws Exception {
        api.devices.refusal = new RefusedException(RefusedException.Reason.UNAVAILABLE, "the store is away");
        LiveApi.Answer answer = api.call("POST", "/0.2/dev_mgr/devices", "master", "{\"device\":{}}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("the store is away");
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
        String body = "{\"device\":{\"description\":\"" + "x".repeat(LiveApi.BODY_MAX) + "\"}}";
        assertThat(api.call("POST", "/0.2/dev_mgr/devices", "master", body).status())
                .isEqualTo(413);
    }

    @Test
    void takesBodiesOfSeveralHundredKilobytes() throws Exception {
        String body = "{\"device\":{\"id\":\"a\",\"description\":\"" + "x".repeat(600_000) + "\"}}";
        assertThat(api.call("POST", "/0.2/dev_mgr/devices", "master", body).status())
                .isEqualTo(201);
    }

    @Test
    void refusesDeepJsonAndJsonThatIsNotUtf8() throws Exception {
        String deep = "{\"device\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(api.call("POST", "/0.2/dev_mgr/devices", "master", deep).status())
                .isEqualTo(400);
        byte[] body = "{\"device\":{\"x\":\"\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);
        String head = "POST /0.2/dev_mgr/devices HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX-Auth-Token: master\r\n"
                + "Content-Type: " + Reply.JSON + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        assertThat(api.exchange(head.getBytes(StandardCharsets.US_ASCII), body).status())
                .isEqualTo(400);
        assertThat(api.devices.devices).isEmpty();
    }

    @Test
    void createdDeviceIsReadBackWithWhatTheServerSets() throws Exception {
        LiveApi.Answer created = api.call(
                "POST",
                "/0.2/dev_mgr/devices",
                "master",
                "{\"device\":{\"id\":\"lobby-1\",\"mac\":\"80:5e:c0:01:02:03\",\"X_room\":{\"n\":[1,2.5,null]},"
                        + "\"plugin\":null,\"tenant_uuid\":\"x\",\"configured\":true,\"is_new\":false,"
                        + "\"trusted_address\":\"10.0.0.1\"}}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers())
                .containsEntry("location", "/0.2/dev_mgr/devices/lobby-1")
                .containsEntry("content-type", Reply.JSON);
        assertThat(created.body()).isEqualTo("{\"id\":\"lobby-1\"}");
        assertThat(api.call("GET", "/0.2/dev_mgr/devices/lobby-1", "master", null)
                        .body())
                .isEqualTo("{\"device\":{\"id\":\"lobby-1\",\"mac\":\"80:5e:c0:01:02:03\",\"configured\":false,"
                        + "\"tenant_uuid\":\"" + FakeIdentity.MASTER
                        + "\",\"is_new\":true,\"X_room\":{\"n\":[1,2.5,null]},\"plugin\":null}}");
        assertThat(api.devices.get("lobby-1").orElseThrow().trustedAddress()).isNull();
    }

    @Test
    void listOfAnyLengthComesWhole() throws Exception {
        int many = Reply.MANY + 700;
        String emoji = "\ud83d\ude00".repeat(40); // so that pieces end in the middle of a character
        for (int i = 0; i < many; i++) {
            String id = String.format("d%05d", i);
            api.devices.create(
                    "test",
                    Device.create(id)
                            .tenant(FakeIdentity.MASTER)
                            .description("x".repeat(i % 7) + emoji)
                            .build());
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/0.2/dev_mgr/devices?sort=id"))
                .header("X-Auth-Token", "master")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        List<?> devices = (List<?>) ((Map<?, ?>) Json.read(answer.body())).get("devices");
        assertThat(devices).hasSize(many);
        Map<?, ?> last = (Map<?, ?>) devices.get(many - 1);
        assertThat(last.get("id")).isEqualTo(String.format("d%05d", many - 1));
        assertThat(last.get("description")).isEqualTo("x".repeat((many - 1) % 7) + emoji);
    }

    @Test
    void madeUpIdsAre32HexadecimalDigits() throws Exception {
        api.call("POST", "/0.2/dev_mgr/devices", "master", "{\"device\":{}}");
        assertThat(api.devices.devices.keySet()).singleElement().asString().matches("[0-9a-f]{32}");
    }

    @Test
    void tenantThatOnlyTheIdentityServiceKnewIsMade() throws Exception {
        assertThat(api.call("POST", "/0.2/dev_mgr/devices", "other", "{\"device\":{}}")
                        .status())
                .isEqualTo(201);
        assertThat(api.core.tenants).containsKey(FakeIdentity.OTHER);
    }

    @Test
    void updateClaimsANewDeviceAndMovesNoOther() throws Exception {
        api.devices.put(Device.create("new").tenant(FakeIdentity.MASTER).build());
        String body = "{\"device\":{\"tenant_uuid\":\"" + FakeIdentity.OTHER + "\"}}";
        api.call("PUT", "/0.2/dev_mgr/devices/new", "sub", body);
        assertThat(api.devices.get("new").orElseThrow().tenant()).isEqualTo(FakeIdentity.SUB);
        api.call("PUT", "/0.2/dev_mgr/devices/new", "master", body);
        assertThat(api.devices.get("new").orElseThrow().tenant()).isEqualTo(FakeIdentity.SUB);
    }

    @Test
    void ofTwoThatClaimADeviceOnlyOneGetsIt() throws Exception {
        Device before =
                api.devices.put(Device.create("new").tenant(FakeIdentity.MASTER).build());
        api.devices.meanwhile =
                () -> api.devices.put(before.edit().tenant(FakeIdentity.OTHER).build());
        assertThat(api.call("PUT", "/0.2/dev_mgr/devices/new", "sub", "{\"device\":{}}")
                        .status())
                .isEqualTo(404);
        assertThat(api.devices.get("new").orElseThrow().tenant()).isEqualTo(FakeIdentity.OTHER);
    }

    @Test
    void selectorCannotReachAnotherTenant() throws Exception {
        api.devices.put(Device.create("subs").tenant(FakeIdentity.SUB).build());
        api.devices.put(Device.create("others").tenant(FakeIdentity.OTHER).build());
        String path = "/0.2/dev_mgr/devices?fields=id&q={\"tenant_uuid\":\"" + FakeIdentity.OTHER + "\"}";
        assertThat(api.call("GET", path, "sub", null).body()).isEqualTo("{\"devices\":[{\"id\":\"subs\"}]}");
    }

    @Test
    void operationIsReadDeletedAndForgottenAfterADay() throws Exception {
        api.devices.put(Device.create("d").tenant(FakeIdentity.SUB).build());
        LiveApi.Answer begun = api.call("POST", "/0.2/dev_mgr/synchronize", "sub", "{\"id\":\"d\"}");
        assertThat(begun.headers()).containsEntry("location", "/0.2/dev_mgr/synchronize/1");
        assertThat(begun.body()).isEmpty();
        assertThat(api.call("GET", "/0.2/dev_mgr/synchronize/1", "other", null).body())
                .isEqualTo("{\"status\":\"fail\",\"error\":\"the device is not configured\"}");
        assertThat(api.call("DELETE", "/0.2/dev_mgr/synchronize/1", "sub", null).status())
                .isEqualTo(204);
        assertThat(api.call("GET", "/0.2/dev_mgr/synchronize/1", "sub", null).status())
                .isEqualTo(404);
        assertThat(api.call("DELETE", "/0.2/dev_mgr/synchronize/1", "sub", null).status())
                .isEqualTo(404);

        assertThat(api.call("POST", "/0.2/dev_mgr/synchronize", "sub", "{\"id\":\"d\"}")
                        .headers())
                .containsEntry("location", "/0.2/dev_mgr/synchronize/2");
        assertThat(api.call("GET", "/0.2/dev_mgr/synchronize/2", "sub", null).status())
                .isEqualTo(200);
        api.clock.pass(Duration.ofHours(25));
        assertThat(api.call("GET", "/0.2/dev_mgr/synchronize/2", "sub", null).status())
                .isEqualTo(404);
    }

    @Test
    void updateOfTheIndexThatRunsAlreadyIsAFailure() throws Exception {
        api.core.updating = true;
        assertThat(api.call("POST", "/0.2/pg_mgr/install/update", "master", "{}")
                        .status())
                .isEqualTo(500);
    }

    @Test
    void descriptionsAreInTheLanguageOfTheLocale() throws Exception {
        api.core.values.put("locale", "fr_BE");
        assertThat(api.call("GET", "/0.2/pg_mgr/plugins/acme-1.2/info", "master", null)
                        .body())
                .contains("\"description\":\"Postes Acme\"");
        assertThat(api.call("GET", "/0.2/configure", "master", null).body()).contains("La locale courante");
        api.core.values.put("locale", "fr_CA");
        assertThat(api.call("GET", "/0.2/pg_mgr/plugins/acme-1.2/info", "master", null)
                        .body())
                .contains("\"description\":\"Appareils Acme\"");
    }

    @Test
    void parametersAreListedInTheirOrderWithTheTenantsOwnKey() throws Exception {
        Object list =
                ((Map<?, ?>) api.call("GET", "/0.2/configure", "sub", null).json()).get("params");
        assertThat((List<?>) list)
                .extracting(item -> (Object) ((Map<?, ?>) item).get("id"))
                .containsExactly(
                        "plugin_server", "http_proxy", "ftp_proxy", "https_proxy", "locale", "NAT", "provisioning_key");
        assertThat((List<?>) list)
                .last()
                .extracting(item -> (Object) ((Map<?, ?>) item).get("value"))
                .isEqualTo("sub-key-1");
    }
}
