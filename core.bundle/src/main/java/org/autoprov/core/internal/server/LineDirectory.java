// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.device.Line;

/** All lines, in memory, by id, provisioning code and device. Changed in the order of commits; read without a lock. */
public final class LineDirectory {

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<String, String> byCode = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> byDevice = new ConcurrentHashMap<>();

    public void put(Line line) {
        Line before = lines.put(line.id(), line);
        byCode.put(line.code(), line.id());
        if (line.device() != null) {
            byDevice.compute(line.device(), (device, ids) -> {
                Set<String> now = ids == null ? ConcurrentHashMap.newKeySet() : ids;
                now.add(line.id());
                return now;
            });
        }
        if (before != null) {
            if (!before.code().equals(line.code())) {
                byCode.remove(before.code(), line.id());
            }
            if (before.device() != null && !before.device().equals(line.device())) {
                leave(before.device(), line.id());
            }
        }
    }

    public void remove(String id) {
        Line before = lines.remove(id);
        if (before != null) {
            byCode.remove(before.code(), id);
            if (before.device() != null) {
                leave(before.device(), id);
            }
        }
    }

    private void leave(String deviceId, String id) {
        byDevice.computeIfPresent(deviceId, (device, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }

    public Line get(String id) {
        return id == null ? null : lines.get(id);
    }

    public Line byCode(String code) {
        return code == null ? null : get(byCode.get(code));
    }

    /** The lines bound to a device, by position. */
    public List<Line> ofDevice(String deviceId) {
        return byDevice.getOrDefault(deviceId, Set.of()).stream()
                .map(lines::get)
                .filter(line -> line != null && deviceId.equals(line.device()))
                .sorted(Comparator.comparingInt(Line::position))
                .toList();
    }

    public Collection<Line> all() {
        return lines.values();
    }
}
