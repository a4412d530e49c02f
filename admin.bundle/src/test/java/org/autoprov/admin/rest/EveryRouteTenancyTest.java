// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No route shows or changes a device or a key of a tenant that the caller has no part in. */
final class EveryRouteTenancyTest {

    private static final List<String> DEVICES = List.of("new", "subs", "deeps", "others");

    /** Who calls. @param tenant of the call */
    private record Who(String token, String header, String tenant) {

        Map<String, String> headers() {
            return header == null
                    ? Map.of("X-Auth-Token", token)
                    : Map.of("X-Auth-Token", token, "Wazo-Tenant", header);
        }

        boolean reaches(Device device) {
            return FakeIdentity.below(tenant).contains(device.tenant());
        }
    }

    private static final List<Who> CALLERS = List.of(
            new Who("master", null, FakeIdentity.MASTER),
            new Who("sub", null, FakeIdentity.SUB),
            new Who("deep", null, FakeIdentity.DEEP),
            new Who("other", null, FakeIdentity.OTHER),
            new Who("master", FakeIdentity.SUB, FakeIdentity.SUB),
            new Who("master", FakeIdentity.DEEP, FakeIdentity.DEEP),
            new Who("master", FakeIdentity.OTHER, FakeIdentity.OTHER),
            new Who("sub", FakeIdentity.DEEP, FakeIdentity.DEEP));

    private static Map<String, String> ofOthers(FakeApi world, Who who) {
        Map<String, String> keys = new TreeMap<>();
        world.core.tenants.forEach((id, tenant) -> {
            if (!id.equals(who.tenant())) {
                keys.put(id, String.valueOf(tenant.provisioningKey()));
            }
        });
        return keys;
    }

