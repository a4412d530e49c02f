// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.concurrent.CompletionException;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.StaleRevisionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a known device up to what its request says. It writes only when a durable fact changed, and waits for the write only
 * when the answer depends on it.
 */
final class Updater {

    private static final Logger LOG = LoggerFactory.getLogger(Updater.class);
    private static final int TRIES = 5;

    private final Ledger ledger;
    private final Lifecycle lifecycle;
    private final Arrivals arrivals;

    Updater(Lifecycle lifecycle, Arrivals arrivals) {
        this.ledger = lifecycle.ledger();
        this.lifecycle = lifecycle;
        this.arrivals = arrivals;
    }

    /** Whether {@link #update} would have something to do. */
    static boolean isUpToDate(Device device, DeviceInfo info) {
        return info.ip().equals(device.ip())
                && (info.version() == null || info.version().equals(device.version()))
                && device.has("plugin")
                && device.has("config")
                && (info.mac() == null || device.has("mac"))
                && (info.sn() == null || device.has("sn"))
                && (info.uuid() == null || device.has("uuid"))
                && (info.vendor() == null || device.has("vendor"))
                && (info.model() == null || device.has("model"));
    }

    /** The device after its request; the one before when nothing changed, or when the store is away. */
    Device update(DeviceDirectory.Entry entry, Identified sender, PhoneRequest request, Trace trace) {
        DeviceInfo info = sender.info();
        Device before = entry.device();
        Device.Editor editor = before.edit();
        boolean gaps = fillGaps(before, info, editor);
        boolean version = info.version() != null && !info.version().equals(before.version());
        boolean address = !info.ip().equals(before.ip());
        boolean incomplete = !before.has("plugin") || !before.has("config");
        if (!gaps && !version && !address && !incomplete) {
            return before;
        }
        if (version) {
            editor.version(info.version());
        }
        editor.ip(info.ip());
        Batch batch = ledger.batch("phone " + info.ip());
        if (address) {
            arrivals.takeAddress(info.ip(), before.id(), batch);
        }
        if (!gaps && !version && !(incomplete && mayComplete(before, sender))) {
            return moveLater(editor.build(), before, batch, trace);
        }
        if (gaps) {
            reconsiderPlugin(before, sender, editor, trace);
        }
        Lifecycle.Outcome outcome =
                arrivals.complete(editor, sender, lifecycle.renderer().reached(request), batch, trace);
        if (outcome.device().sameContent(before)) {
            return before;
        }
        try {
            Device stored = batch.put(outcome.device(), "update", changes(before, outcome.device()));
            ledger.commit(batch);
            lifecycle.note(new Lifecycle.Outcome(stored, outcome.problem()));
            trace.step(() -> "update: " + changes(before, stored));
            return stored;
        } catch (RefusedException e) {
            // Another request of the same phone was first, or the store is away: the phone is known and gets its files.
            trace.step(() -> "update: not stored: " + e.getMessage());
            LOG.debug("{} is not updated: {}", before, e.getMessage());
            return entry.device();
        }
    }

    /** A new address alone changes no file: the phone need not wait for the commit. */
    private Device moveLater(Device device, Device before, Batch batch, Trace trace) {
        if (device.sameContent(before)) {
            return before;
        }
        batch.put(device, "update", "ip");
        trace.step(() -> "update: address " + before.ip() + " becomes " + device.ip());
        ledger.commitLater(batch).exceptionally(e -> {
            LOG.debug("the address of {} is not stored: {}", before, e.getMessage());
            return null;
        });
        return before;
    }

    private static boolean fillGaps(Device before, DeviceInfo info, Device.Editor editor) {
        boolean filled = false;
        if (before.mac() == null && info.mac() != null && !before.has("mac")) {
            editor.mac(info.mac());
            filled = true;
        }
        if (info.sn() != null && !before.has("sn")) {
            editor.sn(info.sn());
            filled = true;
        }
        if (info.uuid() != null && !before.has("uuid")) {
            editor.uuid(info.uuid());
            filled = true;
        }
        if (info.vendor() != null && !before.has("vendor")) {
            editor.vendor(info.vendor());
            filled = true;
        }
        if (info.model() != null && !before.has("model")) {
            editor.model(info.model());
            filled = true;
        }
        return filled;
    }

