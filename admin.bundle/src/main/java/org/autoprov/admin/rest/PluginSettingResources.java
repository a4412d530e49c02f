// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.RefusedException;

/** The settings of a plugin, below {@code /0.2/pg_mgr/plugins/ID/configure}. There is no such path for one without any. */
final class PluginSettingResources {

    private static final String CONFIGURE = PluginResources.PLUGINS + "/{id}/configure";
    /** A plugin's parameters have the names of the server's own where access is concerned. */
    private static final String ACCESS = "provd.configure.{tenant_uuid}.{param}";

    private final Services services;
    private final PluginService plugins;

    PluginSettingResources(Services services) {
        this.services = services;
        this.plugins = services.plugins();
    }

    List<Route> routes() {
        return List.of(
                Route.get(CONFIGURE, "provd.pg_mgr.plugins.{id}.configure.read", this::list)
                        .onlyIf(this::isThere),
                Route.get(CONFIGURE + "/{param}", ACCESS + ".read", this::get).onlyIf(this::isThere),
                Route.put(CONFIGURE + "/{param}", ACCESS + ".update", this::update)
                        .onlyIf(this::isThere));
    }

    private boolean isThere(Map<String, String> path) {
        return !plugins.settings(path.get("id")).isEmpty();
    }

    private ApiReply list(Call call) {
        String locale = services.parameters().get(Parameter.LOCALE.id()).orElse("");
        List<Object> list = new ArrayList<>();
        for (PluginSetting setting : plugins.settings(call.variable("id"))) {
            Map<String, Object> link = new LinkedHashMap<>();
            link.put("rel", "srv.configure.param");
            link.put("href", call.path() + '/' + setting.id());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", setting.id());
            json.put("description", PluginDocuments.localized(setting.description(), setting.descriptions(), locale));
            json.put("value", setting.value());
            json.put("links", List.of(link));
            list.add(json);
        }
        return Reply.json(Map.of("params", list));
    }

    private PluginSetting setting(Call call) throws ApiException {
        return plugins.settings(call.variable("id")).stream()
                .filter(setting -> setting.id().equals(call.variable("param")))
                .findFirst()
                .orElseThrow(ApiException::noSuchResource);
    }

    private ApiReply get(Call call) throws ApiException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("value", setting(call).value());
        return Reply.json(Map.of("param", value));
    }

    private ApiReply update(Call call) throws ApiException, RefusedException {
        PluginSetting setting = setting(call);
        if (!(call.body() instanceof Map<?, ?> body
                && body.get("param") instanceof Map<?, ?> param
                && param.containsKey("value"))) {
            throw ApiException.badRequest("Wrong information in entity");
        }
        plugins.set(call.caller().actor(), call.variable("id"), setting.id(), param.get("value"));
        return Reply.done();
    }
}
