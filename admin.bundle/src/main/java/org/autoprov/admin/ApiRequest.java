// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request to the API as it came. Nothing in it is checked.
 *
 * @param method as sent, {@code GET}
 * @param path as sent: still percent-encoded, with all its slashes
 * @param query decoded parameters; of one given twice, the first
 * @param headers the value of a header field by its name, in any case; null when there is none
 * @param body reads the body
 */
public record ApiRequest(
        String method, String path, Map<String, String> query, UnaryOperator<String> headers, Body body) {

    /** A body that has not been read yet. */
    @FunctionalInterface
    public interface Body {
        /**
         * Waits for all of it; called at most once.
         *
         * @throws BodyTooLargeException when it is longer than the settings allow
         * @throws IOException when the connection fails
         */
        byte[] read() throws IOException;

        /** The body as it comes, of any length; instead of {@link #read}. The caller need not close it. */
        default InputStream open() throws IOException {
            return new ByteArrayInputStream(read());
        }
    }

    /** The body is longer than the settings allow. */
    public static final class BodyTooLargeException extends IOException {

        private static final long serialVersionUID = 1;

        public BodyTooLargeException(long limit) {
            super("a body must not be longer than " + limit + " bytes");
        }
    }

    /** The named header field; null when there is none. */
    public String header(String name) {
        return headers.apply(name);
    }

    /** The parameters of a URL's query. What is not properly encoded is taken as it stands. @param text null for none */
    public static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split("&")) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