    /**
     * A phone that said little at first, as all do over TFTP, and now its model: the plugin was a guess, and nobody has
     * claimed the device, so it is chosen again. Not when somebody else chose it.
     */
    private void reconsiderPlugin(Device before, Identified sender, Device.Editor editor, Trace trace) {
        if (!before.isNew()
                || !before.addedByRequest()
                || before.plugin() == null
                || before.has("model")
                || sender.info().model() == null) {
            return;
        }
        DeviceInfo then = new DeviceInfo(
                before.ip(), before.mac(), before.sn(), before.uuid(), before.vendor(), null, before.version());
        Plugin guess = lifecycle.associate(then, sender.families(), null);
        Plugin better = lifecycle.associate(sender.info().or(then), sender.families(), null);
        if (guess != null && guess.id().equals(before.plugin()) && better != null && better != guess) {
            trace.step(() ->
                    "update: plugin " + better.id() + " instead of " + guess.id() + ", now that the model is known");
            editor.plugin(better.id());
        }
    }

    /** Whether another try to complete the device could lead further than the last one. */
    private boolean mayComplete(Device device, Identified sender) {
        return !device.has("plugin")
                        && sender.info().vendor() != null
                        && lifecycle.associate(sender.info(), sender.families(), null) != null
                || !device.has("config") && ledger.configs().withRole(Config.ROLE_AUTOCREATE) != null;
    }

    /** Notes the account that the phone runs from now on: the one in the file that it has just fetched. */
    void noteFetched(DeviceDirectory.Entry entry) {
        noteFetched(entry, 1);
    }

    private void noteFetched(DeviceDirectory.Entry entry, int attempt) {
        Device device = entry.device();
        Config own = ledger.configs().get(device.config());
        if (own == null || !device.configured()) {
            return;
        }
        var lines = RawConfigs.asObject(own.rawConfig().get("sip_lines"));
        var first = lines == null ? null : RawConfigs.asObject(lines.get("1"));
        Object username = first == null ? null : first.get("username");
        if (username == null || username.toString().equals(device.remoteStateSipUsername())) {
            return;
        }
        Batch batch = ledger.batch("phone " + device.ip());
        batch.put(device.edit().remoteStateSipUsername(username.toString()).build(), "fetched", "");
        ledger.commitLater(batch).whenComplete((done, e) -> {
            if (e == null) {
                return;
            }
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            if (cause instanceof StaleRevisionException && attempt < TRIES) {
                noteFetched(entry, attempt + 1); // such as after its new address, stored a moment ago
            } else {
                entry.forgetFetched(); // so that the next fetch tries again
                LOG.debug("the fetched account of {} is not stored: {}", device, cause.getMessage());
            }
        });
    }

    private static String changes(Device before, Device after) {
        StringBuilder text = new StringBuilder();
        append(text, "ip", before.ip(), after.ip());
        append(text, "mac", before.mac(), after.mac());
        append(text, "sn", before.sn(), after.sn());
        append(text, "uuid", before.uuid(), after.uuid());
        append(text, "vendor", before.vendor(), after.vendor());
        append(text, "model", before.model(), after.model());
        append(text, "version", before.version(), after.version());
        append(text, "plugin", before.plugin(), after.plugin());
        append(text, "config", before.config(), after.config());
        append(text, "configured", before.configured(), after.configured());
        return text.toString();
    }

    private static void append(StringBuilder text, String name, Object before, Object after) {
        if (before == null ? after != null : !before.equals(after)) {
            text.append(text.length() == 0 ? "" : " ").append(name);
        }
    }
}
