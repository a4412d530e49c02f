// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.TrackedOperation;

/** Measures what the server has: devices, lines, plugins, operations. Thread-safe. */
final class ServerState implements MetricSource {

    /** Devices of a plugin that is not installed, or of none. */
    private static final String NO_FAMILY = "none";

    /** Counting devices takes at most one part in so many of one processor's time, however often somebody asks. */
    private static final int SHARE = 20;

    /** @param byFamily numbers by {@link DeviceState} */
    private record Census(Map<String, long[]> byFamily, long fresh, long boundLines, long freeLines) {}

    private final DeviceService devices;
    private final LineService lines;
    private final PluginService plugins;
    private final OperationService operations;
    private Census census;
    private long validUntilNanos;

    ServerState(DeviceService devices, LineService lines, PluginService plugins, OperationService operations) {
        this.devices = devices;
        this.lines = lines;
        this.plugins = plugins;
        this.operations = operations;
    }

    @Override
    public void measure(Metrics metrics) {
        Map<String, String> families = new TreeMap<>();
        for (PluginStatus plugin : plugins.installed()) {
            String id = plugin.description().id();
            String family = plugin.description().family();
            families.put(id, family);
            metrics.gauge(
                    "autoprov_plugin_up",
                    "1 when the plugin is asked, 0 when it is suspended because it did not return in time.",
                    plugin.suspended() ? 0 : 1,
                    "plugin",
                    id,
                    "family",
                    family);
            metrics.counter(
                    "autoprov_plugin_failures_total",
                    "How often the plugin's code failed since it was started.",
                    plugin.failures(),
                    "plugin",
                    id,
                    "family",
                    family);
        }
        Census now = census(families);
        now.byFamily().forEach((family, counts) -> {
            for (DeviceState state : DeviceState.values()) {
                metrics.gauge(
                        "autoprov_devices",
                        "Devices by how far they are.",
                        counts[state.ordinal()],
                        "state",
                        state.word(),
                        "family",
                        family);
            }
        });
        metrics.gauge("autoprov_devices_new", "Devices that no tenant has got yet.", now.fresh());
        metrics.gauge("autoprov_lines", "Lines.", now.boundLines(), "state", "bound");
        metrics.gauge("autoprov_lines", "Lines.", now.freeLines(), "state", "free");
        measureOperations(metrics);
    }

    private void measureOperations(Metrics metrics) {
        long running = operations.all().stream()
                .map(TrackedOperation::operation)
                .filter(operation -> !operation.isDone())
                .count();
        metrics.gauge("autoprov_operations_running", "Operations under way.", running);
        operations.ended().forEach((name, count) -> {
            int dot = name.lastIndexOf('.');
            metrics.counter(
                    "autoprov_operations_total",
                    "Operations that have ended.",
                    count,
                    "kind",
                    name.substring(0, dot),
                    "result",
                    name.substring(dot + 1).toLowerCase(Locale.ROOT));
        });
    }

    /** @param families by plugin id */
    private synchronized Census census(Map<String, String> families) {
        long start = System.nanoTime();
        if (census == null || start - validUntilNanos > 0) {
            census = count(families);
            long end = System.nanoTime();
            validUntilNanos = end + (end - start) * SHARE;
        }
        return census;
    }

    private Census count(Map<String, String> families) {
        Map<String, long[]> byFamily = new TreeMap<>();
        byFamily.put(NO_FAMILY, new long[DeviceState.values().length]);
        families.values().forEach(family -> byFamily.put(family, new long[DeviceState.values().length]));
        long fresh = 0;
        for (Device device : devices.all()) {
            String family = device.plugin() == null ? null : families.get(device.plugin());
            byFamily.get(family == null ? NO_FAMILY : family)[
                    DeviceState.of(device).ordinal()]++;
            fresh += device.isNew() ? 1 : 0;
        }
        long bound = 0;
        long free = 0;
        for (Line line : lines.all()) {
            if (line.device() == null) {
                free++;
            } else {
                bound++;
            }
        }
        return new Census(byFamily, fresh, bound, free);
    }
}
