// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;

/** What the types of problem answers mean, at the place that they name themselves. Needs no token. */
final class ProblemResources {

    static final String COLLECTION = "/1/problems";

    /** What the caller can do about it, by the last piece of the type. */
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("bad-request", "A parameter, a header field or the JSON cannot be read. Correct the call."),
            Map.entry(
                    "unauthorized",
                    "No token came, or one that is unknown, revoked or expired. Send a valid one in X-Auth-Token or as"
                            + " Authorization: Bearer."),
            Map.entry(
                    "forbidden",
                    "The token is valid, but what was asked for takes an access that it does not have, or belongs to"
                            + " another tenant."),
            Map.entry(
                    "not-found",
                    "There is nothing under this path, or it belongs to a tenant that the token does not reach."),
            Map.entry("method-not-allowed", "The path is right, the method is not. The header field Allow lists them."),
            Map.entry(
                    "conflict",
                    "The call is right in itself, but what is stored stands against it: a taken id, a bound line."
                            + " Nothing was changed."),
            Map.entry(
                    "stale",
                    "The document is not the one that If-Match names. Read it again, decide again, and send its new"
                            + " ETag."),
            Map.entry("too-large", "The body is longer than the setting api.body.max allows."),
            Map.entry("unsupported-media-type", "Send the body with the Content-Type that the answer names."),
            Map.entry(
                    "invalid",
                    "The body can be read, but keys or values in it are not possible. The list errors points to each"
                            + " of them; nothing was changed."),
            Map.entry(
                    "too-many",
                    "Too many wrong attempts, or too much at the same time. Try again after the seconds in"
                            + " Retry-After."),
            Map.entry("internal", "A fault of the server. Its log says more; tell the administrator."),
            Map.entry(
                    "unavailable",
                    "The store, the identity service or another part is away. Try again later; phones are served"
                            + " meanwhile."));

    List<Route> routes() {
        return List.of(
                Route.get(COLLECTION, null, exchange -> list()), Route.get(COLLECTION + "/{type}", null, this::get));
    }

    private static ApiReply list() {
        return Answers.json(Map.of(
                "items",
                Arrays.stream(Problem.Type.values()).map(ProblemResources::view).toList()));
    }

    private ApiReply get(Exchange exchange) throws Problem {
        String uri = COLLECTION + '/' + exchange.variable("type");
        for (Problem.Type type : Problem.Type.values()) {
            if (type.uri().equals(uri)) {
                return Answers.json(view(type));
            }
        }
        throw Problem.notFound("type of problem");
    }

    private static Map<String, Object> view(Problem.Type type) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", type.uri());
        view.put("title", type.title());
        view.put("status", (long) type.status());
        view.put("advice", ADVICE.get(type.uri().substring(COLLECTION.length() + 1)));
        return view;
    }
}
