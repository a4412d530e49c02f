// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;

/**
 * Plugins and the repository that they come from. Everybody sees them, with the devices that they reach; only whoever
 * reaches the master tenant changes them (403), or sees how they failed.
 */
final class PluginResources {

    static final String COLLECTION = "/1/plugins";
    static final String ONE = COLLECTION + "/{plugin}";
    static final String ACCESS = "provd.v1.plugins";

    private final Services services;
    private final PluginService plugins;
    private final PackageResources packages;

    PluginResources(Services services) {
        this.services = services;
        this.plugins = services.plugins();
        this.packages = new PackageResources(services);
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, ACCESS + ".read", this::list),
                Route.get(ONE, ACCESS + ".{plugin}.read", this::get),
                Route.post(ONE, ACCESS + ".{plugin}.create", this::install),
                Route.delete(ONE, ACCESS + ".{plugin}.delete", this::uninstall),
                Route.post(ONE + "/upgrade", ACCESS + ".{plugin}.upgrade.create", this::upgrade),
                Route.post(ONE + "/reload", ACCESS + ".{plugin}.reload.create", this::reload),
                Route.get("/1/repository", "provd.v1.repository.read", this::repository),
                Route.post("/1/repository/update", "provd.v1.repository.update.create", this::update));
    }

    /** @throws Problem FORBIDDEN for whoever does not reach the master tenant: this belongs to the whole server */
    static void requireMaster(Exchange exchange, Services services) throws Problem {
        if (!exchange.reaches(services.tenants().master().id())) {
            throw new Problem(Problem.Type.FORBIDDEN, "this belongs to the whole server: only the master tenant may");
        }
    }

    /** The answer to a call that began something of the whole server. */
    static ApiReply begun(Services services, Exchange exchange, String kind, String subject, Operation operation) {
        return OperationResources.begun(services.operations().track(kind, subject, null, exchange.actor(), operation));
    }

    private ApiReply list(Exchange exchange) throws Problem {
        Map<String, Long> devices = services.devices().all().stream()
                .filter(device -> device.plugin() != null && Visibility.owns(exchange, device))
                .collect(Collectors.groupingBy(Device::plugin, Collectors.counting()));
        return Answers.page(
                exchange,
                plugins.installed(),
                status -> status.description().id(),
                status -> write(
                        exchange,
                        status,
                        devices.getOrDefault(status.description().id(), 0L)));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        PluginStatus status = plugins.installed().stream()
                .filter(one -> one.description().id().equals(exchange.variable("plugin")))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("plugin installed"));
        long devices = services.devices().all().stream()
                .filter(device -> Visibility.owns(exchange, device)
                        && status.description().id().equals(device.plugin()))
                .count();
        return Answers.json(write(exchange, status, devices));
    }

    private Map<String, Object> write(Exchange exchange, PluginStatus status, long devices) {
        boolean all = exchange.reaches(services.tenants().master().id());
        String id = status.description().id();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("family", status.description().family());
        view.put("vendor", status.description().vendor());
        view.put("version", status.description().version());
        view.put("description", status.description().description());
        view.put("quality", status.description().quality());
        view.put("bundle", status.bundleVersion());
        view.put("devices", devices);
        view.put("suspended", status.suspended());
        view.put("failures", status.failures());
        if (all) {
            view.put("last_failure", status.lastFailure());
        }
        view.put("packages", packages.names(id));
        return view;
    }

    private ApiReply repository(Exchange exchange) throws Problem, RefusedException {
        requireMaster(exchange, services);
        Map<String, PluginStatus> installed = plugins.installed().stream()
                .collect(Collectors.toMap(status -> status.description().id(), status -> status));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("location", services.repository().get().location());
        view.put(
                "plugins",
                services.repository().get().installable().stream()
                        .map(offer -> write(offer, installed.get(offer.pluginId())))
                        .toList());
        return Answers.json(view);
    }

    private static Map<String, Object> write(PluginRepository.Offer offer, PluginStatus installed) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", offer.pluginId());
        view.put("family", offer.family());
        view.put("vendor", offer.vendor());
        view.put("version", offer.version());
        view.put("description", offer.description());
        view.put("bundle", offer.bundleVersion());
        view.put("installed_bundle", installed == null ? null : installed.bundleVersion());
        view.put("models", offer.models());
        view.put("bytes", offer.bytes());
        view.put("sha256", offer.sha256());
        return view;
    }

    /** Fetches the index of the repository anew: 202. */
    private ApiReply update(Exchange exchange) throws Problem, RefusedException {
        noBody(exchange);
        requireMaster(exchange, services);
        Operation operation = services.repository().get().update(exchange.actor());
        return begun(services, exchange, "repository.update", "", operation);
    }

    /** Installs the plugin from the repository: 202. 404 when it has none such, 409 when it is installed. */
    private ApiReply install(Exchange exchange) throws Problem, RefusedException {
        noBody(exchange);
        requireMaster(exchange, services);
        String id = exchange.variable("plugin");
        return begun(
                services,
                exchange,
                "plugin.install",
                id,
                services.repository().get().install(exchange.actor(), id));
    }

    /** Puts the repository's bundle into the place of the installed one: 202. */
    private ApiReply upgrade(Exchange exchange) throws Problem, RefusedException {
        noBody(exchange);
        requireMaster(exchange, services);
        String id = exchange.variable("plugin");
        return begun(
                services,
                exchange,
                "plugin.upgrade",
                id,
                services.repository().get().upgrade(exchange.actor(), id));
    }

    /** Stops its bundle and starts it anew: 202. */
    private ApiReply reload(Exchange exchange) throws Problem {
        noBody(exchange);
        requireMaster(exchange, services);
        String id = installed(exchange);
        String actor = exchange.actor();
        Operation operation = new Operation("reload");
        Thread thread = new Thread(() -> reload(actor, id, operation), "autoprov-api-reload");
        thread.setDaemon(true);
        thread.start();
        return begun(services, exchange, "plugin.reload", id, operation);
    }

    private void reload(String actor, String id, Operation operation) {
        operation.begin();
        try {
            plugins.reload(actor, id);
            operation.succeed();
        } catch (RefusedException e) {
            operation.fail(e.getMessage());
        } finally {
            operation.fail("the server failed, its log says more"); // unless it is done
        }
    }

    /** Its devices become unconfigured. */
    private ApiReply uninstall(Exchange exchange) throws Problem, RefusedException {
        requireMaster(exchange, services);
        plugins.uninstall(exchange.actor(), installed(exchange));
        return Answers.done();
    }

    /** Core would take the name of a family, too: that is another thing here. */
    private String installed(Exchange exchange) throws Problem {
        String id = exchange.variable("plugin");
        if (plugins.installed().stream()
                .noneMatch(status -> status.description().id().equals(id))) {
            throw Problem.notFound("plugin installed");
        }
        return id;
    }

    private static void noBody(Exchange exchange) throws Problem {
        new Fields(exchange.body()).end();
    }
}
