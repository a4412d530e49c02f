// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.request;

import java.util.Objects;

/**
 * The answer to a telephone, whatever the transport. Immutable.
 *
 * @param status what became of the request
 * @param content what is sent; only with {@link Status#SERVED}, else null
 * @param reason for logs and administrators, never sent to the phone; empty when served
 */
public record PhoneReply(Status status, FileContent content, String reason) {

    /** The kinds of answer, with the HTTP status each becomes. */
    public enum Status {
        /** The file follows (HTTP 200). */
        SERVED(200),
        /** What the phone sent was kept (HTTP 201). */
        STORED(201),
        /** No such file for this sender; also the answer to everything that it may not know of (HTTP 404). */
        NOT_FOUND(404),
        /** A folder was asked for (HTTP 403). */
        DIRECTORY(403),
        /** This file cannot be written (HTTP 405, TFTP error 2). */
        NOT_WRITABLE(405),
        /** What the phone sends is larger than allowed (HTTP 413, TFTP error 3). */
        TOO_LARGE(413),
        /** A bug or a failing plugin (HTTP 500, TFTP error 0). */
        FAILED(500),
        /** Try again later: the store is away, or the plugin is being changed (HTTP 503, TFTP error 0). */
        UNAVAILABLE(503);

        private final int http;

        Status(int http) {
            this.http = http;
        }

        public int http() {
            return http;
        }
    }

    public PhoneReply {
        Objects.requireNonNull(status);
        Objects.requireNonNull(reason);
        if ((status == Status.SERVED) != (content != null)) {
            throw new IllegalArgumentException("content goes with SERVED, and only with it");
        }
    }

    public static PhoneReply served(FileContent content) {
        return new PhoneReply(Status.SERVED, content, "");
    }

    public static PhoneReply of(Status status, String reason) {
        return new PhoneReply(status, null, reason);
    }

    public static PhoneReply notFound(String reason) {
        return new PhoneReply(Status.NOT_FOUND, null, reason);
    }
}
