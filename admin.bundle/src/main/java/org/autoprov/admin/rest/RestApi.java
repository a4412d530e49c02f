// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.admin.Json;
import org.autoprov.admin.PathTable;
import org.autoprov.core.service.AccessException;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API 0.2, as clients of wazo-provd know it. Each call passes the same checks in the same order: is there such a
 * path and method, may the caller, do the header fields fit, is the body JSON; only then what it means.
 */
public final class RestApi implements Api {

    private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);

    private final PathTable<Route> table;
    private final Services services;

    /** @param services what the resources work on */
    public RestApi(Services services) {
        this.services = services;
        OperationShelf operations = new OperationShelf(services.clock());
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ServerResources().routes());
        routes.addAll(new DeviceResources(services, operations).routes());
        routes.addAll(new ConfigResources(services.configs()).routes());
        routes.addAll(new ParameterResources(services).routes());
        routes.addAll(new PluginResources(services, operations).routes());
        routes.addAll(new PackageResources(services, operations).routes());
        table = new PathTable<>(routes);
    }

    /** All that is served. */
    List<Route> routes() {
        return table.routes();
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        if (request.method().equals("OPTIONS")) {
            return ApiReply.empty(200);
        }
        Optional<PathTable.Match<Route>> match = table.find(request.path());
        if (match.isEmpty()) {
            return ApiReply.text(404, "Not Found");
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Route route = match.get().methods().get(method);
        if (route == null) {
            return ApiReply.text(405, "Method Not Allowed")
                    .with("Allow", match.get().allowed());
        }
        try {
            return answer(route, match.get().raw(), request);
        } catch (ApiException e) {
            return Reply.refused(e.status(), e.getMessage());
        } catch (AccessException e) {
            return e.reason() == AccessException.Reason.UNAVAILABLE
                    ? ApiReply.text(503, "The identity service cannot be reached")
                    : ApiReply.of(401, "text/html", "Unauthorized");
        } catch (RefusedException e) {
            return Reply.refused(status(e.reason()), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed, it got the status 500", request.method(), route.pattern(), e);
            return ApiReply.text(500, "Internal error");
        }
    }

    private ApiReply answer(Route route, Map<String, String> raw, ApiRequest request)
            throws ApiException, AccessException, RefusedException {
        Caller caller = route.access() == null ? null : authorize(route, raw, request);
        negotiate(route, request);
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<String, String> piece : raw.entrySet()) {
            variables.put(piece.getKey(), Ids.decode(piece.getValue()));
        }
        Object body = route.negotiation() == Route.Negotiation.JSON_BODY ? body(request) : null;
        return route.handler().handle(new Call(caller, request.path(), variables, request.query(), body));
    }

    private Caller authorize(Route route, Map<String, String> raw, ApiRequest request) throws AccessException {
        IdentityService identity = services.identity().get();
        if (identity == null) {
            throw new AccessException(AccessException.Reason.UNAVAILABLE, "there is no identity service");
        }
        String access = route.access();
        for (Map.Entry<String, String> piece : raw.entrySet()) {
            String id;
            try {
                id = Ids.decode(piece.getValue());
            } catch (ApiException e) {
                id = piece.getValue(); // refused after this, if the caller may know
            }
            access = access.replace(
                    '{' + piece.getKey() + '}', id.replace('.', '_').replace('{', '_'));
        }
        return identity.authorize(request.header("X-Auth-Token"), request.header("Wazo-Tenant"), access);
    }

    private static void negotiate(Route route, ApiRequest request) throws ApiException {
        if (route.negotiation() == Route.Negotiation.JSON_ANSWER && !accepted(request.header("Accept"))) {
            throw new ApiException(406, "You must accept the \"" + Reply.JSON + "\" MIME type.");
        }
        if (route.negotiation() == Route.Negotiation.JSON_BODY && !Reply.JSON.equals(request.header("Content-Type"))) {
            throw new ApiException(415, "Entity must be in media type \"" + Reply.JSON + "\".");
        }
    }

    private static boolean accepted(String accept) {
        if (accept == null) {
            return true;
        }
        for (String range : accept.split(",")) {
            String type = range.split(";", 2)[0].trim();
            if (type.equals(Reply.JSON) || type.equals("application/*") || type.equals("*/*")) {
                return true;
            }
        }
        return false;
    }

    private static Object body(ApiRequest request) throws ApiException {
        try {
            return Json.read(request.body().read());
        } catch (Json.InvalidJsonException e) {
            throw ApiException.badRequest("Invalid JSON document: " + e.getMessage());
        } catch (ApiRequest.BodyTooLargeException e) {
            throw new ApiException(413, e.getMessage());
        } catch (IOException e) {
            LOG.debug("A body broke off", e);
            throw ApiException.badRequest("The body did not arrive whole");
        }
    }

    private static int status(RefusedException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> 404;
            case INVALID, CONFLICT -> 400;
            case STALE -> 409;
            case UNAVAILABLE -> 503;
        };
    }
}
