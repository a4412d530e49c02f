// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the contract that take more than one request, or the whole of an answer. */
final class ContractStoriesTest {

    private final FakeApi world = Sample.world();

    private ApiReply ask(String who, String method, String path, String body) {
        Map<String, String> headers =
                body == null ? Map.of("X-Auth-Token", who) : Map.of("X-Auth-Token", who, "Content-Type", Reply.JSON);
        byte[] octets = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return world.answer(method, path, headers, octets);
    }

    private ApiReply ask(String method, String path, String body) {
        return ask("master", method, path, body);
    }

    private String get(String path) {
        ApiReply reply = ask("GET", path, null);
        assertThat(reply.status()).as(path).isEqualTo(200);
        return FakeApi.text(reply);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /0.2                                  | dev dev_mgr, cfg cfg_mgr, pg pg_mgr, status status, srv.configure configure
            /0.2/dev_mgr                          | dev.synchronize synchronize, dev.reconfigure reconfigure, dev.dhcpinfo dhcpinfo, dev.devices devices
            /0.2/cfg_mgr                          | cfg.configs configs, cfg.autocreate autocreate
            /0.2/pg_mgr                           | srv.install install, pg.plugins plugins, pg.reload reload
            /0.2/pg_mgr/install                   | srv.install.install install, srv.install.uninstall uninstall, srv.install.installed installed, srv.install.installable installable, srv.install.upgrade upgrade, srv.install.update update
            /0.2/pg_mgr/plugins/acme-1.2/install  | srv.install.install install, srv.install.uninstall uninstall, srv.install.installed installed, srv.install.installable installable, srv.install.upgrade upgrade
            """)
    void anIndexHasExactlyItsLinks(String path, String children) {
        List<String> links = Arrays.stream(children.split(", "))
                .map(child -> child.split(" "))
                .map(child -> "{\"rel\":\"" + child[0] + "\",\"href\":\"" + path + '/' + child[1] + "\"}")
                .toList();
        assertThat(get(path)).isEqualTo("{\"links\":[" + String.join(",", links) + "]}");
    }

    @Test
    void theStatusIsATextAndObjects() {
        assertThat(get("/0.2/status")).isEqualTo("{\"rest_api\":\"ok\",\"bus_consumer\":{\"status\":\"ok\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?unknown=1", "?", "?=&&%zz=%", "?recurse=True&recurse=x&search=y"})
    void unknownParametersAreIgnoredEverywhere(String query) {
        for (Sample sample : Sample.ALL) {
            Sample request = sample.to("subs");
            FakeApi fresh = Sample.world();
            ApiReply reply = request.at(request.path() + query).ask(fresh, Map.of("X-Auth-Token", "master"));
            assertThat(reply.status()).as(request.toString()).isEqualTo(sample.status());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            devices?recurse=True&sort=id                          | deeps new others subs
            devices?recurse=True&sort=id&sort=tenant_uuid         | deeps new others subs
            devices?recurse=True&sort=id&sort_ord=DESC            | subs others new deeps
            devices?recurse=True&sort=id&limit=1&limit=3          | deeps
            devices?recurse=True&sort=id&skip=1&limit=2           | new others
            devices?recurse=True&q={"id":"new"}&q={"id":"subs"}   | new
            devices?recurse=True&sort=id&q=nonsense               | deeps new others subs
            devices?recurse=True&sort=id&q64=%25%25%25&q={"id":"subs"} | deeps new others subs
            devices?recurse=True&q64=eyJpZCI6ICJzdWJzIn0%3D       | subs
            devices?recurse=True&q64=eyJpZCI6ICJzdWJzIn0=         | subs
            devices?recurse=True&sort=id&q={"configured":false,"is_new":false} | deeps others subs
            devices?recurse=True&q={"plugin":{"$exists":true}}    | ^^
            devices?recurse=True&q={"is_new":true}                | new
            configs?sort=id                                       | autoprov base v1.2
            configs?q={"raw_config.timezone":"Europe/Oslo"}&sort=id&sort_ord=desc | autoprov base v1.2
            configs?q={"parent_ids":{"$contains":"base"}}         | ^^
            configs?q={"id":{"$in":["base","x"]}}                 | base
            configs?sort=id&limit=-1                              | ^^
            """)
    void listsAreSelectedSortedAndCut(String query, String ids) {
        String list = get((query.startsWith("devices") ? "/0.2/dev_mgr/" : "/0.2/cfg_mgr/") + query + "&fields=");
        String wanted = ids.isEmpty() ? "" : "{\"id\":\"" + String.join("\"},{\"id\":\"", ids.split(" ")) + "\"}";
        assertThat(list).isEqualTo("{\"" + query.replaceAll("[?].*", "") + "\":[" + wanted + "]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            q=[]                          | q must be a JSON object
            q=null                        | q must be a JSON object
            q64=W10=                      | q64 must be a JSON object
            q={"id":{"$regex":"a"}}       | a selector has an unknown operator
            q={"id":{"$in":"a"}}          | the operand of $in must be an array
            q={"id":{"$nin":1}}           | the operand of $nin must be an array
            """)
    void selectorsThatMeanNothingAreRefused(String query, String text) {
        for (String list : List.of("/0.2/dev_mgr/devices?", "/0.2/cfg_mgr/configs?")) {
            ApiReply reply = ask("GET", list + query, null);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(FakeApi.text(reply)).startsWith(text);
        }
    }

    @Test
    void fieldsMayBePathsAndTheIdIsAlwaysThere() {
        ask("PUT", "/0.2/dev_mgr/devices/new", "{\"device\":{\"options\":{\"a\":1,\"b\":2},\"vendor\":\"V\"}}");
        assertThat(get("/0.2/dev_mgr/devices?q={\"id\":\"new\"}&fields=options.b,vendor,nothing"))
                .isEqualTo("{\"devices\":[{\"id\":\"new\",\"options\":{\"b\":2},\"vendor\":\"V\"}]}");
    }

    @Test
    void anUpdateReplacesTheWholeDevice() {
        ask(
                "POST",
                "/0.2/dev_mgr/devices",
                "{\"device\":{\"id\":\"d\",\"vendor\":\"V\",\"plugin\":null,\"options\":{},\"added\":\"auto\","
                        + "\"X_a\":[]}}");
        assertThat(ask("PUT", "/0.2/dev_mgr/devices/d", "{\"device\":{\"id\":\"other\",\"model\":\"M\"}}")
                        .status())
                .isEqualTo(204);
        assertThat(get("/0.2/dev_mgr/devices/d"))
                .isEqualTo("{\"device\":{\"id\":\"d\",\"model\":\"M\",\"configured\":false,\"tenant_uuid\":\""
                        + FakeIdentity.MASTER + "\",\"is_new\":true}}");
        assertThat(ask("GET", "/0.2/dev_mgr/devices/other", null).status()).isEqualTo(404);
    }

    @Test
    void whatWasReadCanBePutBackUnchanged() {
        for (String list : List.of("/0.2/dev_mgr/devices/new", "/0.2/cfg_mgr/configs/base")) {
            String document = get(list);
            FakeApi.State before = world.state();
            assertThat(ask("PUT", list, document).status()).isEqualTo(204);
            assertThat(get(list)).isEqualTo(document);
            assertThat(world.state().devices().keySet())
                    .isEqualTo(before.devices().keySet());
        }
    }

    @Test
    void devicesMayShareAddressesAndNameWhatIsNotThere() {
        for (int i = 0; i < 2; i++) {
            String body = "{\"device\":{\"mac\":\"80:5e:c0:01:02:03\",\"ip\":\"192.0.2.1\",\"plugin\":\"nope\","
                    + "\"config\":\"nope\"}}";
            assertThat(ask("POST", "/0.2/dev_mgr/devices", body).status()).isEqualTo(201);
        }
        assertThat(get("/0.2/dev_mgr/devices?q={\"mac\":\"80:5e:c0:01:02:03\"}&fields=ip"))
                .containsPattern("(?:192[.]0[.]2[.]1.*){2}");
    }

    @Test
    void aRefusedDeviceLeavesNoGhost() {
        FakeApi.State before = world.state();
        for (String device : List.of(
                "{\"id\":\"g\",\"mac\":\"x\"}",
                "{\"id\":\"g\",\"ip\":\"x\"}",
                "{\"id\":\"g\",\"options\":1}",
                "{\"id\":\"g/h\"}",
                "{\"id\":\"gh\u00f6st\"}",
                "{\"id\":\"" + "g".repeat(256) + "\"}")) {
            ApiReply reply = ask("POST", "/0.2/dev_mgr/devices", "{\"device\":" + device + "}");
            assertThat(reply.status()).as(device).isEqualTo(400);
        }
        world.devices.refusal = new RefusedException(Reason.INVALID, "no");
        assertThat(ask("POST", "/0.2/dev_mgr/devices", "{\"device\":{\"id\":\"g\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(world.state()).isEqualTo(before);
        assertThat(ask("GET", "/0.2/dev_mgr/devices/g", null).status()).isEqualTo(404);
    }

    @Test
    void aLocationIsAPathThatCanBeAskedFor() {
        for (String id : List.of(
                "a", "lobby 1", "a%b", "a?b", "a#b", "a+b", "~!$&'()*,;=:@", "[\\\\]\\\"^`{|}<>", "g".repeat(255))) {
            for (String kind : List.of("device", "config")) {
                String body = "{\"" + kind + "\":{\"id\":\"" + id + "\",\"parent_ids\":[],\"raw_config\":{}}}";
                String list = kind.equals("device") ? "/0.2/dev_mgr/devices" : "/0.2/cfg_mgr/configs";
                ApiReply made = ask("POST", list, body);
                assertThat(made.status()).as(id).isEqualTo(201);
                assertThat(FakeApi.text(made)).isEqualTo("{\"id\":\"" + id + "\"}");
                String location = made.headers().get("Location");
                assertThat(location).startsWith(list + '/').matches("[!-~&&[^?#<>\"\\\\ {}|^`]]+");
                assertThat(get(location)).contains("\"id\":\"" + id + '"');
                assertThat(ask("DELETE", location, null).status()).isEqualTo(204);
                assertThat(ask("DELETE", location, null).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void theServersOwnKeysCannotBeSet() {
        String body = "{\"device\":{\"id\":\"d\",\"configured\":true,\"is_new\":false,\"tenant_uuid\":\""
                + FakeIdentity.OTHER + "\",\"remote_state_sip_username\":\"x\",\"trusted_address\":\"192.0.2.1\","
                + "\"shared\":true}}";
        ask("sub", "POST", "/0.2/dev_mgr/devices", body);
        ask("sub", "PUT", "/0.2/dev_mgr/devices/d", body);
        Device device = world.devices.get("d").orElseThrow();
        assertThat(device.configured()).isFalse();
        assertThat(device.tenant()).isEqualTo(FakeIdentity.SUB);
        assertThat(device.isNew()).isFalse();
        assertThat(device.remoteStateSipUsername()).isNull();
        assertThat(device.trustedAddress()).isNull();
        assertThat(device.shared()).isFalse();
        assertThat(device.others()).isEmpty();
    }

    @Test
    void aConfigIsShownExactlyAsItWasStored() {
        String config = "{\"config\":{\"id\":\"c\",\"parent_ids\":[\"nope\",\"base\"],\"raw_config\":{\"locale\":null,"
                + "\"X_n\":[1,2.5,1.0E30,-7,true,null,\"\\u0000\"],\"sip_lines\":{\"1\":{}}},\"role\":null,"
                + "\"transient\":false,\"deletable\":true,\"X_type\":\"registrar\",\"displayname\":\"D\"}}";
        assertThat(ask("POST", "/0.2/cfg_mgr/configs", config).status()).isEqualTo(201);
        assertThat(get("/0.2/cfg_mgr/configs/c").chars().sorted().toArray())
                .isEqualTo(config.chars().sorted().toArray()); // the order of keys is free
        assertThat(get("/0.2/cfg_mgr/configs?q={\"deletable\":true,\"transient\":false,\"role\":null}"))
                .contains("\"id\":\"c\"");
        assertThat(ask("PUT", "/0.2/cfg_mgr/configs/c", "{\"config\":{\"parent_ids\":[],\"raw_config\":{}}}")
                        .status())
                .isEqualTo(204);
        assertThat(get("/0.2/cfg_mgr/configs/c"))
                .isEqualTo("{\"config\":{\"id\":\"c\",\"parent_ids\":[],\"raw_config\":{}}}");
    }

    /** As confd does it: update first, create when that says 404. */
    @Test
    void createOrUpdateGoesByTheStatus404() {
        String config = "{\"config\":{\"id\":\"c\",\"parent_ids\":[],\"raw_config\":{}}}";
        assertThat(ask("PUT", "/0.2/dev_mgr/devices/new", "{\"device\":{\"config\":\"c\"}}")
                        .status())
                .isEqualTo(204);
        assertThat(ask("PUT", "/0.2/cfg_mgr/configs/c", config).status()).isEqualTo(404);
        assertThat(ask("POST", "/0.2/cfg_mgr/configs", config).status()).isEqualTo(201);
        assertThat(ask("PUT", "/0.2/cfg_mgr/configs/c", config).status()).isEqualTo(204);
        ApiReply again = ask("POST", "/0.2/cfg_mgr/configs", config);
        assertThat(again.status()).isEqualTo(400);
        assertThat(FakeApi.text(again)).isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "5", "\"x\"", "{\"config\":{\"id\":\"mine\"}}"})
    void anyJsonMakesAnOnboardingConfig(String body) {
        ApiReply reply = ask("POST", "/0.2/cfg_mgr/autocreate", body);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(FakeApi.text(reply)).isEqualTo("{\"id\":\"autoprov7f9c\"}");
        assertThat(reply.headers()).containsEntry("Location", "/0.2/cfg_mgr/autocreate/autoprov7f9c");
        assertThat(ask("POST", "/0.2/pg_mgr/install/update", body).status()).isEqualTo(201);
    }

    @Test
    void anOvertakenChangeOfAConfigIsMadeAgain() {
        world.configs.overtaken.set(2);
        assertThat(ask(
                                "PUT",
                                "/0.2/cfg_mgr/configs/base",
                                "{\"config\":{\"parent_ids\":[],\"raw_config\":{\"X_a\":1}}}")
                        .status())
                .isEqualTo(204);
        assertThat(world.configs.configs.get("base").rawConfig()).isEqualTo(Map.of("X_a", 1L));
        world.configs.overtaken.set(2);
        assertThat(ask("DELETE", "/0.2/cfg_mgr/configs/base", null).status()).isEqualTo(204);
        world.configs.overtaken.set(1_000_000);
        Map<String, Config> before = Map.copyOf(world.configs.configs);
        assertThat(ask("DELETE", "/0.2/cfg_mgr/configs/v1.2", null).status()).isEqualTo(409);
        assertThat(world.configs.configs).isEqualTo(before);
    }

    @Test
    void ofTwoThatCreateTheSameIdOneIsToldThatItIsTaken() {
        world.configs.overtaken.set(1);
        ApiReply config = ask(
                "POST", "/0.2/cfg_mgr/configs", "{\"config\":{\"id\":\"twin\",\"parent_ids\":[],\"raw_config\":{}}}");
        assertThat(config.status()).isEqualTo(400);
        assertThat(FakeApi.text(config)).isEqualTo("twin");
        world.devices.refusal = new RefusedException(Reason.STALE, "overtaken");
        ApiReply device = ask("POST", "/0.2/dev_mgr/devices", "{\"device\":{\"id\":\"twin\"}}");
        assertThat(device.status()).isEqualTo(400);
        assertThat(FakeApi.text(device)).isEqualTo("twin");
    }

    @Test
    void anOvertakenUpdateOfADeviceIsMadeAgain() {
        world.devices.meanwhile = () -> world.devices.put(
                world.devices.get("subs").orElseThrow().edit().ip("192.0.2.99").build());
        assertThat(ask("PUT", "/0.2/dev_mgr/devices/subs", "{\"device\":{\"model\":\"M\"}}")
                        .status())
                .isEqualTo(204);
        assertThat(world.devices.get("subs").orElseThrow().model()).isEqualTo("M");
        assertThat(world.devices.get("subs").orElseThrow().ip()).isNull();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            plugin_server | http://host_a:8080/x?y    | ^^
            plugin_server | https://[2001:db8::1]/    | ^^
            plugin_server | ://host                   | no scheme: ://host
            plugin_server | host:8080                 | no scheme: host:8080
            plugin_server | http://                   | no hostname: http://
            plugin_server | http://:80/               | no hostname: http://:80/
            plugin_server | http:///x                 | no hostname: http:///x
            plugin_server | http://u:secret@/x        | no hostname: http:///x
            plugin_server | u:secret@host             | no scheme: host
            http_proxy    | http://u:se@cret@host:1   | ^^
            http_proxy    | http://my_proxy:3128      | ^^
            http_proxy    | 192.0.2.1:3128            | No scheme: 192.0.2.1:3128
            http_proxy    | http://u:secret@host/     | Path: http://host/
            http_proxy    | http://u:sec/ret@host     | No hostname: http://host
            http_proxy    | http://host?x             | Path: http://host?x
            http_proxy    | http://host#x             | Path: http://host#x
            http_proxy    | http://                   | No hostname: http://
            ftp_proxy     | /x                        | No scheme: /x
            https_proxy   | https://u:secret@host     | scheme and hostname: https://host
            https_proxy   | u:secret@host             | not a host or host:port
            https_proxy   | [2001:db8::1]:3128        | ^^
            locale        | de                        | ^^
            locale        | deu_DEU                   | ^^
            locale        | de_de                     | Invalid locale de_de
            locale        | de_DE.UTF-8               | Invalid locale de_DE.UTF-8
            NAT           | yes                       | Invalid value for NAT: "0" or "1" is needed
            provisioning_key | 1234567                | provisioning_key should be [8, 256] characters long.
            provisioning_key | aA0-$~.z               | ^^
            provisioning_key | 12345678_              | provisioning_key: only letters, digits and - $ ~ . are allowed.
            """)
    void parametersHaveTheirForms(String name, String value, String refusal) {
        FakeApi.State before = world.state();
        ApiReply reply = ask("PUT", "/0.2/configure/" + name, "{\"param\":{\"value\":\"" + value + "\"}}");
        assertThat(FakeApi.text(reply)).isEqualTo(refusal);
        assertThat(reply.status()).isEqualTo(refusal.isEmpty() ? 204 : 400);
        if (refusal.isEmpty()) {
            assertThat(get("/0.2/configure/" + name)).isEqualTo("{\"param\":{\"value\":\"" + value + "\"}}");
        } else {
            assertThat(world.state()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "{\"param\":null}", "{\"param\":[]}", "{\"param\":{}}", "{\"value\":\"1\"}"})
    void aParameterNeedsItsValue(String body) {
        ApiReply reply = ask("PUT", "/0.2/configure/NAT", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(FakeApi.text(reply)).isEqualTo("Wrong information in entity");
        assertThat(ask("PUT", "/0.2/configure/nat", body).status()).isEqualTo(404);
    }

    @Test
    void aProvisioningKeyIsItsTenantsAlone() {
        String longest = "k".repeat(256);
        for (String key : List.of(longest, longest)) { // the same again is fine
            assertThat(ask("sub", "PUT", "/0.2/configure/provisioning_key", "{\"param\":{\"value\":\"" + key + "\"}}")
                            .status())
                    .isEqualTo(204);
        }
        ApiReply taken =
                ask("deep", "PUT", "/0.2/configure/provisioning_key", "{\"param\":{\"value\":\"" + longest + "\"}}");
        assertThat(taken.status()).isEqualTo(400);
        assertThat(FakeApi.text(taken)).isEqualTo("another tenant already uses this provisioning key.");
        assertThat(ask("sub", "PUT", "/0.2/configure/provisioning_key", "{\"param\":{\"value\":\"" + longest + "k\"}}")
                        .status())
                .isEqualTo(400);
        for (String nobody : List.of("sub", "deep")) {
            assertThat(ask(nobody, "PUT", "/0.2/configure/provisioning_key", "{\"param\":{\"value\":null}}")
                            .status())
                    .isEqualTo(204);
        }
        assertThat(FakeApi.text(ask("sub", "GET", "/0.2/configure/provisioning_key", null)))
                .isEqualTo("{\"param\":{\"value\":null}}");
        assertThat(FakeApi.text(ask("other", "GET", "/0.2/configure/provisioning_key", null)))
                .isEqualTo("{\"param\":{\"value\":\"" + Sample.key(FakeIdentity.OTHER) + "\"}}");
    }

    @Test
    void operationsAreNumberedForEachPlaceAndTellHowFarTheyAre() {
        assertThat(ask("POST", "/0.2/dev_mgr/synchronize", "{\"id\":\"new\"}").headers())
                .containsEntry("Location", "/0.2/dev_mgr/synchronize/2");
        ApiReply begun = ask("POST", "/0.2/pg_mgr/install/install", "{\"id\":\"acme-2.0\"}");
        assertThat(begun.headers()).containsEntry("Location", "/0.2/pg_mgr/install/install/2");
        assertThat(begun.body()).isEmpty();
        String path = "/0.2/pg_mgr/install/install/2";
        Operation operation = world.core.last;
        assertThat(get(path)).startsWith("{\"status\":\"install|progress(download|");
        operation.fail("the bundle is broken");
        assertThat(get(path)).startsWith("{\"status\":\"install|fail(").endsWith("\"error\":\"the bundle is broken\"}");
        assertThat(FakeApi.text(ask("other", "GET", path, null))).isEqualTo(get(path)); // they belong to all
        assertThat(ask("other", "DELETE", path, null).status()).isEqualTo(204);
        assertThat(ask("DELETE", path, null).status()).isEqualTo(404);
        assertThat(ask("POST", "/0.2/pg_mgr/install/install", "{\"id\":\"acme-2.0\"}")
                        .headers())
                .containsEntry("Location", "/0.2/pg_mgr/install/install/3");
        for (String number : List.of("0", "-1", "01", "99999999999999999999", "x", "3.0", "%33")) {
            assertThat(ask("GET", "/0.2/pg_mgr/install/install/" + number, null).status())
                    .as(number)
                    .isEqualTo(404);
        }
    }

    @Test
    void leasesOfAnyCallerAreLearntWithoutATenant() {
        for (String who : List.of("master", "deep")) {
            ask(
                    who,
                    "POST",
                    "/0.2/dev_mgr/dhcpinfo",
                    "{\"dhcp_info\":{\"op\":\"commit\",\"ip\":\"10.9.1\",\"mac\":\"805EC0010203\",\"options\":[]}}");
        }
        assertThat(world.core.observed).hasSize(2).allSatisfy(request -> {
            assertThat(request.client().getHostAddress()).isEqualTo("10.9.0.1");
            assertThat(request.hardwareAddress()).hasToString("80:5e:c0:01:02:03");
        });
        for (String gone : List.of("release", "expiry")) {
            assertThat(ask("POST", "/0.2/dev_mgr/dhcpinfo", "{\"dhcp_info\":{\"op\":\"" + gone + "\",\"ip\":\"1\"}}")
                            .status())
                    .isEqualTo(204);
        }
        assertThat(world.core.observed).hasSize(2);
    }
}
