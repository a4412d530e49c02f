// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.internal.server.Secrets;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.service.RefusedException;

/**
 * Takes in phones that nobody knows: device, plugin and onboarding config are made and stored in one step. Requests of one
 * phone that come together make one device.
 */
final class Arrivals {

    /** A device that asked within this time is still there, so its address is shared, not taken over. */
    private static final long PRESENT_MILLIS = 10 * 60 * 1000;

    private static final int TRIES = 3;

    private final Lifecycle lifecycle;
    private final Ledger ledger;
    private final Finder finder;
    private final SecurityLog securityLog;
    private final Map<Object, CompletableFuture<DeviceDirectory.Entry>> underWay = new ConcurrentHashMap<>();

    Arrivals(Lifecycle lifecycle, Finder finder, SecurityLog securityLog) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
        this.finder = finder;
        this.securityLog = securityLog;
    }

    /**
     * Adds the device, or waits for the request that is adding it.
     *
     * @throws RefusedException UNAVAILABLE when it cannot be stored
     */
    DeviceDirectory.Entry add(Identified sender, Reach server, Trace trace) throws RefusedException {
        DeviceInfo info = sender.info();
        Object key = info.mac() != null
                ? info.mac()
                : info.sn() != null ? "sn " + info.sn() : info.uuid() != null ? "uuid " + info.uuid() : info.ip();
        CompletableFuture<DeviceDirectory.Entry> mine = new CompletableFuture<>();
        CompletableFuture<DeviceDirectory.Entry> others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            trace.step(() -> "find: another request is adding this device");
            return await(others);
        }
        try {
            // It may have been added between the look-up and our turn.
            DeviceDirectory.Entry found = finder.find(info, trace);
            DeviceDirectory.Entry entry = found != null ? found : create(sender, server, trace);
            mine.complete(entry);
            return entry;
        } catch (RefusedException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key, mine);
            mine.completeExceptionally(new IllegalStateException("the adding thread ended")); // unless it is done
        }
    }

    private static DeviceDirectory.Entry await(CompletableFuture<DeviceDirectory.Entry> others)
            throws RefusedException {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw new RefusedException(refused.reason(), refused.getMessage(), refused);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private DeviceDirectory.Entry create(Identified sender, Reach server, Trace trace) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return create(sender, server, trace, attempt);
            } catch (RefusedException e) {
                if (e.reason() != RefusedException.Reason.STALE || attempt == TRIES) {
                    throw e; // STALE: the device that had the address before was changed meanwhile
                }
            }
        }
    }

    private DeviceDirectory.Entry create(Identified sender, Reach server, Trace trace, int attempt)
            throws RefusedException {
        DeviceInfo info = sender.info();
        Device.Editor editor = Device.create(Secrets.id())
                .tenant(ledger.tenants().master().id())
                .isNew(true)
                .addedByRequest(true)
                .ip(info.ip())
                .mac(info.mac())
                .sn(info.sn())
                .uuid(info.uuid())
                .vendor(info.vendor())
                .model(info.model())
                .version(info.version());
        Batch batch = ledger.batch("phone " + info.ip());
        if (attempt < TRIES) {
            takeAddress(info.ip(), null, batch);
        }
        Lifecycle.Outcome outcome = complete(editor, sender, server, batch, trace);
        Device stored = batch.put(
                outcome.device(), "create", info.mac() == null ? "" : info.mac().toString());
        ledger.commit(batch);
        securityLog.newDevice(info.ip(), stored.id());
        trace.step(() -> "find: added " + stored);
        lifecycle.note(new Lifecycle.Outcome(stored, outcome.problem()));
        return ledger.devices().entry(stored.id());
    }

    /**
     * Takes an address from the one device that had it before. Where several have it, or where that one asked lately, it is
     * the address of a NAT router and stays with all of them.
     *
     * @param deviceId whose address it is now; null for a device that is being added
     */
    void takeAddress(String ip, String deviceId, Batch batch) {
        Set<String> holders = ledger.devices().idsByIp(ip);
        if (holders.size() != 1 || deviceId != null && holders.contains(deviceId)) {
            return;
        }
        DeviceDirectory.Entry holder = ledger.devices().entry(holders.iterator().next());
        if (holder == null
                || !ip.equals(holder.device().ip())
                || System.currentTimeMillis() - holder.lastSeenMillis() < PRESENT_MILLIS) {
            return;
        }
        batch.put(holder.device().edit().ip(null).build(), "update", "ip taken over");
    }

    /** Gives a device that lacks them a plugin and an onboarding config, and makes its files. */
    Lifecycle.Outcome complete(Device.Editor editor, Identified sender, Reach server, Batch batch, Trace trace) {
        Device device = editor.build();
        if (!device.has("plugin")) {
            Map<String, SupportLevel> scores = new LinkedHashMap<>();
            Plugin plugin = lifecycle.associate(sender.info(), sender.families(), scores);
            trace.step(() -> "update: plugin " + (plugin == null ? "none" : plugin.id()) + " of " + text(scores));
            editor.plugin(plugin == null ? null : plugin.id());
        }
        List<ConfigDirectory.Entry> lineage = null;
        if (!device.has("config")) {
            try {
                Config config = batch.put(lifecycle.onboardingConfig(), "create", "onboarding");
                editor.config(config.id());
                lineage = ledger.configs().lineage(config);
                trace.step(() -> "update: onboarding config " + config.id());
            } catch (RefusedException e) {
                trace.step(() -> "update: no onboarding config: " + e.getMessage());
            }
        } else {
            lineage = lifecycle.renderer().lineage(device);
        }
        Lifecycle.Outcome outcome = lifecycle.configure(editor.build(), lineage, server);
        trace.step(
                () -> "update: " + (outcome.problem() == null ? "configured" : "unconfigured: " + outcome.problem()));
        return outcome;
    }

    private static String text(Map<String, SupportLevel> scores) {
        StringBuilder text = new StringBuilder();
        scores.forEach((id, level) -> text.append(text.length() == 0 ? "" : ", ")
                .append(id)
                .append(' ')
                .append(level.score()));
        return text.length() == 0 ? "no plugins" : text.toString();
    }
}
