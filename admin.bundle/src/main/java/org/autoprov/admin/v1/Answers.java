// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;

/** The answers of API 1. */
final class Answers {

    static final String JSON = "application/json";

    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private Answers() {}

    static ApiReply json(Object value) {
        return ApiReply.of(200, JSON, Json.write(value)).with("Cache-Control", "no-store");
    }

    /** A document, with the entity tag that {@code If-Match} takes. */
    static ApiReply document(Object value, long revision) {
        return json(value).with("ETag", "\"" + revision + '"');
    }

    /** A document was made. */
    static ApiReply created(String location, Object value, long revision) {
        return ApiReply.of(201, JSON, Json.write(value))
                .with("Cache-Control", "no-store")
                .with("ETag", "\"" + revision + '"')
                .with("Location", location);
    }

    /** An operation has begun. */
    static ApiReply accepted(String location, Object value) {
        return ApiReply.of(202, JSON, Json.write(value)).with("Location", location);
    }

    static ApiReply done() {
        return ApiReply.empty(204);
    }

    /** RFC 3339 in UTC, to the millisecond; null for null. */
    static String time(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A piece of a path. */
    static String encode(String piece) {
        return URLEncoder.encode(piece, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * A page of a list, by the parameters {@code limit} and {@code after}, with a link to the next (RFC 8288).
     *
     * @param all in the order of their ids
     * @param id what {@code after} names
     * @param write makes one item; called for those of the page only
     */
    static <T> ApiReply page(Exchange exchange, List<T> all, Function<T, String> id, Function<T, Object> write)
            throws Problem {
        int limit = exchange.number("limit", USUAL, 1, MOST);
        String after = exchange.query("after");
        List<T> rest = after == null
                ? all
                : all.stream().filter(one -> id.apply(one).compareTo(after) > 0).toList();
        List<T> page = rest.subList(0, Math.min(limit, rest.size()));
        boolean more = rest.size() > page.size();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.stream().map(write).toList());
        body.put("total", (long) all.size());
        String last = more ? id.apply(page.get(page.size() - 1)) : null;
        body.put("next", last);
        ApiReply reply = json(body);
        return more ? reply.with("Link", '<' + nextPage(exchange, last) + ">; rel=\"next\"") : reply;
    }

    private static String nextPage(Exchange exchange, String last) {
        StringBuilder url = new StringBuilder(exchange.request().path());
        char mark = '?';
        Map<String, String> parameters = new LinkedHashMap<>(exchange.request().query());
        parameters.put("after", last);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            url.append(mark).append(encode(parameter.getKey())).append('=').append(encode(parameter.getValue()));
            mark = '&';
        }
        return url.toString();
    }
}
