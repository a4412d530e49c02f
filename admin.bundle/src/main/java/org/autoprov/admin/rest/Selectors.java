// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.Json;
import org.autoprov.admin.query.Query;
import org.autoprov.admin.query.QueryException;

/** List queries as the resources use them. */
final class Selectors {

    private Selectors() {}

    /** @throws ApiException 400 for a query that makes no sense */
    static List<Map<String, Object>> select(Map<String, String> parameters, Collection<Map<String, Object>> documents)
            throws ApiException {
        try {
            return Query.parse(parameters).apply(documents);
        } catch (QueryException e) {
            throw ApiException.badRequest(e.getMessage());
        }
    }

    /** The same query without what it says of the tenant: which tenants' devices are listed is not its to say. */
    static Map<String, String> withoutTenant(Map<String, String> parameters) {
        String selector = selector(parameters);
        if (selector == null || !selector.contains("tenant")) {
            return parameters;
        }
        try {
            if (Json.read(selector) instanceof Map<?, ?> map && map.containsKey("tenant_uuid")) {
                Map<String, Object> rest = new LinkedHashMap<>(Call.texts(map));
                rest.remove("tenant_uuid");
                Map<String, String> changed = new LinkedHashMap<>(parameters);
                changed.remove("q64");
                changed.put("q", Json.write(rest));
                return changed;
            }
        } catch (Json.InvalidJsonException e) {
            return parameters; // the query knows what to do with that
        }
        return parameters;
    }

    private static String selector(Map<String, String> parameters) {
        String encoded = parameters.get("q64");
        if (encoded == null) {
            return parameters.get("q");
        }
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
