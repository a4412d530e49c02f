// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;

/**
 * A request that succeeds, one for each route. The access needed is written down as the contract has it, not taken from
 * the route.
 *
 * @param pattern of the route
 * @param path {@code TARGET} stands for the id of a device, also in {@code access} and {@code body}
 * @param access null: no token is needed
 * @param body null for none
 * @param status of a caller who may
 */
record Sample(String method, String pattern, String path, String access, String body, int status) {

    private static final String TABLE = """
            GET    | /0.2                                 | provd.read                               | 200 |
            GET    | /0.2/status                          | provd.status.read                        | 200 |
            GET    | /0.2/api/api.yml                     |                                          | 200 |
            GET    | /0.2/dev_mgr                         | provd.dev_mgr.read                       | 200 |
            GET    | /0.2/dev_mgr/devices                 | provd.dev_mgr.devices.read               | 200 |
            POST   | /0.2/dev_mgr/devices                 | provd.dev_mgr.devices.create             | 201 | {"device":{"id":"fresh","mac":"80:5e:c0:01:02:03","ip":"192.0.2.7","sn":"s","uuid":"u","vendor":"V","model":"M","version":"1","plugin":"acme-1.2","config":"base","description":"d","options":{"switchboard":true},"added":"auto","X_room":[1]}}
            GET    | /0.2/dev_mgr/devices/{id=TARGET}     | provd.dev_mgr.devices.TARGET.read        | 200 |
            PUT    | /0.2/dev_mgr/devices/{id=TARGET}     | provd.dev_mgr.devices.TARGET.update      | 204 | {"device":{"id":"TARGET","mac":"80:5e:c0:01:02:03","ip":"192.0.2.7","model":"M","options":{},"tenant_uuid":"x","configured":true,"is_new":false}}
            DELETE | /0.2/dev_mgr/devices/{id=TARGET}     | provd.dev_mgr.devices.TARGET.delete      | 204 |
            POST   | /0.2/dev_mgr/synchronize             | provd.dev_mgr.synchronize.create         | 201 | {"id":"TARGET"}
            GET    | /0.2/dev_mgr/synchronize/{number=1}  | provd.operation.read                     | 200 |
            DELETE | /0.2/dev_mgr/synchronize/{number=1}  | provd.operation.delete                   | 204 |
            POST   | /0.2/dev_mgr/reconfigure             | provd.dev_mgr.reconfigure.create         | 204 | {"id":"TARGET"}
            POST   | /0.2/dev_mgr/dhcpinfo                | provd.dev_mgr.dhcpinfo.create            | 204 | {"dhcp_info":{"op":"commit","ip":"10.34.1.17","mac":"80:5E:C0:01:02:03","options":["06079.65.61.6c.69.6e.6b"]}}
            GET    | /0.2/cfg_mgr                         | provd.cfg_mgr.read                       | 200 |
            GET    | /0.2/cfg_mgr/configs                 | provd.cfg_mgr.configs.read               | 200 |
            POST   | /0.2/cfg_mgr/configs                 | provd.cfg_mgr.configs.create             | 201 | {"config":{"id":"fresh","X_type":"device","parent_ids":["base"],"raw_config":{"timezone":"Europe/Oslo"},"role":null,"transient":false,"deletable":true}}
            GET    | /0.2/cfg_mgr/configs/{id=v1.2}       | provd.cfg_mgr.configs.v1_2.read          | 200 |
            PUT    | /0.2/cfg_mgr/configs/{id=v1.2}       | provd.cfg_mgr.configs.v1_2.update        | 204 | {"config":{"id":"v1.2","parent_ids":[],"raw_config":{"X_a":{"b":[1]}}}}
            DELETE | /0.2/cfg_mgr/configs/{id=v1.2}       | provd.cfg_mgr.configs.v1_2.delete        | 204 |
            GET    | /0.2/cfg_mgr/configs/{id=v1.2}/raw   | provd.cfg_mgr.configs.v1_2.raw.read      | 200 |
            POST   | /0.2/cfg_mgr/autocreate              | provd.cfg_mgr.autocreate.create          | 201 | {}
            GET    | /0.2/configure                       | provd.configure.read                     | 200 |
            GET    | /0.2/configure/{param=provisioning_key} | provd.configure.TENANT.provisioning_key.read   | 200 |
            PUT    | /0.2/configure/{param=provisioning_key} | provd.configure.TENANT.provisioning_key.update | 204 | {"param":{"value":"another-key"}}
            GET    | /0.2/pg_mgr                          | provd.pg_mgr.read                        | 200 |
            POST   | /0.2/pg_mgr/reload                   | provd.pg_mgr.reload.create               | 204 | {"id":"acme-1.2"}
            GET    | /0.2/pg_mgr/plugins                  | provd.pg_mgr.plugins.read                | 200 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}      | provd.pg_mgr.plugins.acme-1_2.read       | 200 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/info | provd.pg_mgr.plugins.acme-1_2.info.read  | 200 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/configure              | provd.pg_mgr.plugins.acme-1_2.configure.read | 200 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/configure/{param=ring} | provd.configure.TENANT.ring.read             | 200 |
            PUT    | /0.2/pg_mgr/plugins/{id=acme-1.2}/configure/{param=ring} | provd.configure.TENANT.ring.update           | 204 | {"param":{"value":5}}
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/install             | provd.pg_mgr.plugins.acme-1_2.install.read             | 200 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/installed   | provd.pg_mgr.plugins.acme-1_2.install.installed.read   | 200 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/installable | provd.pg_mgr.plugins.acme-1_2.install.installable.read | 200 |
            POST   | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/install     | provd.pg_mgr.plugins.acme-1_2.install.install.create   | 201 | {"id":"A1-fw"}
            POST   | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/upgrade     | provd.pg_mgr.plugins.acme-1_2.install.upgrade.create   | 201 | {"id":"A1-fw"}
            POST   | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/uninstall   | provd.pg_mgr.plugins.acme-1_2.install.uninstall.create | 204 | {"id":"A1-fw"}
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/install/{number=1} | provd.operation.read   | 200 |
            DELETE | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/install/{number=1} | provd.operation.delete | 204 |
            GET    | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/upgrade/{number=1} | provd.operation.read   | 200 |
            DELETE | /0.2/pg_mgr/plugins/{id=acme-1.2}/install/upgrade/{number=1} | provd.operation.delete | 204 |
            GET    | /0.2/pg_mgr/install                  | provd.pg_mgr.install.read                | 200 |
            GET    | /0.2/pg_mgr/install/installed        | provd.pg_mgr.install.installed.read      | 200 |
            GET    | /0.2/pg_mgr/install/installable      | provd.pg_mgr.install.installable.read    | 200 |
            POST   | /0.2/pg_mgr/install/install          | provd.pg_mgr.install.install.create      | 201 | {"id":"acme-2.0"}
            POST   | /0.2/pg_mgr/install/upgrade          | provd.pg_mgr.install.upgrade.create      | 201 | {"id":"acme-0.9"}
            POST   | /0.2/pg_mgr/install/uninstall        | provd.pg_mgr.install.uninstall.create    | 204 | {"id":"acme-0.9"}
            POST   | /0.2/pg_mgr/install/update           | provd.pg_mgr.install.update.create       | 201 | {}
            GET    | /0.2/pg_mgr/install/install/{number=1} | provd.operation.read                   | 200 |
            DELETE | /0.2/pg_mgr/install/install/{number=1} | provd.operation.delete                 | 204 |
            GET    | /0.2/pg_mgr/install/upgrade/{number=1} | provd.operation.read                   | 200 |
            DELETE | /0.2/pg_mgr/install/upgrade/{number=1} | provd.operation.delete                 | 204 |
            GET    | /0.2/pg_mgr/install/update/{number=1}  | provd.operation.read                   | 200 |
            DELETE | /0.2/pg_mgr/install/update/{number=1}  | provd.operation.delete                 | 204 |
            """;

