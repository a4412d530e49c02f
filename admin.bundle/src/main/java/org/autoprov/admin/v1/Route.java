// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import org.autoprov.admin.ApiReply;
import org.autoprov.admin.PathTable;
import org.autoprov.core.service.RefusedException;

/**
 * What one method of one path does.
 *
 * @param method {@code HEAD} is not listed: it works where {@code GET} does
 * @param pattern pieces divided by slashes; {@code {name}} stands for any one piece that is not empty
 * @param access the ACL needed, names of the path's pieces in braces; null: no token
 * @param body what may be sent
 */
record Route(String method, String pattern, String access, Body body, Handler handler) implements PathTable.Entry {

    /** What may be sent. */
    enum Body {
        NONE,
        /** A JSON object, which may be left out where all of it is optional. */
        JSON,
        CSV,
        /** Bytes of any kind and length, read by the handler. */
        FILE
    }

    /** Does it. */
    @FunctionalInterface
    interface Handler {
        /** @throws RefusedException when core refuses; the answer follows from its reason */
        ApiReply handle(Exchange exchange) throws Problem, RefusedException;
    }

    static Route get(String pattern, String access, Handler handler) {
        return new Route("GET", pattern, access, Body.NONE, handler);
    }

    static Route post(String pattern, String access, Handler handler) {
        return new Route("POST", pattern, access, Body.JSON, handler);
    }

    static Route put(String pattern, String access, Handler handler) {
        return new Route("PUT", pattern, access, Body.JSON, handler);
    }

    /** A JSON merge patch (RFC 7396). */
    static Route patch(String pattern, String access, Handler handler) {
        return new Route("PATCH", pattern, access, Body.JSON, handler);
    }

    static Route delete(String pattern, String access, Handler handler) {
        return new Route("DELETE", pattern, access, Body.NONE, handler);
    }

    Route with(Body other) {
        return new Route(method, pattern, access, other, handler);
    }
}
