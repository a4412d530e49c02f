// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.internal.render.Renderer;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneReply.Status;
import org.autoprov.core.request.PhoneRequest;

/**
 * Requests that do not say which of the devices behind one address asks: firmware over TFTP through a NAT router, or a
 * common file by its name alone. The sender is one of them, so it gets what each of them may read: files that are no
 * secret. Nothing is learnt from such a request.
 */
final class SharedAddress {

    /** So many devices of an address are looked at; more are like these. */
    private static final int MAX_DEVICES = 1_000;

    private final DeviceDirectory devices;
    private final Renderer renderer;
    private final DataFolder folder;

    SharedAddress(DeviceDirectory devices, Renderer renderer, DataFolder folder) {
        this.devices = devices;
        this.renderer = renderer;
        this.folder = folder;
    }

    /** One device of each plugin and model that the sender may be; empty unless several devices have its address. */
    Collection<Device> candidates(DeviceInfo info) {
        Set<String> ids = devices.idsByIp(info.ip());
        if (ids.size() < 2 || info.mac() != null || info.sn() != null || info.uuid() != null) {
            return List.of();
        }
        Map<String, Device> one = new TreeMap<>();
        int left = MAX_DEVICES;
        for (String id : ids) {
            DeviceDirectory.Entry entry = devices.entry(id);
            if (entry != null && info.ip().equals(entry.device().ip()) && !Finder.contradicts(info, entry.device())) {
                one.putIfAbsent(entry.device().plugin() + " " + entry.device().model(), entry.device());
            }
            if (--left == 0) {
                break;
            }
        }
        return one.values();
    }

    /** The first answer that a candidate gets. @param mayAsk whether a candidate may ask in this way at all */
    PhoneReply answer(
            Collection<Device> candidates,
            PhoneRequest request,
            PluginRegistry.Snapshot plugins,
            Predicate<Device> mayAsk,
            Trace trace) {
        if (request.action() != PhoneRequest.Action.WRITE) {
            for (Device device : candidates) {
                Plugin plugin = plugins.get(device.plugin());
                PhoneReply reply = plugin == null || !mayAsk.test(device) ? null : answer(device, plugin, request);
                if (reply != null && reply.status() == Status.SERVED) {
                    trace.step(() -> "answer: what any device at this address may read that has " + plugin);
                    return reply;
                }
            }
        }
        return PhoneReply.notFound("several devices have this address, and the request does not say which one asks");
    }

    private PhoneReply answer(Device device, Plugin plugin, PhoneRequest request) {
        try {
            String path = plugin.path(request);
            Optional<PhoneFile> file = plugin.file(device, path);
            if (file.isEmpty()) {
                return FileArea.read(folder.files(plugin.id()), path);
            }
            List<ConfigDirectory.Entry> lineage = renderer.lineage(device);
            boolean open =
                    file.get().access() == PhoneFile.Access.OPEN && !file.get().writable();
            return !open || lineage == null
                    ? null
                    : PhoneReply.served(
                            renderer.content(plugin, file.get(), device, lineage, renderer.reached(request)));
        } catch (Plugin.FailedException | Renderer.UnrenderableException e) {
            return null;
        }
    }
}