    static final List<Sample> ALL = TABLE.lines().map(Sample::row).toList();

    private static Sample row(String line) {
        String[] cells = line.split("\\|", 5);
        String place = cells[1].strip();
        String access = cells[2].strip();
        String body = cells[4].strip();
        return new Sample(
                cells[0].strip(),
                place.replaceAll("=[^}]*", ""),
                place.replaceAll("\\{[a-z]*=([^}]*)\\}", "$1"),
                access.isEmpty() ? null : access,
                body.isEmpty() ? null : body,
                Integer.parseInt(cells[3].strip()));
    }

    /** A core with something of each kind in it: for each tenant a device and a key, and an operation at each place. */
    static FakeApi world() {
        FakeApi world = new FakeApi();
        fill(world);
        return world;
    }

    static void fill(FakeApi world) {
        List.of(FakeIdentity.MASTER, FakeIdentity.SUB, FakeIdentity.DEEP, FakeIdentity.OTHER)
                .forEach(tenant -> world.core.tenants.put(tenant, new Tenant(tenant, 1, tenant, null, key(tenant))));
        device(world, "new", FakeIdentity.MASTER);
        device(world, "subs", FakeIdentity.SUB);
        device(world, "deeps", FakeIdentity.DEEP);
        device(world, "others", FakeIdentity.OTHER);
        for (String id : List.of("base", "v1.2", "autoprov")) {
            world.configs.configs.put(id, Config.of(id, List.of(), Map.of("timezone", "Europe/Oslo")));
        }
        world.core.installed.add(FakeServer.status(FakeServer.OLD));
        world.core.packages.add("A1-fw");
        for (Sample sample : ALL) {
            if (sample.status == 201 && !sample.body.contains("fresh") && !sample.path.endsWith("autocreate")) {
                sample.to("subs").ask(world, Map.of("X-Auth-Token", "master"));
            }
        }
        world.devices.touched.clear();
        world.synchronizedIds.clear();
        world.identity.asked.clear();
    }

