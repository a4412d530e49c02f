// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

/**
 * Turns the path of a request line into the path that core gets: decoded once, without the leading slash, without
 * empty segments. Whatever could mean another place than it says is refused, not cleaned.
 */
final class RequestPath {

    private static final char REPLACEMENT = '\uFFFD';

    private RequestPath() {}

    /** @param raw as it came, null when the request target holds no path */
    static String decode(String raw) throws BadRequestException {
        if (raw == null || raw.isEmpty() || raw.charAt(0) != '/') {
            throw new BadRequestException("a request target without a path");
        }
        boolean encoded = checkRaw(raw);
        // After the check above no slash and no parameter can come out of the decoding.
        String path = encoded ? PercentText.decode(raw, false) : raw;
        if (encoded) {
            checkCharacters(path);
        }
        return segments(path);
    }

    /** Whether something is percent-encoded. */
    private static boolean checkRaw(String raw) throws BadRequestException {
        boolean encoded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                encoded = true;
                if (raw.startsWith("2f", i + 1) || raw.startsWith("2F", i + 1)) {
                    throw new BadRequestException("an encoded slash");
                }
            } else if (c == ';') {
                throw new BadRequestException("a path parameter");
            } else {
                check(c);
            }
        }
        return encoded;
    }

    private static void checkCharacters(String path) throws BadRequestException {
        for (int i = 0; i < path.length(); i++) {
            check(path.charAt(i));
        }
    }

    private static void check(char c) throws BadRequestException {
        if (c < ' ' || c >= 0x7f && c < 0xa0) {
            throw new BadRequestException("a control character");
        }
        if (c == '\\') {
            throw new BadRequestException("a back slash");
        }
        if (c == REPLACEMENT) {
            // What the parser put in for octets that are not UTF-8.
            throw new BadRequestException("octets that are not UTF-8");
        }
    }

    private static String segments(String path) throws BadRequestException {
        StringBuilder collapsed = null;
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (isDots(path, start, end)) {
                throw new BadRequestException("a dot segment");
            }
            boolean empty = end == start && slash >= 0;
            if (empty && collapsed == null) {
                collapsed = new StringBuilder(path.length()).append(path, 1, start);
            } else if (!empty && collapsed != null) {
                collapsed.append(path, start, slash < 0 ? end : end + 1);
            }
            start = end + 1;
        }
        return collapsed == null ? path.substring(1) : collapsed.toString();
    }

    private static boolean isDots(String path, int start, int end) {
        int length = end - start;
        return (length == 1 || length == 2) && path.charAt(start) == '.' && path.charAt(end - 1) == '.';
    }
}
