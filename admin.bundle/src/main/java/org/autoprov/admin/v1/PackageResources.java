// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PackageService.Declared;
import org.autoprov.core.service.PackageService.Installed;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** Firmware and language packages of a plugin. Everybody sees them; whoever reaches the master tenant changes them (403). */
final class PackageResources {

    private static final String PACKAGES = PluginResources.ONE + "/packages";
    private static final String ONE = PACKAGES + "/{package}";
    private static final String ACCESS = PluginResources.ACCESS + ".{plugin}.packages";

    private final Services services;

    PackageResources(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PACKAGES, ACCESS + ".read", this::list),
                Route.post(ONE, ACCESS + ".{package}.create", this::install),
                Route.delete(ONE, ACCESS + ".{package}.delete", this::uninstall),
                Route.put(PACKAGES + "/files/{file}", ACCESS + ".files.{file}.update", this::put)
                        .with(Route.Body.FILE));
    }

    /** How many packages a plugin declares and has installed; nulls when that cannot be told now. */
    Map<String, Object> names(String plugin) {
        Map<String, Object> names = new LinkedHashMap<>();
        PackageService packages = services.packages().get();
        try {
            List<Declared> declared = packages == null ? List.of() : packages.installable(plugin);
            List<Installed> installed = packages == null ? List.of() : packages.installed(plugin);
            names.put("installable", declared.stream().map(Declared::name).toList());
            names.put("installed", installed.stream().map(Installed::name).toList());
        } catch (RefusedException e) { // the plugin went away at this moment
            names.put("installable", null);
            names.put("installed", null);
        }
        return names;
    }

    private PackageService packages(String what) throws Problem {
        PackageService packages = services.packages().get();
        if (packages == null) {
            throw Problem.notFound(what);
        }
        return packages;
    }

    /** Those that the plugin declares and those that are installed, also of a plugin that is gone. */
    private ApiReply list(Exchange exchange) throws Problem, RefusedException {
        String plugin = exchange.variable("plugin");
        Map<String, Installed> installed = new LinkedHashMap<>();
        for (Installed one : packages("plugin").installed(plugin)) {
            installed.put(one.name(), one);
        }
        List<Object> items = new ArrayList<>();
        for (Declared one : declared(plugin)) {
            items.add(write(one, installed.remove(one.name())));
        }
        installed.values().forEach(one -> items.add(write(null, one)));
        return Answers.json(Map.of("items", items));
    }

    private List<Declared> declared(String plugin) throws Problem, RefusedException {
        try {
            return packages("plugin").installable(plugin);
        } catch (RefusedException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return List.of(); // it is gone and has left files
        }
    }

    private static Map<String, Object> write(Declared declared, Installed installed) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", declared == null ? installed.name() : declared.name());
        view.put("version", declared == null ? null : declared.version());
        view.put("description", declared == null ? installed.description() : declared.description());
        view.put("file", declared == null ? null : declared.file());
        view.put("bytes", declared == null || declared.bytes() == 0 ? null : declared.bytes());
        view.put("downloadable", declared != null && declared.downloadable());
        view.put("installed", installed == null ? null : write(installed));
        return view;
    }

    private static Map<String, Object> write(Installed installed) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("version", installed.version());
        view.put("time", Answers.time(installed.time()));
        view.put("bytes", installed.bytes());
        view.put("files", installed.files());
        return view;
    }

    /** Downloads and unpacks a package, in the place of an older one if there is one: 202. */
    private ApiReply install(Exchange exchange) throws Problem, RefusedException {
        new Fields(exchange.body()).end();
        PluginResources.requireMaster(exchange, services);
        String plugin = exchange.variable("plugin");
        String name = exchange.variable("package");
        return PluginResources.begun(
                services,
                exchange,
                "package.install",
                plugin + '/' + name,
                packages("package").install(exchange.actor(), plugin, name));
    }

    private ApiReply uninstall(Exchange exchange) throws Problem, RefusedException {
        PluginResources.requireMaster(exchange, services);
        packages("package").uninstall(exchange.actor(), exchange.variable("plugin"), exchange.variable("package"));
        return Answers.done();
    }

    /** Installs a package from a file that the administrator has: 201, the body is the file's bytes. */
    private ApiReply put(Exchange exchange) throws Problem, RefusedException {
        PluginResources.requireMaster(exchange, services);
        String plugin = exchange.variable("plugin");
        try (InputStream content = exchange.file()) {
            Installed put = packages("package").put(exchange.actor(), plugin, exchange.variable("file"), content);
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("name", put.name());
            view.putAll(write(put));
            return ApiReply.of(201, Answers.JSON, org.autoprov.admin.Json.write(view))
                    .with("Location", PluginResources.COLLECTION + '/' + Answers.encode(plugin) + "/packages");
        } catch (IOException e) {
            throw new Problem(Problem.Type.BAD_REQUEST, "the file did not arrive whole");
        }
    }
}
