// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.internal.render.Renderer;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;

/**
 * The same path for the common case: a phone that has asked this before, and of which nothing has changed. It takes the
 * decisions of {@link Provisioner} from what is in memory, and gives up, leaving no trace, as soon as one is not there.
 */
final class KnownPhones {

    private static final Trace NO_TRACE = new Trace(false);

    private final DeviceDirectory devices;
    private final PluginRegistry plugins;
    private final Renderer renderer;
    private final Monitor monitor;
    private final Recognition recognition;
    private final Admission admission;
    private final SecurityLog securityLog;
    private final boolean updates;
    private final boolean urlKey;

    /**
     * @param updates whether devices follow what their requests say
     * @param urlKey whether paths begin with a tenant's key, which is left to the full path
     */
    KnownPhones(
            Lifecycle lifecycle,
            Monitor monitor,
            Recognition recognition,
            Admission admission,
            SecurityLog securityLog,
            boolean updates,
            boolean urlKey) {
        this.devices = lifecycle.ledger().devices();
        this.plugins = lifecycle.plugins();
        this.renderer = lifecycle.renderer();
        this.monitor = monitor;
        this.recognition = recognition;
        this.admission = admission;
        this.securityLog = securityLog;
        this.updates = updates;
        this.urlKey = urlKey;
    }

    /** The answer; null when the full path must be gone. */
    PhoneReply answer(PhoneRequest request) {
        if (urlKey && request.protocol() != Protocol.TFTP || !plugins.isSettled() || monitor.isFollowed()) {
            return null;
        }
        long start = System.nanoTime();
        PluginRegistry.Snapshot snapshot = plugins.snapshot();
        DeviceInfo info = recognition.recall(request, snapshot);
        DeviceDirectory.Entry entry = info == null ? null : devices.byMac(info.mac());
        if (entry == null) {
            return null;
        }
        Device device = entry.device();
        Admission.Verdict verdict = admission.judge(device, request, info.ip());
        boolean proven = verdict == Admission.Verdict.UNCLAIMED || verdict == Admission.Verdict.PROVEN;
        Plugin plugin = snapshot.get(device.plugin());
        if (plugin == null || !proven || updates && !Updater.isUpToDate(device, info)) {
            return null;
        }
        Reach reached = renderer.reached(request);
        Renderer.Kept kept = renderer.kept(plugin, request.path(), device, reached);
        if (kept == null || kept.file().stateTrigger() && !entry.isFetched(kept.configState())) {
            return null;
        }
        if (kept.file().access() == PhoneFile.Access.SECRET) {
            securityLog.sensitiveFile(info.ip(), kept.file().name());
        }
        entry.seen(System.currentTimeMillis(), reached);
        PhoneReply reply = PhoneReply.served(kept.content());
        renderer.noteServed();
        monitor.done(request, reply, device, plugin, NO_TRACE, start);
        return reply;
    }
}
