// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters of a URL's query; of one given twice, the first. A value that is not properly encoded is taken as it
 * stands: no path depends on it, and a phone should not go without its file for an odd user name.
 */
final class QueryParameters {

    private static final int MOST = 64;

    private QueryParameters() {}

    /** @param query without the question mark; null when there is none */
    static Map<String, String> of(String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start <= query.length() && parameters.size() < MOST) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            if (end > start) {
                int equals = query.indexOf('=', start);
                boolean valued = equals >= 0 && equals < end;
                String name = text(query.substring(start, valued ? equals : end));
                parameters.putIfAbsent(name, valued ? text(query.substring(equals + 1, end)) : "");
            }
            start = end + 1;
        }
        return Collections.unmodifiableMap(parameters);
    }

    private static String text(String encoded) {
        try {
            return PercentText.decode(encoded, true);
        } catch (BadRequestException e) {
            return encoded;
        }
    }
}
