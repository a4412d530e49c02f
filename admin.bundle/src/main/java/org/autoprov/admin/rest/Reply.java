// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.Json;

/** The answers of API 0.2. */
final class Reply {

    /** The one media type of this API. */
    static final String JSON = "application/vnd.proformatique.provd+json";

    /** Lists of more documents are sent as they are made. */
    static final int MANY = 500;

    private static final String PLAIN_IN_PATH = "-._~!$&'()*+,;=:@";

    private static final int LONGEST_LINE = 500;

    private Reply() {}

    static ApiReply json(Object value) {
        return ApiReply.of(200, JSON, Json.write(value));
    }

    /** One line for people. What somebody sent stands in it only as far as a line goes. */
    static ApiReply refused(int status, String line) {
        return ApiReply.text(status, line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...");
    }

    /** A list of any length. @param many whether it may be long: then it is sent as it is made */
    static ApiReply list(String name, Iterator<?> items, boolean many) {
        Map<String, Object> list = Map.of(name, items);
        return many ? ApiReply.longBody(JSON, out -> Json.write(list, out)) : json(list);
    }

    static ApiReply done() {
        return ApiReply.empty(204);
    }

    /** A document was made. @param collection its path */
    static ApiReply created(String collection, String id) {
        return ApiReply.of(201, JSON, Json.write(Map.of("id", id))).with("Location", collection + '/' + encode(id));
    }

    /** An operation has begun. */
    static ApiReply begun(String location) {
        return ApiReply.empty(201).with("Location", location);
    }

    /** A piece of a path. */
    static String encode(String piece) {
        StringBuilder text = new StringBuilder();
        for (byte octet : piece.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || PLAIN_IN_PATH.indexOf(c) >= 0;
            text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return text.toString();
    }
}
