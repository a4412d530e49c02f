// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row for each rule: who asks what, and what comes back. */
final class ContractTest {

    private LiveApi api;

    @BeforeEach
    void open() throws IOException {
        api = new LiveApi();
        api.devices.put(Device.create("new").tenant(FakeIdentity.MASTER).build());
        api.devices.put(Device.create("subs").tenant(FakeIdentity.SUB).build());
        api.devices.put(Device.create("a.b").tenant(FakeIdentity.SUB).build());
        api.configs.configs.put("base", Config.of("base", List.of(), Map.of("timezone", "Europe/Oslo")));
        api.configs.configs.put("locked", new Config("locked", 1, List.of(), Map.of(), null, false, false, Map.of()));
    }

    @AfterEach
    void close() {
        api.close();
    }

    /** {@code {PROV}} is the media type; a tenant name after the token's name is the tenant header. */
    private void check(String method, String path, String who, String body, int status, String expected)
            throws IOException {
        String[] token = (who == null ? "" : who).split("@");
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        if (!token[0].isEmpty()) {
            headers.put("X-Auth-Token", token[0]);
        }
        if (token.length > 1) {
            headers.put("Wazo-Tenant", tenant(token[1]));
        }
        if (body != null) {
            headers.put("Content-Type", Reply.JSON);
        }
        LiveApi.Answer answer = api.send(method, path, headers, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*");
        if (status == 204) {
            assertThat(answer.headers()).doesNotContainKey("content-type");
            assertThat(answer.body()).isEmpty();
        }
        if (expected != null) {
            assertThat(answer.body()).contains(expected);
        }
    }

    private static String tenant(String name) {
        return switch (name) {
            case "master" -> FakeIdentity.MASTER;
            case "sub" -> FakeIdentity.SUB;
            case "deep" -> FakeIdentity.DEEP;
            case "other" -> FakeIdentity.OTHER;
            default -> name;
        };
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            OPTIONS | /nowhere                  |        |    | 200 |
            OPTIONS | /0.2/dev_mgr/devices      |        |    | 200 |
            GET     | /nowhere                  | bad    |    | 404 |
            GET     | /0.2/                     | master |    | 404 |
            GET     | /0.2/dev_mgr/             | master |    | 404 |
            GET     | /0.2/dev_mgr/devices/     | master |    | 404 | No such resource
            GET     | /0.2/cfg_mgr/configs/     | master |    | 404 | No such resource
            GET     | /0.2/cfg_mgr/configs//raw | master |    | 404 | No such resource
            GET     | /0.2/cfg_mgr/configs/base/other | master | | 404 |
            GET     | /0.2/pg_mgr/plugins/unknown/info | bad | | 404 |
            GET     | /0.2/pg_mgr/plugins/unknown/install/installed | bad | | 404 |
            PATCH   | /0.2/dev_mgr/devices      | bad    |    | 405 |
            PUT     | /0.2/dev_mgr/devices      | bad    | {} | 405 |
            POST    | /0.2/status               | bad    | {} | 405 |
            GET     | /0.2/dev_mgr/synchronize  | bad    |    | 405 |
            GET     | /0.2/status               |        |    | 401 | Unauthorized
            GET     | /0.2/status               | bad    |    | 401 | Unauthorized
            GET     | /0.2/status               | limited |   | 401 | Unauthorized
            HEAD    | /0.2/status               | limited |   | 401 |
            HEAD    | /0.2/status               | master |    | 200 |
            GET     | /0.2/dev_mgr/devices      | limited |   | 200 | devices
            GET     | /0.2/status               | sub@other |  | 401 | Unauthorized
            GET     | /0.2/status               | sub@nonsense | | 401 | Unauthorized
            GET     | /0.2/status               | sub@deep |   | 200 | ^"rest_api":"ok"^
            GET     | /0.2/dev_mgr/devices/%C3%A9 | bad |    | 401 |
            POST    | /0.2/dev_mgr/devices      | bad    | {  | 401 |
            GET     | /0.2/api/api.yml          |        |    | 200 | swagger: '2.0'
            GET     | /0.2                      | master |    | 200 | {"rel":"srv.configure","href":"/0.2/configure"}
            GET     | /0.2/cfg_mgr              | master |    | 200 | {"links":[{"rel":"cfg.configs","href":"/0.2/cfg_mgr/configs"},{"rel":"cfg.autocreate","href":"/0.2/cfg_mgr/autocreate"}]}
            GET     | /0.2/pg_mgr/plugins/acme-1.2 | master | | 200 | {"rel":"srv.install","href":"/0.2/pg_mgr/plugins/acme-1.2/install"}
            """)
    void checksComeInOrder(String method, String path, String who, String body, int status, String expected)
            throws IOException {
        check(method, path, who, body, status, expected);
    }

    @ParameterizedTest(name = "{0} {1} by {2} with {3}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            POST | /0.2/dev_mgr/devices | master | {                                    | 400 | Invalid JSON document
            POST | /0.2/dev_mgr/devices | master | {"device":{}} x                      | 400 | Invalid JSON document
            POST | /0.2/dev_mgr/devices | master | {'device':{}}                        | 400 | Invalid JSON document
            POST | /0.2/dev_mgr/devices | master | {"device":{"a":NaN}}                 | 400 | Invalid JSON document
            POST | /0.2/dev_mgr/devices | master | {"device":{"a":1e999}}               | 400 | out of range
            POST | /0.2/dev_mgr/devices | master | {"device":{"a":1,"a":2}}             | 400 | stands twice
            POST | /0.2/dev_mgr/devices | master | {"device":{"a":"\\ud800"}}           | 400 | Invalid JSON document
            POST | /0.2/dev_mgr/devices | master | {"device":{"\\udc00":1}}             | 400 | Invalid JSON document
            POST | /0.2/dev_mgr/devices | master | []                                   | 400 | device
            POST | /0.2/dev_mgr/devices | master | null                                 | 400 | device
            POST | /0.2/dev_mgr/devices | master | {}                                   | 400 | device
            POST | /0.2/dev_mgr/devices | master | {"device":null}                      | 400 | device
            POST | /0.2/dev_mgr/devices | master | {"device":[]}                        | 400 | device
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":"new"}}              | 400 | new
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":"a/b"}}              | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":""}}                 | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":null}}               | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":7}}                  | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":"a\\u0000"}}         | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":"é"}}                | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":".."}}               | 400 | Invalid id
            POST | /0.2/dev_mgr/devices | master | {"device":{"mac":"80-5E-C0-01-02-03"}} | 400 | Non-normalized MAC address 80-5E-C0-01-02-03
            POST | /0.2/dev_mgr/devices | master | {"device":{"mac":""}}                | 400 | Non-normalized MAC address
            POST | /0.2/dev_mgr/devices | master | {"device":{"mac":5}}                 | 400 | Non-normalized MAC address 5
            POST | /0.2/dev_mgr/devices | master | {"device":{"ip":"10.0.0.256"}}       | 400 | Non-normalized IP address 10.0.0.256
            POST | /0.2/dev_mgr/devices | master | {"device":{"ip":"010.0.0.1"}}        | 400 | Non-normalized IP address
            POST | /0.2/dev_mgr/devices | master | {"device":{"model":{}}}              | 400 | model
            POST | /0.2/dev_mgr/devices | master | {"device":{"configured":[]}}         | 400 | configured
            POST | /0.2/dev_mgr/devices | master | {"device":{"options":"x"}}           | 400 | options
            POST | /0.2/dev_mgr/devices | master | {"device":{"mac":null,"ip":"","model":5}} | 201 | ^"id"^
            POST | /0.2/dev_mgr/devices | master | {"device":{"id":"lobby 1"}}          | 201 | ^{"id":"lobby 1"}^
            PUT  | /0.2/dev_mgr/devices/nope | master | {"device":{"mac":"x"}}          | 404 | No such resource
            PUT  | /0.2/dev_mgr/devices/new  | master | {"device":{"mac":"x"}}          | 500 | Non-normalized MAC address x
            PUT  | /0.2/dev_mgr/devices/new  | master | {"device":{"ip":"x"}}           | 500 | Non-normalized IP address x
            PUT  | /0.2/dev_mgr/devices/new  | master | {"device":{"plugin":[]}}        | 500 | plugin
            PUT  | /0.2/dev_mgr/devices/new  | master | {}                              | 400 | device
            PUT  | /0.2/dev_mgr/devices/new  | master | {"device":{"id":"other"}}       | 204 |
            GET  | /0.2/dev_mgr/devices/new  | master |                                 | 200 | {"device":{"id":"new"
            GET  | /0.2/dev_mgr/devices/%6eew | master |                                | 200 | ^"id":"new"^
            GET  | /0.2/dev_mgr/devices/a%2Fb | master |                                | 400 | Invalid id
            GET  | /0.2/dev_mgr/devices/%00  | master |                                 | 400 |
            GET  | /0.2/dev_mgr/devices/%C3%A9 | master |                               | 400 | Invalid id
            GET  | /0.2/dev_mgr/devices/%zz  | master |                                 | 400 |
            GET  | /0.2/dev_mgr/devices/nope | master |                                 | 404 | No such resource
            DELETE | /0.2/dev_mgr/devices/nope | master |                               | 404 | No such resource
            DELETE | /0.2/dev_mgr/devices/new  | master |                               | 204 |
            POST | /0.2/dev_mgr/synchronize  | master | {}                              | 400 | Missing "id" key
            POST | /0.2/dev_mgr/synchronize  | master | []                              | 400 | Missing "id" key
            POST | /0.2/dev_mgr/synchronize  | master | {"id":null}                     | 404 | No such resource
            POST | /0.2/dev_mgr/synchronize  | master | {"id":"nope"}                   | 404 | No such resource
            POST | /0.2/dev_mgr/synchronize  | master | {"id":"new"}                    | 201 |
            POST | /0.2/dev_mgr/reconfigure  | master | {}                              | 400 | Missing "id" key
            POST | /0.2/dev_mgr/reconfigure  | master | {"id":"nope"}                   | 400 | invalid device ID
            POST | /0.2/dev_mgr/reconfigure  | master | {"id":null}                     | 400 | invalid device ID
            POST | /0.2/dev_mgr/reconfigure  | master | {"id":"new"}                    | 204 |
            GET  | /0.2/dev_mgr/devices?q=[]  | master |                                | 400 |
            GET  | /0.2/dev_mgr/devices?q={"id":"subs"}&recurse=True | master |         | 200 | ^"id":"subs"^
            GET  | /0.2/dev_mgr/devices?q={"id":"subs"}&recurse=1 | master |            | 200 | {"devices":[]}
            """)
    void devicesObeyTheirRules(String method, String path, String who, String body, int status, String expected)
            throws IOException {
        check(method, path, who, body, status, expected);
    }

    @ParameterizedTest(name = "{1} with {0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op":"commit","ip":"10.9.1","mac":"80:5E:C0:1:02:03","options":["06079.65.61.6c.69.6e.6b"]} | 204 |
            {"op":"commit","ip":"10.0.0.1","mac":"805EC0010203","options":[]} | 204 |
            {"op":"release","ip":"0x0a.1"} | 204 |
            {"op":"expiry","ip":"012.0.0.1"} | 204 |
            {"op":"renew","ip":"10.0.0.1"} | 400 | invalid operation value
            {"op":"release","ip":"10.0.0.1.2"} | 400 |
            {"op":"release","ip":"300.0.0.1"} | 400 |
            {"op":"release","ip":"08.0.0.1"} | 400 |
            {"op":"release","ip":""} | 400 |
            {"op":"release"} | 400 |
            {"ip":"10.0.0.1"} | 400 |
            {"op":1,"ip":"10.0.0.1"} | 400 |
            {"op":"commit","ip":"10.0.0.1","mac":"80-5E:C0:01:02:03","options":[]} | 400 |
            {"op":"commit","ip":"10.0.0.1","options":[]} | 400 |
            {"op":"commit","ip":"10.0.0.1","mac":"805EC0010203"} | 400 |
            {"op":"commit","ip":"10.0.0.1","mac":"805EC0010203","options":["60"]} | 400 |
            {"op":"commit","ip":"10.0.0.1","mac":"805EC0010203","options":["999"]} | 400 |
            {"op":"commit","ip":"10.0.0.1","mac":"805EC0010203","options":["060gg"]} | 400 |
            {"op":"commit","ip":"10.0.0.1","mac":"805EC0010203","options":[5]} | 400 |
            """)
    void leasesAreChecked(String info, int status, String expected) throws IOException {
        check("POST", "/0.2/dev_mgr/dhcpinfo", "master", "{\"dhcp_info\":" + info + "}", status, expected);
        if (info.contains("06079")) {
            assertThat(api.core.observed).singleElement().satisfies(request -> {
                assertThat(request.client().getHostAddress()).isEqualTo("10.9.0.1");
                assertThat(request.dhcpOptions()).containsEntry(60, "yealink");
            });
        }
    }

    @ParameterizedTest(name = "{0} {1} with {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            POST | /0.2/cfg_mgr/configs | {"config":{"id":"t","parent_ids":["base"],"raw_config":{}}} | 201 | {"id":"t"}
            POST | /0.2/cfg_mgr/configs | {"config":{"parent_ids":[],"raw_config":{}}}     | 201 | ^"id"^
            POST | /0.2/cfg_mgr/configs | {"config":{"id":"base","parent_ids":[],"raw_config":{}}} | 400 | base
            POST | /0.2/cfg_mgr/configs | {"config":{"raw_config":{}}}                     | 400 | parent_ids
            POST | /0.2/cfg_mgr/configs | {"config":{"parent_ids":"base","raw_config":{}}} | 400 | parent_ids
            POST | /0.2/cfg_mgr/configs | {"config":{"parent_ids":[1],"raw_config":{}}}    | 400 | parent_ids
            POST | /0.2/cfg_mgr/configs | {"config":{"parent_ids":[]}}                     | 400 | raw_config
            POST | /0.2/cfg_mgr/configs | {"config":{"parent_ids":[],"raw_config":[]}}     | 400 | raw_config
            POST | /0.2/cfg_mgr/configs | {"config":{"parent_ids":[],"raw_config":{"bad":1}}} | 400 | Custom fields must start with `X_`
            POST | /0.2/cfg_mgr/configs | {"config":{"id":"a/b","parent_ids":[],"raw_config":{}}} | 400 | Invalid id
            POST | /0.2/cfg_mgr/configs | {"config":{"role":1,"parent_ids":[],"raw_config":{}}} | 400 | role
            POST | /0.2/cfg_mgr/configs | {"config":{"transient":"x","parent_ids":[],"raw_config":{}}} | 400 | transient
            POST | /0.2/cfg_mgr/configs | {"config":[]}                                    | 400 | config
            GET  | /0.2/cfg_mgr/configs/base     |                                         | 200 | {"config":{"id":"base","parent_ids":[],"raw_config":{"timezone":"Europe/Oslo"}}}
            GET  | /0.2/cfg_mgr/configs/base/raw |                                         | 200 | ^"http_base_url"^
            GET  | /0.2/cfg_mgr/configs/nope     |                                         | 404 | No such resource
            GET  | /0.2/cfg_mgr/configs/nope/raw |                                         | 404 | No such resource
            PUT  | /0.2/cfg_mgr/configs/nope     | {"config":{}}                           | 404 | No such resource
            PUT  | /0.2/cfg_mgr/configs/base     | {"config":{"parent_ids":[],"raw_config":{"bad":1}}} | 500 | Custom fields must start with `X_`
            PUT  | /0.2/cfg_mgr/configs/base     | {"config":{"parent_ids":[]}}            | 500 | raw_config
            PUT  | /0.2/cfg_mgr/configs/base     | {}                                      | 400 | config
            PUT  | /0.2/cfg_mgr/configs/base     | {"config":{"id":"x","parent_ids":[],"raw_config":{}}} | 204 |
            DELETE | /0.2/cfg_mgr/configs/base   |                                         | 204 |
            DELETE | /0.2/cfg_mgr/configs/nope   |                                         | 404 | No such resource
            DELETE | /0.2/cfg_mgr/configs/locked |                                         | 403 | is not deletable
            POST | /0.2/cfg_mgr/autocreate       | {}                                      | 400 | autocreate
            GET  | /0.2/cfg_mgr/configs?q64=eyJpZCI6ICJiYXNlIn0= |                         | 200 | ^[{"id":"base"^
            """)
    void configsObeyTheirRules(String method, String path, String body, int status, String expected)
            throws IOException {
        check(method, path, "sub", body, status, expected);
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            plugin_server    | "http://plugins.example/a"  | 204 | {"param":{"value":"http://plugins.example/a"}}
            plugin_server    | null                        | 204 | {"param":{"value":null}}
            plugin_server    | "plugins.example"           | 400 | no scheme
            plugin_server    | "http:///x"                 | 400 | no hostname
            plugin_server    | ""                          | 400 | no scheme
            http_proxy       | "http://u:p@192.0.2.1:3128" | 204 | {"param":{"value":"http://u:p@192.0.2.1:3128"}}
            http_proxy       | "192.0.2.1:3128"            | 400 |
            http_proxy       | "proxy:3128"                | 400 | No scheme
            http_proxy       | "http://"                   | 400 |
            http_proxy       | "http://proxy:3128/"        | 400 | Path: http://proxy:3128/
            ftp_proxy        | ""                          | 400 | No scheme
            ftp_proxy        | "ftp://proxy"               | 204 | {"param":{"value":"ftp://proxy"}}
            https_proxy      | "proxy:3128"                | 204 | {"param":{"value":"proxy:3128"}}
            https_proxy      | "proxy"                     | 204 | {"param":{"value":"proxy"}}
            https_proxy      | ""                          | 400 | zero-length value
            https_proxy      | "http://proxy"              | 400 | scheme and hostname
            locale           | "fr_CA"                     | 204 | {"param":{"value":"fr_CA"}}
            locale           | ""                          | 204 | {"param":{"value":null}}
            locale           | "french"                    | 400 | Invalid locale
            NAT              | "1"                         | 204 | {"param":{"value":1}}
            NAT              | "0"                         | 204 | {"param":{"value":0}}
            NAT              | null                        | 204 | {"param":{"value":0}}
            NAT              | 1                           | 400 |
            NAT              | true                        | 400 |
            NAT              | "2"                         | 400 |
            nat              | "1"                         | 404 | No such resource
            tenants          | null                        | 404 | No such resource
            provisioning_key | "secret-1"                  | 204 | {"param":{"value":"secret-1"}}
            provisioning_key | ""                          | 204 | {"param":{"value":null}}
            provisioning_key | null                        | 204 | {"param":{"value":null}}
            provisioning_key | "short-7"                   | 400 | should be [8, 256] characters long.
            provisioning_key | "with space"                | 400 |
            provisioning_key | "new\\nline-"               | 400 |
            provisioning_key | "sub-key-1"                 | 400 | another tenant already uses this provisioning key.
            provisioning_key | 12345678                    | 400 |
            """)
    void parametersAreChecked(String name, String value, int status, String expected) throws IOException {
        String path = "/0.2/configure/" + name;
        check("PUT", path, "master", "{\"param\":{\"value\":" + value + "}}", status, status == 204 ? null : expected);
        if (status == 204) {
            check("GET", path, "master", null, 200, expected);
        }
    }

    @ParameterizedTest(name = "{0} {1} with {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            GET  | /0.2/pg_mgr/plugins                 |                   | 200 | {"plugins":{"acme-1.2":{"links":[{"rel":"pg.plugin","href":"/0.2/pg_mgr/plugins/acme-1.2"}]}}}
            GET  | /0.2/pg_mgr/plugins/acme-1.2/info   |                   | 200 | {"plugin_info":{"version":"1.4","description":"Acme phones","capabilities":{"Acme, A1, *":{"lines":2}}}}
            GET  | /0.2/pg_mgr/install/installed       |                   | 200 | {"pkgs":{"acme-1.2":{"version":"1.4"
            GET  | /0.2/pg_mgr/install/installable     |                   | 200 | {"pkgs":{"acme-2.0":{"version":"2.0","description":"New phones","capabilities":{},"dsize":48112,"sha1sum":"9c11"}}}
            POST | /0.2/pg_mgr/install/install         | {}                | 400 | Missing "id" key
            POST | /0.2/pg_mgr/install/install         | {"id":7}          | 400 |
            POST | /0.2/pg_mgr/install/install         | {"id":"acme-1.2"} | 400 | plugin acme-1.2 is already installed
            POST | /0.2/pg_mgr/install/install         | {"id":"nope"}     | 400 | nope
            POST | /0.2/pg_mgr/install/install         | {"id":"acme-2.0"} | 201 |
            POST | /0.2/pg_mgr/install/upgrade         | {}                | 400 | Missing "id" key
            POST | /0.2/pg_mgr/install/upgrade         | {"id":"acme-2.0"} | 400 | plugin acme-2.0 is not already installed
            POST | /0.2/pg_mgr/install/upgrade         | {"id":"acme-1.2"} | 400 | the index has no plugin acme-1.2
            POST | /0.2/pg_mgr/install/uninstall       | {}                | 400 | Missing "id" key
            POST | /0.2/pg_mgr/install/uninstall       | {"id":"acme"}     | 400 | plugin not found
            POST | /0.2/pg_mgr/install/uninstall       | {"id":"acme-1.2"} | 204 |
            POST | /0.2/pg_mgr/install/update          | []                | 201 |
            POST | /0.2/pg_mgr/reload                  | {}                | 400 | Missing "id" key
            POST | /0.2/pg_mgr/reload                  | {"id":"acme-2.0"} | 400 | plugin acme-2.0 is not installed
            POST | /0.2/pg_mgr/reload                  | {"id":"acme-1.2"} | 204 |
            GET  | /0.2/pg_mgr/plugins/acme-1.2/configure         |                       | 200 | {"params":[{"id":"ring","description":"Ring tone","value":3,"links":[{"rel":"srv.configure.param","href":"/0.2/pg_mgr/plugins/acme-1.2/configure/ring"}]}]}
            GET  | /0.2/pg_mgr/plugins/acme-1.2/configure/ring    |                       | 200 | {"param":{"value":3}}
            GET  | /0.2/pg_mgr/plugins/acme-1.2/configure/other   |                       | 404 | No such resource
            GET  | /0.2/pg_mgr/plugins/acme-2.0/configure         |                       | 404 |
            PUT  | /0.2/pg_mgr/plugins/acme-1.2/configure/ring    | {"param":{"value":7}} | 204 |
            PUT  | /0.2/pg_mgr/plugins/acme-1.2/configure/ring    | {"param":{"value":null}} | 204 |
            PUT  | /0.2/pg_mgr/plugins/acme-1.2/configure/ring    | {"param":{"value":"7"}} | 400 | ring must be a whole number
            PUT  | /0.2/pg_mgr/plugins/acme-1.2/configure/ring    | {"param":{}}          | 400 | Wrong information in entity
            PUT  | /0.2/pg_mgr/plugins/acme-1.2/configure/other   | {"param":{"value":7}} | 404 | No such resource
            GET  | /0.2/pg_mgr/plugins/acme-1.2/install |                  | 200 | srv.install.upgrade
            GET  | /0.2/pg_mgr/plugins/acme-1.2/install/installable |      | 200 | {"pkgs":{"A1-fw":{"version":"8.1","description":"Firmware for A1","dsize":900}}}
            GET  | /0.2/pg_mgr/plugins/acme-1.2/install/installed   |      | 200 | {"pkgs":{}}
            POST | /0.2/pg_mgr/plugins/acme-1.2/install/install   | {}             | 400 | Missing "id" key
            POST | /0.2/pg_mgr/plugins/acme-1.2/install/install   | {"id":"nope"}  | 400 | package not found
            POST | /0.2/pg_mgr/plugins/acme-1.2/install/install   | {"id":"A1-fw"} | 201 |
            POST | /0.2/pg_mgr/plugins/acme-1.2/install/upgrade   | {"id":"A1-fw"} | 201 |
            POST | /0.2/pg_mgr/plugins/acme-1.2/install/uninstall | {"id":"A1-fw"} | 400 | package not found
            """)
    void pluginsObeyTheirRules(String method, String path, String body, int status, String expected)
            throws IOException {
        check(method, path, "sub", body, status, expected);
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            GET    | /0.2/dev_mgr/devices/subs | sub           |               | 200 |
            GET    | /0.2/dev_mgr/devices/subs | master        |               | 200 |
            GET    | /0.2/dev_mgr/devices/subs | deep          |               | 404 | No such resource
            GET    | /0.2/dev_mgr/devices/subs | master@other  |               | 404 | No such resource
            GET    | /0.2/dev_mgr/devices/new  | sub           |               | 404 | No such resource
            GET    | /0.2/dev_mgr/devices/new  | master@sub    |               | 404 | No such resource
            DELETE | /0.2/dev_mgr/devices/new  | sub           |               | 404 | No such resource
            DELETE | /0.2/dev_mgr/devices/subs | other         |               | 404 | No such resource
            DELETE | /0.2/dev_mgr/devices/subs | master        |               | 204 |
            PUT    | /0.2/dev_mgr/devices/subs | other         | {"device":{}} | 404 | No such resource
            PUT    | /0.2/dev_mgr/devices/subs | master@other  | {"device":{}} | 404 | No such resource
            PUT    | /0.2/dev_mgr/devices/subs | master        | {"device":{}} | 204 |
            PUT    | /0.2/dev_mgr/devices/new  | other         | {"device":{}} | 204 |
            POST   | /0.2/dev_mgr/synchronize  | other         | {"id":"subs"} | 404 | No such resource
            POST   | /0.2/dev_mgr/synchronize  | sub           | {"id":"new"}  | 404 | No such resource
            POST   | /0.2/dev_mgr/reconfigure  | other         | {"id":"subs"} | 400 | Tenant invalid for device
            POST   | /0.2/dev_mgr/reconfigure  | sub           | {"id":"new"}  | 400 | Tenant invalid for device
            POST   | /0.2/dev_mgr/reconfigure  | master        | {"id":"subs"} | 204 |
            """)
    void tenantsReachOnlyTheirDevices(String method, String path, String who, String body, int status, String expected)
            throws IOException {
        check(method, path, who, body, status, expected);
    }
}
