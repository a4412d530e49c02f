// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** What is below {@code /0.2/pg_mgr}, but for the plugins' packages. */
final class PluginResources {

    private static final String MANAGER = "/0.2/pg_mgr";
    private static final String INSTALL = MANAGER + "/install";
    static final String PLUGINS = MANAGER + "/plugins";

    private final Services services;
    private final PluginService plugins;
    private final OperationShelf operations;

    PluginResources(Services services, OperationShelf operations) {
        this.services = services;
        this.plugins = services.plugins();
        this.operations = operations;
    }

    List<Route> routes() {
        String access = "provd.pg_mgr.install";
        List<Route> routes = new ArrayList<>(List.of(
                Route.index(
                        MANAGER,
                        "provd.pg_mgr.read",
                        "srv.install",
                        "install",
                        "pg.plugins",
                        "plugins",
                        "pg.reload",
                        "reload"),
                Route.index(
                        INSTALL,
                        access + ".read",
                        "srv.install.install",
                        "install",
                        "srv.install.uninstall",
                        "uninstall",
                        "srv.install.installed",
                        "installed",
                        "srv.install.installable",
                        "installable",
                        "srv.install.upgrade",
                        "upgrade",
                        "srv.install.update",
                        "update"),
                Route.get(INSTALL + "/installed", access + ".installed.read", call -> installed()),
                Route.get(INSTALL + "/installable", access + ".installable.read", call -> installable()),
                Route.post(INSTALL + "/install", access + ".install.create", this::install),
                Route.post(INSTALL + "/upgrade", access + ".upgrade.create", this::upgrade),
                Route.post(INSTALL + "/uninstall", access + ".uninstall.create", this::uninstall),
                Route.post(INSTALL + "/update", access + ".update.create", this::update),
                Route.post(MANAGER + "/reload", "provd.pg_mgr.reload.create", this::reload),
                Route.get(PLUGINS, "provd.pg_mgr.plugins.read", call -> list()),
                Route.get(PLUGINS + "/{id}", "provd.pg_mgr.plugins.{id}.read", this::links)
                        .onlyIf(this::isLoaded),
                Route.get(PLUGINS + "/{id}/info", "provd.pg_mgr.plugins.{id}.info.read", this::info)
                        .onlyIf(this::isLoaded)));
        for (String work : List.of("/install", "/upgrade", "/update")) {
            routes.addAll(operations.routes(INSTALL + work, path -> true));
        }
        routes.addAll(new PluginSettingResources(services).routes());
        return routes;
    }

    private String locale() {
        return services.parameters().get(Parameter.LOCALE.id()).orElse("");
    }

    private boolean isLoaded(Map<String, String> path) {
        return isInstalled(path.get("id"));
    }

    private boolean isInstalled(String id) {
        return plugins.installed().stream()
                .anyMatch(status -> status.description().id().equals(id));
    }

    private ApiReply list() {
        Map<String, Object> list = new LinkedHashMap<>();
        for (PluginStatus status : plugins.installed()) {
            String id = status.description().id();
            list.put(id, Call.links(PLUGINS, List.of("pg.plugin", Reply.encode(id))));
        }
        return Reply.json(Map.of("plugins", list));
    }

    private ApiReply links(Call call) {
        List<String> children = new ArrayList<>(List.of("pg.info", "info"));
        if (PackageResources.hasPackages(services, call.variable("id"))) {
            children.addAll(List.of("srv.install", "install"));
        }
        if (!plugins.settings(call.variable("id")).isEmpty()) {
            children.addAll(List.of("srv.configure", "configure"));
        }
        return Reply.json(Call.links(call.path(), children));
    }

    private ApiReply info(Call call) throws ApiException {
        PluginDescription plugin = plugins.installed().stream()
                .map(PluginStatus::description)
                .filter(description -> description.id().equals(call.variable("id")))
                .findFirst()
                .orElseThrow(ApiException::noSuchResource);
        return Reply.json(Map.of("plugin_info", PluginDocuments.info(plugin, locale())));
    }

    private ApiReply installed() {
        String locale = locale();
        Map<String, Object> packages = new LinkedHashMap<>();
        for (PluginStatus status : plugins.installed()) {
            packages.put(status.description().id(), PluginDocuments.info(status.description(), locale));
        }
        return Reply.json(Map.of("pkgs", packages));
    }

    private ApiReply installable() throws ApiException {
        String locale = locale();
        Map<String, Object> packages = new LinkedHashMap<>();
        try {
            for (PluginRepository.Offer offer : services.repository().installable()) {
                packages.put(offer.pluginId(), PluginDocuments.offer(offer, locale));
            }
        } catch (RefusedException e) {
            throw new ApiException(500, e.getMessage());
        }
        return Reply.json(Map.of("pkgs", packages));
    }

    private ApiReply install(Call call) throws ApiException, RefusedException {
        String id = call.textId();
        if (isInstalled(id)) {
            throw ApiException.badRequest("plugin " + id + " is already installed");
        }
        return begun(
                call,
                refusable(() -> services.repository().install(call.caller().actor(), id)));
    }

    private ApiReply upgrade(Call call) throws ApiException, RefusedException {
        String id = call.textId();
        if (!isInstalled(id)) {
            throw ApiException.badRequest("plugin " + id + " is not already installed");
        }
        return begun(
                call,
                refusable(() -> services.repository().upgrade(call.caller().actor(), id)));
    }

    private ApiReply begun(Call call, Operation operation) {
        return Reply.begun(operations.add(call.path(), operation));
    }

    /** What may be refused. */
    interface Work<T> {
        T run() throws RefusedException;
    }

    /** Here also what is not there is the request's fault. */
    static <T> T refusable(Work<T> work) throws ApiException, RefusedException {
        try {
            return work.run();
        } catch (RefusedException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                throw e;
            }
            throw ApiException.badRequest(e.getMessage());
        }
    }

    private ApiReply uninstall(Call call) throws ApiException, RefusedException {
        String id = call.textId();
        if (!isInstalled(id)) {
            throw ApiException.badRequest("plugin not found");
        }
        refusable(() -> {
            plugins.uninstall(call.caller().actor(), id);
            return null;
        });
        return Reply.done();
    }

    private ApiReply update(Call call) throws ApiException {
        try {
            return begun(call, services.repository().update(call.caller().actor()));
        } catch (RefusedException e) {
            throw new ApiException(
                    500, (e.reason() == Reason.INVALID ? "'server' has no value set: " : "") + e.getMessage());
        }
    }

    private ApiReply reload(Call call) throws ApiException, RefusedException {
        String id = call.textId();
        refusable(() -> {
            plugins.reload(call.caller().actor(), id);
            return null;
        });
        return Reply.done();
    }
}
