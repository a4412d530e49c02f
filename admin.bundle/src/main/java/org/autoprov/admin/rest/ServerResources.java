// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;

/** The root, the status and the description of the API. */
final class ServerResources {

    private final byte[] description;

    ServerResources() {
        try (InputStream in = ServerResources.class.getResourceAsStream("api.yml")) {
            description = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Route> routes() {
        return List.of(
                Route.index(
                        "/0.2",
                        "provd.read",
                        "dev",
                        "dev_mgr",
                        "cfg",
                        "cfg_mgr",
                        "pg",
                        "pg_mgr",
                        "status",
                        "status",
                        "srv.configure",
                        "configure"),
                Route.get("/0.2/status", "provd.status.read", call -> status()),
                new Route("GET", "/0.2/api/api.yml", null, Route.Negotiation.NONE, call -> describe(), path -> true));
    }

    private static ApiReply status() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rest_api", "ok");
        json.put("bus_consumer", Map.of("status", "ok")); // tenants' deletions come by asking, not from a bus
        return Reply.json(json);
    }

    private ApiReply describe() {
        return new ApiReply(200, "application/x-yaml", description, Map.of());
    }
}
