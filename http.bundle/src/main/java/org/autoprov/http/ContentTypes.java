// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Content-Type fields, encoded once for each value. Thread-safe. */
final class ContentTypes {

    /** Plugins use a handful; this only bounds what a broken one could do. */
    private static final int MOST = 256;

    private static final Map<String, HttpField> FIELDS = new ConcurrentHashMap<>();

    private ContentTypes() {}

    static HttpField field(String contentType) {
        HttpField known = FIELDS.get(contentType);
        if (known != null) {
            return known;
        }
        HttpField field = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, contentType);
        if (FIELDS.size() < MOST) {
            FIELDS.put(contentType, field);
        }
        return field;
    }
}