    private static void device(FakeApi world, String id, String tenant) {
        world.devices.put(Device.create(id)
                .tenant(tenant)
                .config("base")
                .description(mark(id))
                .other("X_mark", mark(id))
                .build());
    }

    /** What stands in a device and nowhere else. */
    static String mark(String deviceId) {
        return "mark-of-" + deviceId + "!";
    }

    static String key(String tenant) {
        return "key-of-" + tenant;
    }

    boolean isAboutADevice() {
        return path.contains("TARGET") || body != null && body.contains("TARGET");
    }

    /** The same for this device. */
    Sample to(String deviceId) {
        return new Sample(
                method,
                pattern,
                path.replace("TARGET", deviceId),
                access == null ? null : access.replace("TARGET", deviceId.replace('.', '_')),
                body == null ? null : body.replace("TARGET", deviceId),
                status);
    }

    Sample at(String otherPath) {
        return new Sample(method, pattern, otherPath, access, body, status);
    }

    Sample with(String otherBody) {
        return new Sample(method, pattern, path, access, otherBody, status);
    }

    String accessOf(String tenant) {
        return access.replace("TENANT", tenant);
    }

    /** With the media type if there is a body; the given header fields replace ours. */
    ApiReply ask(FakeApi api, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        if (body != null) {
            all.put("Content-Type", Reply.JSON);
        }
        all.putAll(headers);
        byte[] octets = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return api.answer(method, path, all, octets);
    }

    static List<Sample> withBodies() {
        return ALL.stream().filter(sample -> sample.body != null).toList();
    }

    /** Once for each device where it is about one. */
    static List<Sample> ofEachDevice() {
        List<Sample> all = new ArrayList<>();
        for (Sample sample : ALL) {
            if (sample.isAboutADevice()) {
                List.of("new", "subs", "deeps", "others").forEach(id -> all.add(sample.to(id)));
            } else {
                all.add(sample);
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return method + ' ' + path + (body == null ? "" : ' ' + body);
    }
}
