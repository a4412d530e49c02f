// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.TenantService;
import org.autoprov.core.service.TrackedOperation;

/** A server of lists; tokens are {@code master}, {@code tenant} (of another tenant) and {@code weak} (for other things). */
final class FakeParts {

    static final String MASTER = "11111111-1111-4111-8111-111111111111";
    static final String TENANT = "22222222-2222-4222-8222-222222222222";

    final List<Device> devices = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final List<PluginStatus> plugins = new ArrayList<>();
    final List<TrackedOperation> operations = new ArrayList<>();
    final Map<String, Long> ended = new TreeMap<>();
    final IdentityService identity = this::authorize;
    volatile boolean identityAway;
    final Telemetry telemetry = new Telemetry(
            "1.2.3",
            fake(DeviceService.class, name -> devices),
            fake(LineService.class, name -> lines),
            fake(PluginService.class, name -> plugins),
            fake(OperationService.class, name -> name.equals("ended") ? ended : operations),
            fake(TenantService.class, name -> new Tenant(MASTER, 1, "master", null, null)));

    /** @param answer what a method gives, by its name */
    private static <T> T fake(Class<T> type, Function<String, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, values) -> answer.apply(method.getName())));
    }

    private Caller authorize(String token, String tenant, String access) throws AccessException {
        if (identityAway) {
            throw new AccessException(AccessException.Reason.UNAVAILABLE, "away");
        }
        if ("master".equals(token) && access.equals("provd.metrics.read")) {
            return new Caller("root", MASTER, Set.of(MASTER, TENANT));
        }
        if ("tenant".equals(token)) {
            return new Caller("eve", TENANT, Set.of(TENANT));
        }
        throw new AccessException(AccessException.Reason.DENIED, "no");
    }

    void device(String plugin, String config, boolean configured, boolean isNew) {
        devices.add(Device.create("d" + devices.size())
                .revision(1)
                .tenant(isNew ? MASTER : TENANT)
                .isNew(isNew)
                .plugin(plugin)
                .config(config)
                .configured(configured)
                .build());
    }

    void line(String device) {
        String id = "l" + lines.size();
        lines.add(new Line(id, 1, TENANT, "123456", Map.of(), Map.of(), device, device == null ? 0 : 1));
    }

    void plugin(String id, String family, long failures, boolean suspended) {
        plugins.add(new PluginStatus(
                new PluginDescription(id, family, "1", "Acme", "", Map.of(), Map.of(), "golden"),
                7,
                "1.0.0",
                0,
                failures,
                null,
                suspended));
    }

    void operation(Operation operation) {
        operations.add(
                new TrackedOperation("o", "plugin.install", "", null, "root", java.time.Instant.EPOCH, operation));
    }

    static ApiRequest request(String method, String path, Map<String, String> headers) {
        return new ApiRequest(method, path, Map.of(), headers::get, () -> new byte[0]);
    }

    static ApiRequest get(String path) {
        return request("GET", path, Map.of());
    }

    ApiReply scrape(Map<String, String> headers) {
        return telemetry.metrics(() -> identity, false).answer(request("GET", "/metrics", headers));
    }

    ExpositionText scrape() {
        return new ExpositionText(text(scrape(Map.of("X-Auth-Token", "master"))));
    }

    static String text(ApiReply reply) {
        return new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
