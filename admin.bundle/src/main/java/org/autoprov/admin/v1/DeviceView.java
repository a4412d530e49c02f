// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.Masking;

/** Devices as callers see them. */
final class DeviceView {

    private final DeviceService devices;
    private final Visibility visibility;

    DeviceView(DeviceService devices, Visibility visibility) {
        this.devices = devices;
        this.visibility = visibility;
    }

    /** All of it for its owner, else what the tenant of a port may know. */
    Map<String, Object> write(Exchange exchange, Device device, Masking masking) {
        Map<String, Object> view = new LinkedHashMap<>();
        boolean owned = Visibility.owns(exchange, device);
        view.put("id", device.id());
        view.put("revision", device.revision());
        view.put("owned", owned);
        view.put("mac", device.mac() == null ? null : device.mac().toString());
        view.put("vendor", device.vendor());
        view.put("model", device.model());
        view.put("version", device.version());
        view.put("state", DeviceState.of(device).word());
        view.put("shared", device.shared());
        if (owned) {
            view.put("tenant", device.tenant());
            view.put("ip", device.ip());
            view.put("sn", device.sn());
            view.put("uuid", device.uuid());
            view.put("plugin", device.plugin());
            view.put("config", device.config());
            view.put("description", device.description());
            view.put("options", masking.tree(device.options()));
            view.put("is_new", device.isNew());
            view.put("added_by_request", device.addedByRequest());
            view.put("trusted_address", device.trustedAddress());
            view.put("remote_state_sip_username", device.remoteStateSipUsername());
            view.put("problem", devices.problem(device.id()).orElse(null));
        }
        long seen = devices.lastSeen(device.id());
        view.put("last_seen", seen == 0 ? null : Answers.time(Instant.ofEpochMilli(seen)));
        view.put("positions", positions(exchange, device, owned));
        return view;
    }

    /** The owner learns of a foreign line only that the position is taken. */
    private List<Object> positions(Exchange exchange, Device device, boolean owned) {
        List<Object> positions = new ArrayList<>();
        for (Line line : visibility.linesOf(device)) {
            if (owned || exchange.reaches(line.tenant())) {
                positions.add(position(exchange, line));
            }
        }
        return positions;
    }

    /** What a caller may know of a position that it sees. */
    static Map<String, Object> position(Exchange exchange, Line line) {
        boolean own = exchange.reaches(line.tenant());
        Map<String, Object> position = new LinkedHashMap<>();
        position.put("position", (long) line.position());
        position.put("own", own);
        if (own) {
            position.put("line", line.id());
            position.put("tenant", line.tenant());
            position.put("username", line.username());
            position.put("display_name", line.displayName());
            position.put("number", line.number());
        }
        return position;
    }
}
