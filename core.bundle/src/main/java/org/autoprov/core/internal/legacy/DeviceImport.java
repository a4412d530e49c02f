// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices, after all that they refer to. For one run. */
final class DeviceImport {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceImport.class);

    /** Parts that requests fill in where they are missing: those are no difference. */
    private record Part(String key, Function<Device, String> get, BiConsumer<Device.Editor, String> set) {}

    private static final List<Part> GAPS = List.of(
            new Part("sn", Device::sn, Device.Editor::sn),
            new Part("uuid", Device::uuid, Device.Editor::uuid),
            new Part("vendor", Device::vendor, Device.Editor::vendor),
            new Part("model", Device::model, Device.Editor::model),
            new Part("plugin", Device::plugin, Device.Editor::plugin),
            new Part("config", Device::config, Device.Editor::config));

    private final Lifecycle lifecycle;
    private final Ledger ledger;
    private final LegacyFolder folder;
    private final boolean dryRun;
    private final boolean overwrite;
    private final TenantImport tenants;
    private final PluginIds plugins;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> leftConfigs = new HashSet<>();
    private final Map<String, String> twins = new HashMap<>();

    DeviceImport(
            Lifecycle lifecycle,
            LegacyFolder folder,
            boolean dryRun,
            boolean overwrite,
            TenantImport tenants,
            PluginIds plugins) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
        this.folder = folder;
        this.dryRun = dryRun;
        this.overwrite = overwrite;
        this.tenants = tenants;
        this.plugins = plugins;
    }

    /** Looks at all of them for what has to be known before the first is stored. */
    void look() {
        try {
            for (String name : folder.names(LegacyFolder.DEVICES)) {
                ids.add(name);
                try {
                    tenants.see(folder.read(LegacyFolder.DEVICES, name).json());
                } catch (NotTakenException e) {
                    // reported when its turn comes
                }
            }
        } catch (NotTakenException e) {
            // as above
        }
    }

    void run(Chunk chunk, Tally tally, String actor) throws RefusedException {
        List<String> names;
        try {
            names = folder.names(LegacyFolder.DEVICES);
        } catch (NotTakenException e) {
            tally.notTaken(Tally.DEVICES, LegacyFolder.DEVICES, e);
            return;
        }
        for (String name : names) {
            LegacyFolder.Document document;
            Device raw;
            Device wanted;
            try {
                document = folder.read(LegacyFolder.DEVICES, name);
                String tenant = tenants.ours(LegacyDocuments.tenant(document.json()));
                raw = LegacyDocuments.device(
                        document,
                        tenant,
                        tenant.equals(ledger.tenants().master().id()));
                wanted = plugins.mapped(raw);
            } catch (NotTakenException e) {
                tally.notTaken(Tally.DEVICES, LegacyFolder.DEVICES + "/" + name, e);
                continue;
            }
            plugins.count(raw, wanted);
            if (LegacyDocuments.losesIp(document.json())) {
                tally.remark(document.file(), "ip", Outcome.ALTERED, "is left out: not an address in canonical form");
            }
            chunk.add(document.file(), document.size(), batch -> take(batch, raw, wanted));
        }
        chunk.flush();
        dropLeftConfigs(actor);
    }

    private Tally.Done take(Batch batch, Device raw, Device wanted) throws NotTakenException {
        if (!dryRun && ledger.tenants().get(wanted.tenant()) == null) {
            throw LegacyDocuments.refused("tenant_uuid", "its tenant could not be taken");
        }
        Device here = ledger.devices().get(wanted.id());
        if (here == null) {
            checkTwins(batch, wanted);
            batch.put(configured(wanted), "create", "import");
            return Tally.Done.ADDED;
        }
        Device next = over(here, wanted);
        if (next.sameContent(here)) {
            return Tally.Done.SAME;
        }
        boolean onlyThePlugin = over(here, raw).sameContent(here); // that has come here since it was imported
        if (!overwrite && !onlyThePlugin) {
            throw LegacyDocuments.conflict(
                    "",
                    "is here with another "
                            + LegacyDocuments.differences(Documents.write(here), Documents.write(next)));
        }
        if (!onlyThePlugin && !ledger.lines().ofDevice(here.id()).isEmpty()) {
            throw LegacyDocuments.conflict("", "has lines here; dissociate them first");
        }
        if (here.config() != null && !here.config().equals(next.config())) {
            leftConfigs.add(here.config());
        }
        batch.put(configured(next), "update", "import");
        return Tally.Done.REPLACED;
    }

    /** The device of the folder in the place of the one here, with what phones have told since. */
    private static Device over(Device here, Device wanted) {
        Device.Editor next = wanted.edit()
                .revision(here.revision())
                .configured(here.configured())
                .trustedAddress(here.trustedAddress())
                .ip(here.ip());
        if (here.version() != null) {
            next.version(here.version());
        }
        if (here.remoteStateSipUsername() != null) {
            next.remoteStateSipUsername(here.remoteStateSipUsername());
        }
        if (!wanted.has("mac") && here.mac() != null) {
            next.mac(here.mac());
        }
        for (Part part : GAPS) {
            String value = part.get().apply(here);
            if (value != null && !wanted.has(part.key())) {
                part.set().accept(next, value);
            }
        }
        return next.build();
    }

    /** A phone may have come here by itself before it was imported: its record must not win over the imported one. */
    private void checkTwins(Batch batch, Device wanted) throws NotTakenException {
        DeviceDirectory.Entry entry =
                wanted.mac() == null ? null : ledger.devices().byMac(wanted.mac());
        if (entry == null || ids.contains(entry.device().id())) {
            return; // the folder itself may have several of one MAC
        }
        Device twin = entry.device();
        boolean nobodys = twin.isNew()
                && twin.addedByRequest()
                && ledger.lines().ofDevice(twin.id()).isEmpty();
        if (!overwrite || !nobodys) {
            throw LegacyDocuments.conflict("mac", "the device " + twin.id() + " has this MAC address here");
        }
        if (twins.computeIfAbsent(twin.id(), id -> wanted.id()).equals(wanted.id())) {
            batch.delete(twin); // once in a batch
        }
        if (twin.config() != null) {
            leftConfigs.add(twin.config());
        }
    }

    private Device configured(Device device) {
        return dryRun ? device : lifecycle.configure(device).device();
    }

    private void dropLeftConfigs(String actor) throws RefusedException {
        if (dryRun || leftConfigs.isEmpty()) {
            return;
        }
        Batch batch = ledger.batch(actor);
        for (String id : leftConfigs) {
            Config config = ledger.configs().get(id);
            if (config != null
                    && config.isTransient()
                    && ledger.devices().idsByConfig(id).isEmpty()) {
                batch.delete(config);
            }
        }
        try {
            ledger.commit(batch);
        } catch (RefusedException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                throw e;
            }
            LOG.info("transient configs that no device uses any more stay: {}", e.getMessage());
        }
    }
}
