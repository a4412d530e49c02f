// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import org.autoprov.core.service.Caller;
import org.autoprov.core.service.TenantService;

/** The tenants that a caller may name in a cell. */
record Tenants(TenantService service, Caller caller) {

    static final String COLUMN = "tenant";

    /** The id of the tenant that the row names, by id or name, or null when it names none. */
    String named(Row row) throws RowException {
        String cell = row.cell(COLUMN);
        if (cell == null) {
            return null;
        }
        return service.find(cell)
                .map(tenant -> tenant.id())
                .filter(this::sees)
                .orElseThrow(() -> new RowException(COLUMN, "there is no such tenant, or several have this name"));
    }

    boolean sees(String tenant) {
        return caller.tenants().contains(tenant);
    }
}
