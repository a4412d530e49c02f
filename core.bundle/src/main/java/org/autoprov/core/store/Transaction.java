// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.store;

import java.util.List;
import java.util.Objects;

/**
 * Changes that are stored together or not at all.
 *
 * @param changes in the order in which they are applied; no document twice
 * @param audit what is written to the audit log with them
 * @param committed run by the store after the commit is durable, for all transactions in the order of their commits and
 *     before the transaction's future completes; must be quick and throw nothing
 */
public record Transaction(List<Change> changes, List<AuditEntry> audit, Runnable committed) {

    public Transaction {
        changes = List.copyOf(changes);
        audit = List.copyOf(audit);
        Objects.requireNonNull(committed);
    }
}
