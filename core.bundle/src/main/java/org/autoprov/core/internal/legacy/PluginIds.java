// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.service.ImportReport.PluginUse;

/**
 * Which of our plugins stands for one of wazo-provd. The firmware lines have the same names, theirs with a prefix. Where
 * that is not so, the phone tells: an enabled plugin that knows its very model and firmware is the one. Any other id stays
 * as it is, for a device keeps its plugin until a client changes it. For one thread.
 */
final class PluginIds {

    private static final List<String> PREFIXES = List.of("wazo-", "xivo-");

    private final Lifecycle lifecycle;
    private final Set<String> available;
    private final Map<List<String>, String> known = new HashMap<>();
    private final Map<List<String>, Long> uses =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

    /** @param available ids of the plugins that are installed or could be */
    PluginIds(Lifecycle lifecycle, Set<String> available) {
        this.lifecycle = lifecycle;
        this.available = available;
    }

    /** The device with our plugin in the place of theirs. */
    Device mapped(Device device) {
        String plugin = device.plugin();
        if (plugin == null || plugin.isEmpty()) {
            return device;
        }
        List<String> key = new ArrayList<>(4);
        key.add(plugin);
        key.add(device.vendor());
        key.add(device.model());
        key.add(device.version());
        String ours = known.computeIfAbsent(key, k -> find(device));
        return ours.equals(plugin) ? device : device.edit().plugin(ours).build();
    }

    private String find(Device device) {
        String theirs = device.plugin();
        String byName = byName(theirs);
        if (byName != null) {
            return byName;
        }
        DeviceInfo info = DeviceInfo.NOTHING
                .withVendor(device.vendor())
                .withModel(device.model())
                .withVersion(device.version());
        Map<String, SupportLevel> scores = new HashMap<>();
        Plugin best = lifecycle.associate(info, Set.of(), scores);
        return best != null && scores.get(best.id()) == SupportLevel.EXACT ? best.id() : theirs;
    }

    private String byName(String theirs) {
        if (available.contains(theirs)) {
            return theirs;
        }
        for (String prefix : PREFIXES) {
            if (theirs.startsWith(prefix) && available.contains(theirs.substring(prefix.length()))) {
                return theirs.substring(prefix.length());
            }
        }
        return null;
    }

    /** Counts a device of the folder. */
    void count(Device raw, Device mapped) {
        if (raw.plugin() != null && !raw.plugin().isEmpty()) {
            uses.merge(List.of(raw.plugin(), mapped.plugin()), 1L, Long::sum);
        }
    }

    /** Adds one that was installed, be it in use or not. */
    void installed(String theirs) {
        if (uses.keySet().stream().noneMatch(key -> key.get(0).equals(theirs))) {
            String ours = byName(theirs);
            uses.put(List.of(theirs, ours == null ? theirs : ours), 0L);
        }
    }

    List<PluginUse> uses() {
        List<PluginUse> all = new ArrayList<>();
        uses.forEach((ids, devices) -> all.add(new PluginUse(
                NotTakenException.shortened(ids.get(0)),
                NotTakenException.shortened(ids.get(1)),
                available.contains(ids.get(1)),
                devices)));
        return all;
    }
}
