// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer of the API.
 *
 * @param status HTTP
 * @param contentType null without a body
 * @param body empty for none; not to be changed
 * @param headers further header fields
 * @param longBody writes a body that is too long to be held in memory; null: {@code body} is it
 * @param stream what goes on after the header; null: the body is all
 */
public record ApiReply(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        LongBody longBody,
        EventStream stream) {

    /** A body that is made while it is sent. */
    @FunctionalInterface
    public interface LongBody {
        /** Called once, on the thread of the request; may wait for the client. */
        void writeTo(OutputStream out) throws IOException;
    }

    private static final byte[] NOTHING = {};
    private static final String TEXT = "text/plain; charset=ascii";

    public ApiReply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null, null);
    }

    /** An answer whose body is made while it is sent. */
    public static ApiReply longBody(String contentType, LongBody body) {
        return new ApiReply(200, contentType, NOTHING, Map.of(), body, null);
    }

    /** An answer without an end. */
    public static ApiReply stream(String contentType, EventStream stream) {
        return new ApiReply(200, contentType, NOTHING, Map.of(), null, stream);
    }

    public static ApiReply empty(int status) {
        return new ApiReply(status, null, NOTHING, Map.of());
    }

    /** One line for people. */
    public static ApiReply text(int status, String line) {
        String clean = line.replaceAll("\\p{Cntrl}+", " ");
        return new ApiReply(status, TEXT, clean.getBytes(StandardCharsets.US_ASCII), Map.of());
    }

    public static ApiReply of(int status, String contentType, String body) {
        return new ApiReply(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** The same with one header field more. */
    public ApiReply with(String name, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiReply(status, contentType, body, more, longBody, stream);
    }
}
