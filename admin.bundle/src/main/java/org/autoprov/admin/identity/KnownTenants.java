// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.autoprov.admin.identity.WazoAuth.Listed;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TenantMirror;
import org.autoprov.core.service.TenantService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server's tenants like those of the identity service: the master tenant is the one of the service account, a
 * tenant is added when a call first names it, and deleted with all that it has when a sweep no longer finds it.
 * Thread-safe.
 */
final class KnownTenants {

    static final String ACTOR = "identity service";
    private static final Logger LOG = LoggerFactory.getLogger(KnownTenants.class);
    private static final int MAX_NAME = 200;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ServiceAccount account;
    private final TenantService tenants;
    private final DeviceService devices;
    private final TenantMirror mirror;
    private final ReentrantLock adopting = new ReentrantLock();
    private volatile boolean adopted;
    /** Why it failed last, so that it is said once; guarded by {@link #adopting}. */
    private String lastProblem;

    private volatile long nextTry = System.nanoTime();

    KnownTenants(ServiceAccount account, TenantService tenants, DeviceService devices, TenantMirror mirror) {
        this.account = account;
        this.tenants = tenants;
        this.devices = devices;
        this.mirror = mirror;
    }

    /**
     * Makes the service account's tenant the master tenant, once; fails quietly, and is tried again with a later call.
     * Only one caller takes the time.
     */
    void adoptMaster(Deadline deadline) {
        if (adopted || !account.isSet() || nextTry - System.nanoTime() > 0 || !adopting.tryLock()) {
            return;
        }
        try {
            mirror.adoptMaster(ACTOR, account.tenant(deadline));
            adopted = true;
        } catch (AwayException | RefusedException e) {
            if (!e.getMessage().equals(lastProblem)) {
                lastProblem = e.getMessage();
                LOG.warn("the master tenant is not known yet: {}", lastProblem);
            }
            nextTry = System.nanoTime() + RETRY_NANOS;
        } finally {
            adopting.unlock();
        }
    }

    /** Adds those that are not known here yet. */
    void add(Collection<Listed> listed) {
        Map<String, Listed> missing = new HashMap<>();
        for (Listed tenant : listed) {
            if (tenants.get(tenant.id()).isEmpty()) {
                missing.put(tenant.id(), tenant);
            }
        }
        while (!missing.isEmpty()) {
            add(missing.values().iterator().next(), missing);
        }
    }

    /** The one above first, so that it can be named; each is taken out before, so that a circle ends. */
    private void add(Listed tenant, Map<String, Listed> missing) {
        missing.remove(tenant.id());
        Listed above = tenant.parent() == null ? null : missing.get(tenant.parent());
        if (above != null) {
            add(above, missing);
        }
        String parent = tenant.parent() != null && tenants.get(tenant.parent()).isPresent() ? tenant.parent() : null;
        String name = tenant.name() == null || tenant.name().isBlank() ? tenant.id() : tenant.name();
        try {
            tenants.create(ACTOR, tenant.id(), name.substring(0, Math.min(MAX_NAME, name.length())), parent);
        } catch (RefusedException e) {
            if (e.reason() != RefusedException.Reason.CONFLICT) { // another call was quicker
                LOG.warn("tenant {} is not added: {}", tenant.id(), e.getMessage());
            }
        }
    }

    /**
     * Deletes the tenants that the identity service no longer lists, with their devices, lines and keys. Deletes nothing
     * when it cannot be asked, or when its answer cannot be all: when the service account's own tenant is missing.
     *
     * @return how many were deleted
     */
    int sweep() {
        if (!account.isSet()) {
            return 0;
        }
        adoptMaster(Deadline.in(ServiceAccount.LIMIT));
        try {
            Set<String> gone = here();
            gone.removeAll(listed());
            if (gone.isEmpty()) {
                return 0;
            }
            gone.removeAll(listed()); // what is deleted does not come back: ask twice
            gone.remove(tenants.master().id());
            return delete(gone);
        } catch (AwayException e) {
            LOG.warn("deleted tenants are not swept this time: {}", e.getMessage());
            return 0;
        }
    }

    private Set<String> here() {
        Set<String> ids = new LinkedHashSet<>();
        tenants.all().forEach(tenant -> ids.add(tenant.id()));
        devices.all().forEach(device -> ids.add(device.tenant()));
        ids.remove(null);
        ids.remove(tenants.master().id());
        return ids;
    }

    private Set<String> listed() throws AwayException {
        List<Listed> all = account.tenants();
        Set<String> ids = new HashSet<>();
        all.forEach(tenant -> ids.add(tenant.id()));
        if (!ids.contains(account.tenant(Deadline.in(ServiceAccount.LIMIT)))) {
            throw new AwayException("the identity service's list of tenants is not whole");
        }
        return ids;
    }

    private int delete(Set<String> gone) {
        int deleted = 0;
        for (String id : gone) {
            try {
                mirror.delete(ACTOR, id);
                LOG.info("tenant {} is deleted: the identity service no longer lists it", id);
                deleted++;
            } catch (RefusedException e) {
                LOG.warn("tenant {} cannot be deleted: {}", id, e.getMessage());
            }
        }
        return deleted;
    }
}
