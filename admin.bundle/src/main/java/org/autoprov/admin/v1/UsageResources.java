// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.Usage;

/**
 * Who gets what: {@code GET /1/usage} counts the devices of the caller's tenants by plugin, by vendor and model, and by
 * firmware version, each with how many are in which state. Only some of them with {@code plugin} (an empty one: those
 * without), {@code model}, {@code tenant} (a reached one, without those below it); with {@code devices=true}, each version
 * lists their ids. {@code missing} counts devices whose plugin is not installed.
 */
final class UsageResources {

    private final Services services;

    UsageResources(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(Route.get("/1/usage", "provd.v1.usage.read", this::get));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        boolean ids = exchange.flag("devices");
        String plugin = exchange.query("plugin");
        String model = exchange.query("model");
        String tenant = exchange.query("tenant");
        if (tenant != null && !exchange.reaches(tenant)) {
            throw Problem.notFound("tenant");
        }
        List<Device> devices = services.devices().all().stream()
                .filter(device -> Visibility.owns(exchange, device))
                .filter(device -> tenant == null || tenant.equals(device.tenant()))
                .filter(device -> plugin == null || plugin.equals(Objects.requireNonNullElse(device.plugin(), "")))
                .filter(device -> model == null || model.equals(device.model()))
                .toList();
        Set<String> installed = services.plugins().installed().stream()
                .map(status -> status.description().id())
                .collect(Collectors.toSet());
        List<Usage> usages = Usage.of(devices);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("devices", (long) devices.size());
        body.put(
                "missing",
                usages.stream()
                        .filter(usage -> usage.name() != null && !installed.contains(usage.name()))
                        .mapToLong(usage -> usage.devices().size())
                        .sum());
        body.put(
                "plugins",
                usages.stream().map(usage -> plugin(usage, installed, ids)).toList());
        return Answers.json(body);
    }

    private static Map<String, Object> plugin(Usage usage, Set<String> installed, boolean ids) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("plugin", usage.name());
        view.put("installed", usage.name() != null && installed.contains(usage.name()));
        putCounts(view, usage);
        view.put(
                "models", usage.parts().stream().map(model -> model(model, ids)).toList());
        return view;
    }

    private static Map<String, Object> model(Usage usage, boolean ids) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("vendor", usage.vendor());
        view.put("model", usage.name());
        putCounts(view, usage);
        view.put(
                "versions",
                usage.parts().stream().map(version -> version(version, ids)).toList());
        return view;
    }

    private static Map<String, Object> version(Usage usage, boolean ids) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("version", usage.name());
        putCounts(view, usage);
        if (ids) {
            view.put("ids", usage.devices());
        }
        return view;
    }

    private static void putCounts(Map<String, Object> view, Usage usage) {
        view.put("devices", (long) usage.devices().size());
        Map<String, Object> states = new LinkedHashMap<>();
        usage.states().forEach((state, count) -> states.put(state.word(), (long) count));
        view.put("states", states);
    }
}
