// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;
import org.autoprov.core.service.RefusedException;

/** A call is not done, and nothing has changed; told as RFC 9457 wants it. The message is one sentence, without secrets. */
final class Problem extends Exception {

    /** The media type of such an answer. */
    static final String MEDIA_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1;

    /** A fault in one part of a body. @param pointer RFC 6901, from the body's root */
    record Fault(String pointer, String detail) {}

    /** Kinds of problems: what {@code type} names, with its status and title. */
    enum Type {
        BAD_REQUEST(400, "The request cannot be understood"),
        UNAUTHORIZED(401, "A valid token is needed"),
        FORBIDDEN(403, "The token may not do this"),
        NOT_FOUND(404, "There is no such thing"),
        METHOD_NOT_ALLOWED(405, "This method is not possible here"),
        CONFLICT(409, "It contradicts what there is"),
        STALE(412, "Somebody changed it first"),
        TOO_LARGE(413, "The body is too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "The body has the wrong media type"),
        INVALID(422, "The content cannot be accepted"),
        TOO_MANY(429, "Too much was tried"),
        INTERNAL(500, "The server failed"),
        UNAVAILABLE(503, "Something that is needed is away");

        private final int status;
        private final String title;

        Type(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        /** A URI that never changes; relative to the API, so that it leads to its own description. */
        String uri() {
            return "/1/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Type type;
    private final transient List<Fault> faults;
    /** Seconds; 0 for none. */
    private final long retryAfter;

    /** Further members of the answer (RFC 9457 section 3.2). */
    private final transient Map<String, Object> more;

    private Problem(Type type, String detail, List<Fault> faults, long retryAfter, Map<String, Object> more) {
        super(detail);
        this.type = type;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
        this.more = more;
    }

    Problem(Type type, String detail, List<Fault> faults) {
        this(type, detail, faults, 0, Map.of());
    }

    /** With one further member of the answer, which says more. */
    Problem(Type type, String detail, String name, Object value) {
        this(type, detail, List.of(), 0, Map.of(name, value));
    }

    Problem(Type type, String detail) {
        this(type, detail, List.of());
    }

    /** @param retryAfter after so many seconds it may be tried again */
    static Problem tooMany(String detail, long retryAfter) {
        return new Problem(Type.TOO_MANY, detail, List.of(), Math.max(1, retryAfter), Map.of());
    }

    static Problem notFound(String what) {
        return new Problem(Type.NOT_FOUND, "there is no such " + what);
    }

    /** One fault of a body. */
    static Problem invalid(String pointer, String detail) {
        return new Problem(Type.INVALID, detail, List.of(new Fault(pointer, detail)));
    }

    static Problem of(RefusedException refused) {
        return new Problem(
                switch (refused.reason()) {
                    case NOT_FOUND -> Type.NOT_FOUND;
                    case INVALID -> Type.INVALID;
                    case CONFLICT -> Type.CONFLICT;
                    case STALE -> Type.STALE;
                    case UNAVAILABLE -> Type.UNAVAILABLE;
                },
                refused.getMessage());
    }

    Type type() {
        return type;
    }

    ApiReply reply() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.uri());
        body.put("title", type.title);
        body.put("status", (long) type.status);
        body.put("detail", getMessage());
        if (!faults.isEmpty()) {
            body.put(
                    "errors",
                    faults.stream()
                            .map(fault -> Map.of("pointer", fault.pointer(), "detail", fault.detail()))
                            .toList());
        }
        body.putAll(more);
        ApiReply reply = ApiReply.of(type.status, MEDIA_TYPE, Json.write(body));
        if (retryAfter > 0) {
            reply = reply.with("Retry-After", Long.toString(retryAfter));
        }
        return type == Type.UNAUTHORIZED ? reply.with("WWW-Authenticate", "Bearer realm=\"autoprov\"") : reply;
    }
}
