// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.PathTable;
import org.autoprov.core.service.RefusedException;

/**
 * What one method of one path does.
 *
 * @param method {@code HEAD} is not listed: it works where {@code GET} does
 * @param pattern pieces divided by slashes; {@code {name}} stands for any one piece, also an empty one
 * @param access the ACL needed, names of the path's pieces in braces; null: no token
 * @param negotiation what the header fields must say
 * @param exists whether there is such a path at all now; asked before the caller is known
 */
record Route(
        String method,
        String pattern,
        String access,
        Negotiation negotiation,
        Handler handler,
        Predicate<Map<String, String>> exists)
        implements PathTable.Entry {

    /** What the header fields must say. */
    enum Negotiation {
        NONE,
        /** The caller must accept JSON. */
        JSON_ANSWER,
        /** The caller must send JSON. */
        JSON_BODY
    }

    /** Does it. */
    @FunctionalInterface
    interface Handler {
        /** @throws RefusedException when core refuses what no handler foresaw */
        ApiReply handle(Call call) throws ApiException, RefusedException;
    }

    @Override
    public boolean isThere(Map<String, String> raw) {
        return exists.test(raw);
    }

    static Route get(String pattern, String access, Handler handler) {
        return new Route("GET", pattern, access, Negotiation.JSON_ANSWER, handler, variables -> true);
    }

    static Route post(String pattern, String access, Handler handler) {
        return new Route("POST", pattern, access, Negotiation.JSON_BODY, handler, variables -> true);
    }

    static Route put(String pattern, String access, Handler handler) {
        return new Route("PUT", pattern, access, Negotiation.JSON_BODY, handler, variables -> true);
    }

    static Route delete(String pattern, String access, Handler handler) {
        return new Route("DELETE", pattern, access, Negotiation.NONE, handler, variables -> true);
    }

    Route onlyIf(Predicate<Map<String, String>> condition) {
        return new Route(method, pattern, access, negotiation, handler, condition);
    }

    /** An index of links. */
    static Route index(String pattern, String access, String... children) {
        return get(pattern, access, call -> Reply.json(Call.links(call.path(), List.of(children))));
    }
}
