// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who did what to vendor bundles, for the audit log. What is done is done: a log that is away does not undo it. */
final class PluginAudit {

    private static final Logger LOG = LoggerFactory.getLogger(PluginAudit.class);

    private final Store store;

    PluginAudit(Store store) {
        this.store = store;
    }

    /** @param id plugin or family */
    void note(String actor, String action, String id, String detail) {
        AuditEntry entry =
                new AuditEntry(Instant.now().truncatedTo(ChronoUnit.MILLIS), actor, action, Kind.PLUGIN, id, detail);
        try {
            store.write(new Transaction(List.of(), List.of(entry), () -> {})).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.warn("not in the audit log: {} {} {} {}", actor, action, id, detail);
                }
            });
        } catch (StoreException e) {
            LOG.warn("not in the audit log: {} {} {} {}", actor, action, id, detail);
        }
    }
}
