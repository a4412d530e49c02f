// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** What is below {@code /0.2/configure}. */
final class ParameterResources {

    private static final String COLLECTION = "/0.2/configure";
    private static final String ACCESS = "provd.configure.{tenant_uuid}.{param}";

    private final Services services;

    ParameterResources(Services services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, "provd.configure.read", this::list),
                Route.get(COLLECTION + "/{param}", ACCESS + ".read", this::get),
                Route.put(COLLECTION + "/{param}", ACCESS + ".update", this::update));
    }

    private ApiReply list(Call call) {
        String locale = services.parameters().get(Parameter.LOCALE.id()).orElse("");
        List<Object> list = new ArrayList<>();
        for (Parameter parameter : Parameter.values()) {
            Map<String, Object> link = new LinkedHashMap<>();
            link.put("rel", "srv.configure.param");
            link.put("href", call.path() + '/' + parameter.id());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", parameter.id());
            json.put("description", parameter.description(locale));
            json.put("value", value(parameter, call.caller()));
            json.put("links", List.of(link));
            list.add(json);
        }
        return Reply.json(Map.of("params", list));
    }

    private ApiReply get(Call call) throws ApiException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("value", value(parameter(call), call.caller()));
        return Reply.json(Map.of("param", value));
    }

    private static Parameter parameter(Call call) throws ApiException {
        return Parameter.of(call.variable("param")).orElseThrow(ApiException::noSuchResource);
    }

    private Object value(Parameter parameter, Caller caller) {
        return switch (parameter) {
            case PROVISIONING_KEY ->
                services.tenants()
                        .get(caller.tenant())
                        .map(Tenant::provisioningKey)
                        .orElse(null);
            case NAT ->
                services.parameters().get(parameter.id()).map(Long::valueOf).orElse(0L);
            default -> services.parameters().get(parameter.id()).orElse(null);
        };
    }

    private ApiReply update(Call call) throws ApiException, RefusedException {
        Parameter parameter = parameter(call);
        if (!(call.body() instanceof Map<?, ?> body
                && body.get("param") instanceof Map<?, ?> param
                && param.containsKey("value"))) {
            throw ApiException.badRequest("Wrong information in entity");
        }
        Object value = param.get("value");
        if (value != null && !(value instanceof String)) {
            throw ApiException.badRequest("Invalid value for " + parameter.id() + ": a text or null is needed");
        }
        String text = parameter.check((String) value);
        if (parameter == Parameter.PROVISIONING_KEY) {
            setKey(call.caller(), text);
        } else {
            services.parameters().set(call.caller().actor(), parameter.id(), text);
        }
        return Reply.done();
    }

    private void setKey(Caller caller, String key) throws ApiException, RefusedException {
        try {
            if (services.tenants().get(caller.tenant()).isEmpty()) { // only the identity service knew it until now
                services.tenants().create(caller.actor(), caller.tenant(), caller.tenant(), null);
            }
            services.tenants().setProvisioningKey(caller.actor(), caller.tenant(), key);
        } catch (RefusedException e) {
            if (e.reason() == Reason.CONFLICT) {
                throw ApiException.badRequest("another tenant already uses this provisioning key.");
            }
            throw e;
        }
    }
}
