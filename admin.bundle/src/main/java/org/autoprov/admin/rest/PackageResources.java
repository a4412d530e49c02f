// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.RefusedException;

/** Firmware and languages of a plugin, below {@code /0.2/pg_mgr/plugins/ID/install}. */
final class PackageResources {

    private static final String INSTALL = PluginResources.PLUGINS + "/{id}/install";
    private static final String ACCESS = "provd.pg_mgr.plugins.{id}.install";

    private final Services services;
    private final OperationShelf operations;

    PackageResources(Services services, OperationShelf operations) {
        this.services = services;
        this.operations = operations;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.index(
                INSTALL,
                ACCESS + ".read",
                "srv.install.install",
                "install",
                "srv.install.uninstall",
                "uninstall",
                "srv.install.installed",
                "installed",
                "srv.install.installable",
                "installable",
                "srv.install.upgrade",
                "upgrade"));
        routes.add(Route.get(INSTALL + "/installed", ACCESS + ".installed.read", this::installed));
        routes.add(Route.get(INSTALL + "/installable", ACCESS + ".installable.read", this::installable));
        routes.add(Route.post(INSTALL + "/install", ACCESS + ".install.create", this::install));
        routes.add(Route.post(INSTALL + "/upgrade", ACCESS + ".upgrade.create", this::install));
        routes.add(Route.post(INSTALL + "/uninstall", ACCESS + ".uninstall.create", this::uninstall));
        routes.addAll(operations.routes(INSTALL + "/install", path -> true));
        routes.addAll(operations.routes(INSTALL + "/upgrade", path -> true));
        return routes.stream().map(route -> route.onlyIf(this::isThere)).toList();
    }

    private boolean isThere(Map<String, String> path) {
        return hasPackages(services, path.get("id"));
    }

    /** Whether the plugin is loaded and has packages, installed or not. */
    static boolean hasPackages(Services services, String pluginId) {
        PackageService packages = services.packages().get();
        if (packages == null
                || services.plugins().installed().stream()
                        .noneMatch(status -> status.description().id().equals(pluginId))) {
            return false;
        }
        try {
            return !packages.installable(pluginId).isEmpty()
                    || !packages.installed(pluginId).isEmpty();
        } catch (RefusedException e) {
            return false; // it went away at this moment
        }
    }

    private PackageService packages() throws ApiException {
        PackageService packages = services.packages().get();
        if (packages == null) {
            throw ApiException.noSuchResource(); // it went away at this moment
        }
        return packages;
    }

    private ApiReply installed(Call call) throws ApiException, RefusedException {
        Map<String, Object> json = new LinkedHashMap<>();
        packages()
                .installed(call.variable("id"))
                .forEach(found -> json.put(found.name(), PluginDocuments.installed(found)));
        return Reply.json(Map.of("pkgs", json));
    }

    private ApiReply installable(Call call) throws ApiException, RefusedException {
        Map<String, Object> json = new LinkedHashMap<>();
        packages()
                .installable(call.variable("id"))
                .forEach(found -> json.put(found.name(), PluginDocuments.declared(found)));
        return Reply.json(Map.of("pkgs", json));
    }

    /** Installs it, in the place of an older one if there is one: an upgrade does just that. */
    private ApiReply install(Call call) throws ApiException, RefusedException {
        String name = call.textId();
        return refusable(() -> Reply.begun(
                operations.add(call.path(), packages().install(call.caller().actor(), call.variable("id"), name))));
    }

    private ApiReply uninstall(Call call) throws ApiException, RefusedException {
        String name = call.textId();
        return refusable(() -> {
            packages().uninstall(call.caller().actor(), call.variable("id"), name);
            return Reply.done();
        });
    }

    /** What may be refused. */
    private interface Work {
        ApiReply run() throws ApiException, RefusedException;
    }

    private static ApiReply refusable(Work work) throws ApiException, RefusedException {
        try {
            return work.run();
        } catch (RefusedException e) {
            throw switch (e.reason()) {
                case UNAVAILABLE -> new ApiException(503, e.getMessage());
                case NOT_FOUND -> ApiException.badRequest("package not found");
                default -> ApiException.badRequest(e.getMessage());
            };
        }
    }
}
