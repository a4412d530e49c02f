// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.access;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantMirror;
import org.autoprov.core.service.Token;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Moves and deletes whole tenants, as somebody else decides. */
@Component
public final class MirroredTenants implements TenantMirror {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int TRIES = 5;

    private final Ledger ledger;
    private final Tokens tokens;
    private final DeviceService devices;
    private final LineService lines;

    @Activate
    public MirroredTenants(
            @Reference Ledger ledger,
            @Reference Tokens tokens,
            @Reference DeviceService devices,
            @Reference LineService lines) {
        this.ledger = ledger;
        this.tokens = tokens;
        this.devices = devices;
        this.lines = lines;
    }

    @Override
    public void adoptMaster(String actor, String id) throws RefusedException {
        if (!UUID.matcher(id).matches()) {
            throw new RefusedException(Reason.INVALID, "a tenant's id must be a UUID");
        }
        Tenant former = ledger.tenants().master();
        if (former.id().equals(id)) {
            return;
        }
        commit(() -> moved(actor, former, id));
        if (former.provisioningKey() != null && ledger.tenants().master().provisioningKey() == null) {
            commit(() -> keyed(actor, former.provisioningKey()));
        }
        commit(() -> moved(actor, former, id)); // phones that came meanwhile
    }

    /** What is to be stored, reckoned from what is stored now. */
    private interface Work {
        Batch batch() throws RefusedException;
    }

    private void commit(Work work) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            try {
                ledger.commit(work.batch());
                return;
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** All that is the former master's, now the new one's, in one piece; empty when nothing is left to move. */
    private Batch moved(String actor, Tenant former, String id) {
        Batch batch = ledger.batch(actor);
        Tenant known = ledger.tenants().get(id);
        if (known == null || !known.isMaster()) {
            Tenant above =
                    known == null ? new Tenant(id, 0, former.name(), null, null, former.webhook()) : known.below(null);
            batch.put(above, "adopt", "master tenant");
        }
        for (Tenant tenant : ledger.tenants().all()) {
            if (tenant.id().equals(former.id())) {
                batch.delete(tenant);
            } else if (former.id().equals(tenant.parent()) && !tenant.id().equals(id)) {
                batch.put(below(tenant, id), "move", "");
            }
        }
        ledger.devices().all().stream()
                .map(entry -> entry.device())
                .filter(device -> former.id().equals(device.tenant()) || id.equals(device.tenant()) && !device.isNew())
                .forEach(
                        device -> batch.put(device.edit().tenant(id).isNew(true).build(), "move", "master tenant"));
        for (Line line : ledger.lines().all()) {
            if (former.id().equals(line.tenant())) {
                batch.put(in(line, id), "move", "master tenant");
            }
        }
        tokens.move(batch, former.id(), id);
        return batch;
    }

    private Batch keyed(String actor, String key) {
        Tenant master = ledger.tenants().master();
        Batch batch = ledger.batch(actor);
        batch.put(master.withProvisioningKey(key), "update", "provisioning_key");
        return batch;
    }

    private static Tenant below(Tenant tenant, String parent) {
        return tenant.below(parent);
    }

    private static Line in(Line line, String tenant) {
        return new Line(
                line.id(),
                line.revision(),
                tenant,
                line.code(),
                line.account(),
                line.parameters(),
                line.device(),
                line.position());
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        if (ledger.tenants().master().id().equals(id)) {
            throw new RefusedException(Reason.CONFLICT, "the master tenant cannot be deleted");
        }
        Predicate<String> own = id::equals;
        for (Device device : devices.all()) {
            if (own.test(device.tenant())) {
                unlessGone(() -> devices.delete(actor, device.id()));
            }
        }
        for (Line line : lines.all()) {
            if (own.test(line.tenant())) {
                if (line.isBound()) { // to a port of another tenant's gateway
                    unlessGone(() -> lines.dissociate(actor, line.id()));
                }
                unlessGone(() -> lines.delete(actor, line.id()));
            }
        }
        for (Token token : tokens.all()) {
            if (own.test(token.tenant())) {
                unlessGone(() -> tokens.revoke(actor, token.id()));
            }
        }
        commit(() -> without(actor, id));
    }

    private interface Step {
        void run() throws RefusedException;
    }

    private static void unlessGone(Step step) throws RefusedException {
        try {
            step.run();
        } catch (RefusedException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private Batch without(String actor, String id) {
        Batch batch = ledger.batch(actor);
        Tenant tenant = ledger.tenants().get(id);
        if (tenant != null) {
            batch.delete(tenant);
            for (Tenant other : ledger.tenants().all()) {
                if (id.equals(other.parent())) {
                    batch.put(below(other, tenant.parent()), "move", "");
                }
            }
        }
        return batch;
    }
}
