// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Map;
import org.autoprov.admin.query.Query;
import org.autoprov.admin.query.QueryException;

/** List queries as the resources use them. */
final class Selectors {

    private Selectors() {}

    /** @throws ApiException 400 for a query that makes no sense */
    static Query query(Map<String, String> parameters) throws ApiException {
        try {
            return Query.parse(parameters);
        } catch (QueryException e) {
            throw ApiException.badRequest(e.getMessage());
        }
    }
}
