// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.List;
import org.autoprov.core.service.AuditService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The log of all changes, read from the store. */
@Component
public final class Audit implements AuditService {

    private final Store store;

    @Activate
    public Audit(@Reference Store store) {
        this.store = store;
    }

    @Override
    public List<AuditEntry> newest(String id, int limit) throws RefusedException {
        try {
            return store.audit(null, id, Math.max(1, Math.min(10_000, limit)));
        } catch (StoreException e) {
            throw new RefusedException(Reason.UNAVAILABLE, e.getMessage(), e);
        }
    }
}
