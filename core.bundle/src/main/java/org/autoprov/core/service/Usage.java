// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;

/**
 * Who gets what: devices by plugin, below it by vendor and model, below that by firmware version.
 *
 * @param name of the plugin, model or version; null where the devices have none
 * @param vendor of a model; else null
 * @param devices their ids, in order
 * @param states how many of them are in each state
 * @param parts the next level, by name; empty below a version
 */
public record Usage(
        String name, String vendor, List<String> devices, Map<DeviceState, Integer> states, List<Usage> parts) {

    private record Model(String vendor, String name) {}

    private static final Comparator<Usage> ORDER = Comparator.comparing(
                    Usage::vendor, Comparator.nullsLast(Comparator.<String>naturalOrder()))
            .thenComparing(Usage::name, Comparator.nullsLast(Comparator.<String>naturalOrder()));

    /** The plugins that these devices have, by id; those without a plugin last. */
    public static List<Usage> of(Collection<Device> devices) {
        return grouped(
                devices,
                device -> blankToNull(device.plugin()),
                (plugin, its) -> usage(plugin, null, its, models(its)));
    }

    private static List<Usage> models(Collection<Device> devices) {
        return grouped(
                devices,
                device -> new Model(device.vendor(), device.model()),
                (model, its) -> usage(model.name(), model.vendor(), its, versions(its)));
    }

    private static List<Usage> versions(Collection<Device> devices) {
        return grouped(devices, Device::version, (version, its) -> usage(version, null, its, List.of()));
    }

    private interface Making<K> {
        Usage of(K key, List<Device> devices);
    }

    private static <K> List<Usage> grouped(Collection<Device> devices, Function<Device, K> by, Making<K> making) {
        Map<K, List<Device>> groups = new LinkedHashMap<>();
        devices.forEach(device -> groups.computeIfAbsent(by.apply(device), key -> new ArrayList<>())
                .add(device));
        List<Usage> usages = new ArrayList<>();
        groups.forEach((key, its) -> usages.add(making.of(key, its)));
        usages.sort(ORDER);
        return List.copyOf(usages);
    }

    private static Usage usage(String name, String vendor, List<Device> devices, List<Usage> parts) {
        Map<DeviceState, Integer> states = new java.util.EnumMap<>(DeviceState.class);
        for (DeviceState state : DeviceState.values()) {
            states.put(state, 0);
        }
        devices.forEach(device -> states.merge(DeviceState.of(device), 1, Integer::sum));
        return new Usage(name, vendor, devices.stream().map(Device::id).sorted().toList(), states, parts);
    }

    private static String blankToNull(String text) {
        return Objects.requireNonNullElse(text, "").isEmpty() ? null : text;
    }
}
