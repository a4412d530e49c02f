// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;
import org.autoprov.core.store.AuditEntry;
import org.osgi.annotation.versioning.ProviderType;

/** The log of all changes. Thread-safe. */
@ProviderType
public interface AuditService {

    /**
     * The newest entries, newest first.
     *
     * @param id of a document; null for all
     * @param limit 1 to 10,000
     * @throws RefusedException UNAVAILABLE
     */
    List<AuditEntry> newest(String id, int limit) throws RefusedException;
}
