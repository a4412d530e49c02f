// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.autoprov.core.config.Config;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.render.BaseUrl;
import org.autoprov.core.internal.render.Renderer;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Devices as administration sees and changes them. */
@Component
public final class Devices implements DeviceService {

    private static final int TRIES = 5;

    private final Lifecycle lifecycle;
    private final Ledger ledger;

    @Activate
    public Devices(@Reference Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
    }

    @Override
    public Collection<Device> all() {
        return ledger.devices().all().stream()
                .map(DeviceDirectory.Entry::device)
                .toList();
    }

    @Override
    public Optional<Device> get(String id) {
        return Optional.ofNullable(ledger.devices().get(id));
    }

    @Override
    public Optional<Device> find(String text) {
        Device byId = ledger.devices().get(text);
        if (byId != null) {
            return Optional.of(byId);
        }
        DeviceDirectory.Entry entry =
                MacAddress.parse(text).map(ledger.devices()::byMac).orElse(null);
        if (entry == null && text != null) {
            entry = ledger.devices().bySn(text);
        }
        if (entry == null && text != null) {
            entry = ledger.devices().byUuid(text.toLowerCase(java.util.Locale.ROOT));
        }
        if (entry == null) {
            Set<String> ids = IpText.parse(text)
                    .map(IpText::of)
                    .map(ledger.devices()::idsByIp)
                    .orElse(Set.of());
            entry = ids.size() == 1 ? ledger.devices().entry(ids.iterator().next()) : null;
        }
        return Optional.ofNullable(entry).map(DeviceDirectory.Entry::device);
    }

    @Override
    public Device create(String actor, Device device) throws RefusedException {
        Lifecycle.Outcome outcome = lifecycle.configure(fresh(device));
        Batch batch = ledger.batch(actor);
        Device stored = batch.put(outcome.device(), "create", "");
        ledger.commit(batch);
        lifecycle.note(new Lifecycle.Outcome(stored, outcome.problem()));
        return stored;
    }

    /** A device as it is before its files are made for the first time. */
    private Device fresh(Device device) throws RefusedException {
        if (ledger.devices().get(device.id()) != null) {
            throw new RefusedException(Reason.CONFLICT, "a device with the id " + device.id() + " exists");
        }
        String master = ledger.tenants().master().id();
        String tenant = device.tenant() == null ? master : device.tenant();
        check(device, tenant);
        return device.edit()
                .revision(0)
                .tenant(tenant)
                .isNew(tenant.equals(master))
                .configured(false)
                .build();
    }

    @Override
    public Device update(String actor, Device device) throws RefusedException {
        return change(actor, device.id(), "update", before -> edited(before, device));
    }

    private Device edited(Device before, Device wanted) throws RefusedException {
        if (wanted.revision() != 0 && wanted.revision() != before.revision()) {
            throw new RefusedException(Reason.STALE, "the device was changed meanwhile");
        }
        String tenant = wanted.tenant() == null ? before.tenant() : wanted.tenant();
        check(wanted, tenant);
        if (before.shared() && !wanted.shared()) {
            requireOwnLines(wanted.id(), tenant);
        }
        return wanted.edit()
                .tenant(tenant)
                .isNew(tenant.equals(ledger.tenants().master().id()))
                .configured(before.configured())
                .remoteStateSipUsername(before.remoteStateSipUsername())
                .build();
    }

    @Override
    public void putAll(String actor, Collection<Device> devices) throws RefusedException {
        Batch batch = ledger.batch(actor);
        List<Lifecycle.Outcome> outcomes = new ArrayList<>(devices.size());
        Set<String> configs = devices.stream().map(Device::config).collect(Collectors.toCollection(HashSet::new));
        for (Device device : devices) {
            try {
                put(batch, device, configs, outcomes);
            } catch (RefusedException e) {
                throw new RefusedException(e.reason(), "device " + device.id() + ": " + e.getMessage(), e);
            }
        }
        ledger.commit(batch);
        outcomes.forEach(lifecycle::note);
    }

    /** @param configs what will be in use */
    private void put(Batch batch, Device device, Set<String> configs, List<Lifecycle.Outcome> outcomes)
            throws RefusedException {
        if (device.revision() == 0) {
            Lifecycle.Outcome outcome = lifecycle.configure(fresh(device));
            batch.put(outcome.device(), "create", "");
            outcomes.add(outcome);
            return;
        }
        Device before = existing(device.id());
        Lifecycle.Outcome outcome = outcome(before, edited(before, device));
        outcomes.add(outcome);
        if (!outcome.device().sameContent(before)) {
            batch.put(outcome.device(), "update", "");
            if (before.config() != null && !configs.contains(before.config())) {
                lifecycle.dropIfUnused(batch, before.config(), device.id());
            }
        }
    }

