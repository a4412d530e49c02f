// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Set;
import org.autoprov.core.store.AuditEntry;

/**
 * A stored change, for people and programs who follow along. Holds no secrets.
 *
 * @param number counts changes since the start, in the order of their commits
 * @param entry who changed what, when
 * @param tenants whom it concerns, by id: the owner before and after, and for a device the tenants of its lines; empty
 *     for what belongs to all, such as configs
 */
public record ChangeEvent(long number, AuditEntry entry, Set<String> tenants) {

    public ChangeEvent {
        tenants = Set.copyOf(tenants);
    }
}