    @ParameterizedTest
    @MethodSource("org.autoprov.admin.rest.Sample#ofEachDevice")
    void noRouteShowsWhatIsNotTheCallers(Sample sample) {
        for (Who who : CALLERS) {
            FakeApi world = Sample.world();
            Map<String, Device> before = Map.copyOf(world.devices.devices);
            ApiReply reply = sample.ask(world, who.headers());
            String answer = FakeApi.text(reply) + reply.headers();
            for (String id : DEVICES) {
                if (!who.reaches(before.get(id))) {
                    assertThat(answer).as(who.toString()).doesNotContain(Sample.mark(id));
                }
            }
            for (String tenant : world.core.tenants.keySet()) {
                if (!tenant.equals(who.tenant())) {
                    assertThat(answer).as(who.toString()).doesNotContain(Sample.key(tenant));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.autoprov.admin.rest.Sample#ofEachDevice")
    void noRouteChangesWhatIsNotTheCallers(Sample sample) {
        for (Who who : CALLERS) {
            FakeApi world = Sample.world();
            Map<String, Device> before = new HashMap<>(world.devices.devices);
            Map<String, String> keys = ofOthers(world, who);
            sample.ask(world, who.headers());
            boolean claims = sample.method().equals("PUT") && sample.path().equals("/0.2/dev_mgr/devices/new");
            for (String id : DEVICES) {
                Device was = before.get(id);
                if (!who.reaches(was)) {
                    if (id.equals("new") && claims) {
                        assertThat(world.devices.devices.get(id).tenant()).isEqualTo(who.tenant());
                        continue;
                    }
                    assertThat(world.devices.devices.get(id)).as(who.toString()).isEqualTo(was);
                    assertThat(world.synchronizedIds).as(who.toString()).doesNotContain(id);
                    assertThat(world.devices.touched).as(who.toString()).doesNotContain(id);
                } else if (world.devices.devices.containsKey(id) && !(id.equals("new") && claims)) {
                    assertThat(world.devices.devices.get(id).tenant()).isEqualTo(was.tenant());
                }
            }
            assertThat(ofOthers(world, who)).as(who.toString()).isEqualTo(keys);
        }
    }

    /** Status by rule: who reaches the device, who does not. */
    private static int expected(Sample sample, Device device, Who who) {
        boolean may = who.reaches(device)
                || sample.method().equals("PUT") && device.tenant().equals(FakeIdentity.MASTER);
        if (may) {
            return sample.status();
        }
        return sample.path().endsWith("/reconfigure") ? 400 : 404;
    }

    @ParameterizedTest
    @MethodSource("org.autoprov.admin.rest.Sample#ofEachDevice")
    void devicesOfOthersAreAsIfTheyWereNotThere(Sample sample) {
        boolean byPath = sample.pattern().endsWith("devices/{id}");
        if (!byPath && !sample.path().endsWith("/synchronize") && !sample.path().endsWith("/reconfigure")) {
            return;
        }
        String id = DEVICES.stream()
                .filter(device -> byPath
                        ? sample.path().endsWith('/' + device)
                        : sample.body().contains('"' + device + '"'))
                .findFirst()
                .orElseThrow();
        Sample unknown = new Sample(
                sample.method(),
                sample.pattern(),
                sample.path().replace(id, "nope"),
                sample.access(),
                sample.body() == null ? null : sample.body().replace(id, "nope"),
                404);
        for (Who who : CALLERS) {
            FakeApi world = Sample.world();
            Device device = world.devices.devices.get(id);
            FakeApi.State before = world.state();
            ApiReply reply = sample.ask(world, who.headers());
            int status = expected(sample, device, who);
            assertThat(reply.status()).as(who.toString()).isEqualTo(status);
            if (status == 404) {
                ApiReply missing = unknown.ask(world, who.headers());
                assertThat(FakeApi.text(reply)).isEqualTo("No such resource").isEqualTo(FakeApi.text(missing));
                assertThat(reply.headers()).isEqualTo(missing.headers());
            } else if (status == 400) {
                assertThat(FakeApi.text(reply)).isEqualTo("Tenant invalid for device");
            }
            if (status == 400 || status == 404) {
                assertThat(world.state()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.autoprov.admin.rest.EveryRouteTenancyTest#lists")
    void listsHoldWhatTheTenantMaySeeWhateverIsAskedFor(String query, boolean below) {
        for (Who who : CALLERS) {
            FakeApi world = Sample.world();
            Set<String> wanted = new TreeSet<>();
            world.devices.devices.forEach((id, device) -> {
                if (below ? who.reaches(device) : device.tenant().equals(who.tenant())) {
                    wanted.add(id);
                }
            });
            String text =
                    FakeApi.text(world.answer("GET", "/0.2/dev_mgr/devices?" + query, who.headers(), new byte[0]));
            Set<String> shown = new TreeSet<>();
            DEVICES.stream().filter(id -> text.contains("\"id\":\"" + id + '"')).forEach(shown::add);
            assertThat(shown).as(who.toString()).isEqualTo(wanted);
        }
    }

    static List<org.junit.jupiter.params.provider.Arguments> lists() {
        return List.of(
                list("", false),
                list("recurse=true", true),
                list("recurse=True", true),
                list("recurse=TRUE", false),
                list("recurse=1", false),
                list("recurse=yes", false),
                list("recurse=", false),
                list("recurse=False", false),
                list("recurse=False&recurse=True", false),
                list("q=%7B%22tenant_uuid%22:%22" + FakeIdentity.OTHER + "%22%7D", false),
                list("q=%7B%22tenant_uuid%22:%22" + FakeIdentity.OTHER + "%22%7D&recurse=True", true),
                list("q=%7B%22tenant_uuid%22:%7B%22$exists%22:true%7D%7D", false),
                list("q=%7B%22tenant_uuid%22:%7B%22$ne%22:%22x%22%7D%7D&sort=tenant_uuid&fields=X_mark", false),
                list("q=nonsense&limit=99", false));
    }

    private static org.junit.jupiter.params.provider.Arguments list(String query, boolean below) {
        return org.junit.jupiter.params.provider.Arguments.of(query, below);
    }

    @ParameterizedTest
    @MethodSource("org.autoprov.admin.rest.Sample#withBodies")
    void takingTheIdOfAnothersDeviceLeavesItAlone(Sample sample) {
        if (!sample.pattern().endsWith("/devices")) {
            return;
        }
        for (Who who : CALLERS) {
            for (String id : DEVICES) {
                FakeApi world = Sample.world();
                FakeApi.State before = world.state();
                ApiReply reply = sample.with(sample.body().replace("fresh", id)).ask(world, who.headers());
                assertThat(reply.status()).isEqualTo(400);
                assertThat(FakeApi.text(reply)).isEqualTo(id);
                assertThat(world.state()).isEqualTo(before);
            }
        }
    }
}