    /** Makes the files anew where they depend on what differs. */
    private Lifecycle.Outcome outcome(Device before, Device edited) {
        return edited.generatesAs(before)
                ? new Lifecycle.Outcome(edited, problem(edited.id()).orElse(null))
                : lifecycle.configure(edited);
    }

    private void check(Device device, String tenant) throws RefusedException {
        if (ledger.tenants().get(tenant) == null) {
            throw new RefusedException(Reason.INVALID, "there is no tenant " + tenant);
        }
        if (device.ip() != null
                && !device.ip().isEmpty()
                && !IpText.parse(device.ip()).map(IpText::of).equals(Optional.of(device.ip()))) {
            throw new RefusedException(
                    Reason.INVALID, "ip must be an IP address in its canonical form, such as 192.0.2.7 or 2001:db8::7");
        }
        if (device.trustedAddress() != null
                && !IpText.parse(device.trustedAddress())
                        .map(IpText::of)
                        .equals(Optional.of(device.trustedAddress()))) {
            throw new RefusedException(
                    Reason.INVALID, "the trusted address must be an IP address in its canonical form");
        }
    }

    private void requireOwnLines(String id, String tenant) throws RefusedException {
        if (ledger.lines().ofDevice(id).stream().anyMatch(line -> !line.tenant().equals(tenant))) {
            throw new RefusedException(Reason.CONFLICT, "lines of other tenants are tied to it; it must stay shared");
        }
    }

    /** What a change makes of the stored device. */
    interface Edit {
        Device apply(Device before) throws RefusedException;
    }

