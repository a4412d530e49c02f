// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.RefusedException;

/**
 * Tenants, of which the folder has no more than ids, in devices and beside provisioning keys. Their master tenant is told
 * by the new devices, which all belong to it; it becomes ours. For one run.
 */
final class TenantImport {

    /** Those of API 0.2 and those that were allowed here. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~$-]{8,256}");

    private static final String TAKEN = "another tenant has this provisioning key";

    private final Ledger ledger;
    private final boolean overwrite;
    private final Set<String> ofDevices = new TreeSet<>();
    private final Set<String> ofNewDevices = new TreeSet<>();
    private final Map<String, String> holders = new HashMap<>();

    TenantImport(Ledger ledger, boolean overwrite) {
        this.ledger = ledger;
        this.overwrite = overwrite;
    }

    /** Notes whose a device of the folder is. */
    void see(Map<String, Object> device) {
        try {
            String tenant = LegacyDocuments.tenant(device);
            if (tenant != null) {
                ofDevices.add(tenant);
                if (Boolean.TRUE.equals(device.get("is_new"))) {
                    ofNewDevices.add(tenant);
                }
            }
        } catch (NotTakenException e) {
            // reported when the device's turn comes
        }
    }

    /** Our id of a tenant of the folder. @param theirs null for a device that belongs to none */
    String ours(String theirs) {
        String master = ledger.tenants().master().id();
        boolean isTheirMaster = theirs != null && ofNewDevices.size() == 1 && ofNewDevices.contains(theirs);
        return theirs == null || isTheirMaster && ledger.tenants().get(theirs) == null ? master : theirs;
    }

    /**
     * Stores tenants and keys.
     *
     * @param keys what {@code app.json} has as {@code tenants}; null when nothing
     * @param touched gets the devices here whose tenant has another key now
     */
    void run(Object keys, Chunk chunk, Tally tally, Collection<String> touched) throws RefusedException {
        Map<String, String> keyOf = new TreeMap<>();
        Map<String, Object> entries = RawConfigs.asObject(keys);
        if (keys != null && entries == null) {
            tally.notTaken(
                    Tally.TENANTS, LegacyFolder.PARAMETERS, LegacyDocuments.refused("tenants", "must be an object"));
        }
        Set<String> wanted = new LinkedHashSet<>();
        if (entries != null) {
            for (Map.Entry<String, Object> entry : entries.entrySet()) {
                String theirs = entry.getKey().toLowerCase(Locale.ROOT);
                try {
                    String key = key(theirs, entry.getValue());
                    wanted.add(ours(theirs));
                    if (key != null) {
                        keyOf.put(ours(theirs), key);
                    }
                } catch (NotTakenException e) {
                    tally.notTaken(Tally.TENANTS, LegacyFolder.PARAMETERS, e);
                }
            }
        }
        for (String theirs : ofDevices) {
            wanted.add(ours(theirs));
        }
        for (String id : wanted) {
            String key = keyOf.get(id);
            chunk.add(LegacyFolder.PARAMETERS, 0, batch -> take(batch, id, key, tally, touched));
        }
        chunk.flush();
        if (ofNewDevices.size() > 1) {
            tally.remark(
                    LegacyFolder.DEVICES,
                    "tenant_uuid",
                    Outcome.ALTERED,
                    "new devices belong to several tenants, so that their master tenant cannot be told");
        }
    }

    private Tally.Done take(Batch batch, String id, String key, Tally tally, Collection<String> touched)
            throws NotTakenException {
        Tenant here = ledger.tenants().get(id);
        String place = "tenants." + id;
        boolean taken = isTaken(key, id);
        if (here == null) {
            if (taken) { // its devices need the tenant all the same
                tally.remark(LegacyFolder.PARAMETERS, place, Outcome.ALTERED, TAKEN);
            }
            String name = "imported " + id.substring(0, 8);
            String master = ledger.tenants().master().id();
            batch.put(new Tenant(id, 0, name, master, taken ? null : key), "create", "import");
            return Tally.Done.ADDED;
        }
        if (taken) {
            throw LegacyDocuments.conflict(place, TAKEN);
        }
        if (key == null || key.equals(here.provisioningKey())) {
            return Tally.Done.SAME;
        }
        if (here.provisioningKey() != null && !overwrite) {
            throw LegacyDocuments.conflict(place, "has another provisioning key here");
        }
        batch.put(here.withProvisioningKey(key), "update", "import");
        for (DeviceDirectory.Entry entry : ledger.devices().all()) {
            if (id.equals(entry.device().tenant())) {
                touched.add(entry.device().id());
            }
        }
        return Tally.Done.REPLACED;
    }

    private boolean isTaken(String key, String id) {
        if (key == null) {
            return false;
        }
        Tenant holder = ledger.tenants().byKey(key);
        String first = holders.computeIfAbsent(key, k -> id);
        return holder != null && !holder.id().equals(id) || !first.equals(id);
    }

    private static String key(String tenant, Object value) throws NotTakenException {
        String place = "tenants." + tenant;
        if (!LegacyDocuments.isUuid(tenant)) {
            throw LegacyDocuments.refused(NotTakenException.shortened(place), "is not a UUID");
        }
        Map<String, Object> parameters = RawConfigs.asObject(value);
        if (value != null && parameters == null) {
            throw LegacyDocuments.refused(place, "must be an object");
        }
        Object key = parameters == null ? null : parameters.get("provisioning_key");
        if (key == null || key.equals("")) {
            return null;
        }
        if (!(key instanceof String text)
                || !KEY.matcher(text).matches()
                || text.chars().allMatch(c -> c == '.')) {
            throw LegacyDocuments.refused(
                    place + ".provisioning_key", "must have 8 to 256 letters, digits, or characters of - _ . ~ $");
        }
        return text;
    }
}
