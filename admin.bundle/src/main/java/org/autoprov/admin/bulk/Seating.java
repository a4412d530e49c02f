// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;

/** Which positions of devices the lines of a file will have, counted on from those that are taken. For one import. */
final class Seating {

    /** Core has the same limit. */
    private static final int MAX_POSITION = 10_000;

    private final LineService lines;
    private final DeviceService devices;
    private final Tenants tenants;
    private final Map<String, Seats> byDevice = new HashMap<>();

    /** What will be bound to a device: whose it is then, null for nobody's yet or everybody's, and which positions are taken. */
    private static final class Seats {
        private String tenant;
        private final Set<Integer> taken = new HashSet<>();
    }

    /** Where a line will be. */
    record Place(String device, int position) {}

    Seating(LineService lines, DeviceService devices, Tenants tenants) {
        this.lines = lines;
        this.devices = devices;
        this.tenants = tenants;
    }

    /**
     * Takes the place that the row wants for its line, or the first free one of the device; empty when it wants none.
     *
     * @param tenant the line's
     */
    Optional<Place> take(Row row, String tenant) throws RowException {
        if (!row.has("device")) {
            if (row.has("position")) {
                throw new RowException("position", "a position needs a device");
            }
            return Optional.empty();
        }
        Device device = device(row);
        Seats seats = byDevice.computeIfAbsent(device.id(), id -> seatsOf(device));
        if (seats.tenant != null && !seats.tenant.equals(tenant)) {
            throw new RowException("device", "the device belongs to another tenant than the line");
        }
        int position = row.has("position") ? (int) row.number("position", MAX_POSITION) : 1;
        while (!row.has("position") && seats.taken.contains(position)) {
            position++;
        }
        if (!seats.taken.add(position)) {
            throw new RowException("position", "this position of the device is taken");
        }
        if (!device.shared()) {
            seats.tenant = tenant;
        }
        return Optional.of(new Place(device.id(), position));
    }

    /** Refuses a row that wants a line elsewhere than where it is. */
    void requireAt(Row row, Place now) throws RowException {
        if (row.has("device") && !now.device().equals(device(row).id())) {
            throw new RowException("device", "the line is bound to another device; dissociate it first");
        }
        if (row.has("position") && row.number("position", MAX_POSITION) != now.position()) {
            throw new RowException("position", "the line is bound to another position; dissociate it first");
        }
    }

    /** A new device without lines goes to the tenant of its first one. */
    private Seats seatsOf(Device device) {
        Seats seats = new Seats();
        lines.ofDevice(device.id()).forEach(line -> seats.taken.add(line.position()));
        boolean open = device.shared() || device.isNew() && seats.taken.isEmpty();
        seats.tenant = open ? null : device.tenant();
        return seats;
    }

    private Device device(Row row) throws RowException {
        String cell = row.cell("device");
        Optional<Device> found = devices.get(cell);
        MacAddress mac = MacAddress.parse(cell).orElse(null);
        if (found.isEmpty() && mac != null) {
            found = devices.find(mac.toString()).filter(device -> mac.equals(device.mac()));
        }
        return found.filter(device -> device.isNew() || device.shared() || tenants.sees(device.tenant()))
                .orElseThrow(() -> new RowException("device", "there is no device with this id or MAC address"));
    }
}