    /** Applies an edit, makes the files anew where they depend on it, and stores; tries again when overtaken. */
    private Device change(String actor, String id, String action, Edit edit) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Device before = existing(id);
            Device edited =
                    edit.apply(before).edit().revision(before.revision()).build();
            Lifecycle.Outcome outcome =
                    action.equals("reconfigure") ? lifecycle.configure(edited) : outcome(before, edited);
            if (outcome.device().sameContent(before)) {
                lifecycle.note(outcome);
                return before;
            }
            Batch batch = ledger.batch(actor);
            Device stored = batch.put(outcome.device(), action, "");
            if (before.config() != null && !before.config().equals(stored.config())) {
                lifecycle.dropIfUnused(batch, before.config(), id);
            }
            if (overtakenUnlessCommitted(batch, attempt)) {
                continue;
            }
            lifecycle.note(new Lifecycle.Outcome(stored, outcome.problem()));
            return stored;
        }
    }

    private boolean overtakenUnlessCommitted(Batch batch, int attempt) throws RefusedException {
        try {
            ledger.commit(batch);
            return false;
        } catch (RefusedException e) {
            if (e.reason() == Reason.STALE && attempt < TRIES) {
                return true;
            }
            throw e;
        }
    }

    private Device existing(String id) throws RefusedException {
        Device device = ledger.devices().get(id);
        if (device == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no device " + id);
        }
        return device;
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Device device = existing(id);
            Batch batch = ledger.batch(actor);
            batch.delete(device);
            lifecycle.dropIfUnused(batch, device.config(), id);
            for (Line line : ledger.lines().ofDevice(id)) {
                batch.put(line.boundTo(null, 0), "dissociate", "device deleted");
            }
            if (!overtakenUnlessCommitted(batch, attempt)) {
                return;
            }
        }
    }

    @Override
    public Device reconfigure(String actor, String id) throws RefusedException {
        return change(actor, id, "reconfigure", before -> before);
    }

    @Override
    public Device reset(String actor, String id) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Device before = existing(id);
            Batch batch = ledger.batch(actor);
            Config config = batch.put(lifecycle.onboardingConfig(), "create", "onboarding");
            Device edited = before.edit()
                    .config(config.id())
                    .options(null)
                    .trustedAddress(null)
                    .build();
            DeviceDirectory.Entry entry = ledger.devices().entry(id);
            Lifecycle.Outcome outcome = lifecycle.configure(
                    edited, ledger.configs().lineage(config), entry == null ? null : entry.lastServer());
            Device stored = batch.put(outcome.device(), "reset", "");
            dropOldConfig(batch, before, config.id());
            for (Line line : ledger.lines().ofDevice(id)) {
                batch.put(line.boundTo(null, 0), "dissociate", "device reset");
            }
            if (!overtakenUnlessCommitted(batch, attempt)) {
                lifecycle.note(new Lifecycle.Outcome(stored, outcome.problem()));
                return stored;
            }
        }
    }

    /** Its own config goes: a transient one, or the one that association made, which has the device's id. */
    private void dropOldConfig(Batch batch, Device before, String nextConfigId) {
        Config own = ledger.configs().get(before.config());
        if (own == null || own.id().equals(nextConfigId)) {
            return;
        }
        if (own.id().equals(before.id())
                && own.deletable()
                && ledger.devices().idsByConfig(own.id()).size() == 1) {
            batch.delete(own);
        } else {
            lifecycle.dropIfUnused(batch, own.id(), before.id());
        }
    }

    @Override
    public Device trust(String actor, String id, String address) throws RefusedException {
        String canonical = null;
        if (address != null) {
            canonical = IpText.parse(address)
                    .map(IpText::of)
                    .orElseThrow(() -> new RefusedException(Reason.INVALID, "not an IP address: " + address));
        }
        String trusted = canonical;
        return change(
                actor,
                id,
                "trust",
                before -> before.edit().trustedAddress(trusted).build());
    }

    @Override
    public Optional<String> problem(String id) {
        DeviceDirectory.Entry entry = ledger.devices().entry(id);
        if (entry == null || entry.device().configured()) {
            return Optional.empty();
        }
        if (entry.problem() == null) {
            Device device = entry.device(); // unconfigured since before the start: find out why
            entry.problem(
                    lifecycle.renderer().problem(device, lifecycle.renderer().lineage(device), entry.lastServer()));
        }
        return Optional.ofNullable(entry.problem());
    }

    @Override
    public long lastSeen(String id) {
        DeviceDirectory.Entry entry = ledger.devices().entry(id);
        return entry == null ? 0 : entry.lastSeenMillis();
    }

    @Override
    public Optional<Map<String, Object>> parameters(String id) {
        DeviceDirectory.Entry entry = ledger.devices().entry(id);
        List<ConfigDirectory.Entry> lineage =
                entry == null ? null : lifecycle.renderer().lineage(entry.device());
        if (lineage == null) {
            return Optional.empty();
        }
        try {
            BaseUrl url = lifecycle.renderer().parameters().baseUrl(entry.lastServer());
            return Optional.of(lifecycle.renderer().parameters().complete(entry.device(), lineage, url));
        } catch (InvalidConfigException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<PhoneFile> files(String id) {
        Device device = ledger.devices().get(id);
        Plugin plugin = device == null ? null : lifecycle.plugins().snapshot().get(device.plugin());
        try {
            return plugin == null ? List.of() : plugin.files(device);
        } catch (Plugin.FailedException e) {
            return List.of();
        }
    }

    @Override
    public FileContent preview(String id, String fileName) throws RefusedException {
        return preview(
                id,
                fileName,
                (plugin, file, device, lineage, reached) ->
                        lifecycle.renderer().content(plugin, file, device, lineage, reached));
    }

    @Override
    public FileContent preview(String id, String fileName, Map<String, Object> changes) throws RefusedException {
        return preview(
                id,
                fileName,
                (plugin, file, device, lineage, reached) ->
                        lifecycle.renderer().contentWith(changes, plugin, file, device, lineage, reached));
    }

    /** A way to make a file. */
    private interface Making {
        FileContent make(
                Plugin plugin, PhoneFile file, Device device, List<ConfigDirectory.Entry> lineage, Reach reached)
                throws Renderer.UnrenderableException;
    }

    private FileContent preview(String id, String fileName, Making making) throws RefusedException {
        Device device = existing(id);
        Plugin plugin = lifecycle.plugins().snapshot().get(device.plugin());
        List<ConfigDirectory.Entry> lineage = lifecycle.renderer().lineage(device);
        if (plugin == null || lineage == null) {
            throw new RefusedException(
                    Reason.INVALID, "not configured: " + problem(id).orElse("no plugin or config"));
        }
        try {
            PhoneFile file = plugin.file(device, fileName)
                    .filter(f -> !f.writable())
                    .orElseThrow(() -> new RefusedException(
                            Reason.NOT_FOUND, plugin.id() + " makes no file " + fileName + " for this device"));
            DeviceDirectory.Entry entry = ledger.devices().entry(id);
            return making.make(plugin, file, device, lineage, entry == null ? null : entry.lastServer());
        } catch (Renderer.UnrenderableException | Plugin.FailedException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage());
        }
    }
}
