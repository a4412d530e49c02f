// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Change;
import org.autoprov.core.store.Kind;

/**
 * Changes that become durable, and visible in the directories, together. A document put here carries the revision that is
 * stored now (0 for a new one); what the methods return carries the next. Not thread-safe.
 */
public final class Batch {

    private final String actor;
    private final Ledger ledger;
    final List<Change> changes = new ArrayList<>(2);
    final List<AuditEntry> audit = new ArrayList<>(2);
    private final List<Runnable> effects = new ArrayList<>(2);

    Batch(Ledger ledger, String actor) {
        this.ledger = ledger;
        this.actor = actor;
    }

    public Device put(Device device, String action, String detail) {
        Device next = device.edit().revision(device.revision() + 1).build();
        change(Change.put(Kind.DEVICE, device.id(), device.revision(), Documents.write(next)), action, detail);
        effects.add(() -> ledger.devices().put(next));
        return next;
    }

    public void delete(Device device) {
        change(Change.delete(Kind.DEVICE, device.id(), device.revision()), "delete", "");
        effects.add(() -> ledger.devices().remove(device.id()));
    }

    public Config put(Config config, String action, String detail) {
        Config next = config.withRevision(config.revision() + 1);
        change(Change.put(Kind.CONFIG, config.id(), config.revision(), Documents.write(next)), action, detail);
        effects.add(() -> ledger.configs().put(next));
        return next;
    }

    public void delete(Config config) {
        change(Change.delete(Kind.CONFIG, config.id(), config.revision()), "delete", "");
        effects.add(() -> ledger.configs().remove(config.id()));
    }

    public Line put(Line line, String action, String detail) {
        Line next = line.withRevision(line.revision() + 1);
        change(new Change(Kind.LINE, line.id(), line.revision(), Documents.write(next), line.code()), action, detail);
        effects.add(() -> ledger.lines().put(next));
        return next;
    }

    public void delete(Line line) {
        change(Change.delete(Kind.LINE, line.id(), line.revision()), "delete", "");
        effects.add(() -> ledger.lines().remove(line.id()));
    }

    public Tenant put(Tenant tenant, String action, String detail) {
        Tenant next = tenant.withRevision(tenant.revision() + 1);
        String key = tenant.provisioningKey() == null ? null : "key " + tenant.provisioningKey();
        change(new Change(Kind.TENANT, tenant.id(), tenant.revision(), Documents.write(next), key), action, detail);
        effects.add(() -> ledger.tenants().put(next));
        return next;
    }

    public void delete(Tenant tenant) {
        change(Change.delete(Kind.TENANT, tenant.id(), tenant.revision()), "delete", "");
        effects.add(() -> ledger.tenants().remove(tenant.id()));
    }

    /** A document of a kind that has no directory here. */
    public void put(Kind kind, String id, long revision, String json, String action, Runnable effect) {
        change(Change.put(kind, id, revision, json), action, "");
        effects.add(effect);
    }

    /** Deletes a document of a kind that has no directory here. */
    public void delete(Kind kind, String id, long revision, Runnable effect) {
        change(Change.delete(kind, id, revision), "delete", "");
        effects.add(effect);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    private void change(Change change, String action, String detail) {
        changes.add(change);
        audit.add(new AuditEntry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS), actor, action, change.kind(), change.id(), detail));
    }

    void apply() {
        if (ledger.followers().isEmpty()) {
            effects.forEach(Runnable::run);
            return;
        }
        List<Set<String>> concerned = changes.stream()
                .map(change -> ledger.owners(change.kind(), change.id()))
                .toList();
        effects.forEach(Runnable::run);
        for (int i = 0; i < changes.size(); i++) { // each has its line in the audit log
            concerned
                    .get(i)
                    .addAll(ledger.owners(changes.get(i).kind(), changes.get(i).id()));
            ledger.tell(audit.get(i), concerned.get(i));
        }
    }
}
