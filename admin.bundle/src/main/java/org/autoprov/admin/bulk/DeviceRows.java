// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;

/** Finds out what the rows of a file of devices would do. For one import. */
final class DeviceRows implements Plan.Checker<Device> {

    /** Ids stand in paths of URLs: as the REST API has them. */
    private static final Pattern ID = Pattern.compile("(?!\\.\\.?$)[ -.0-~]{1,255}");

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DeviceService devices;
    private final LineService lines;
    private final Tenants tenants;
    private final Map<MacAddress, Device> byMac = new HashMap<>();
    private final Map<String, Integer> rowOfId = new HashMap<>();
    private final Map<MacAddress, Integer> rowOfMac = new HashMap<>();

    DeviceRows(DeviceService devices, LineService lines, Tenants tenants) {
        this.devices = devices;
        this.lines = lines;
        this.tenants = tenants;
        for (Device device : devices.all()) {
            if (device.mac() != null) {
                byMac.put(device.mac(), device);
            }
        }
    }

    @Override
    public Plan.Step<Device> check(Row row) throws RowException {
        String id = row.cell("id");
        MacAddress mac = mac(row);
        if (id == null && mac == null) {
            throw new RowException("mac", "a row needs an id or a MAC address");
        }
        Device withMac = mac == null ? null : byMac.get(mac);
        Device stored = id == null ? withMac : devices.get(id).orElse(null);
        once(row, id == null && stored != null ? stored.id() : id, mac);
        if (withMac != null && (stored == null || !mac.equals(stored.mac()))) {
            throw new RowException("mac", "another device has this MAC address");
        }
        if (stored == null) {
            if (id != null && !ID.matcher(id).matches()) {
                throw new RowException("id", "must have 1 to 255 printable ASCII characters without a slash");
            }
            return create(row, id == null ? UUID.randomUUID().toString().replace("-", "") : id, mac);
        }
        if (!tenants.sees(stored.tenant()) && !isFree(stored)) {
            throw new RowException(id == null ? "mac" : "id", "a device of another tenant has it");
        }
        return update(row, stored, mac);
    }

    /** Whether anybody may claim it: the master tenant uses a device that has a line or is shared. */
    private boolean isFree(Device device) {
        return device.isNew() && !device.shared() && lines.ofDevice(device.id()).isEmpty();
    }

    private void once(Row row, String id, MacAddress mac) throws RowException {
        Integer before = id == null ? null : rowOfId.putIfAbsent(id, row.number());
        if (before != null) {
            throw new RowException(row.has("id") ? "id" : "mac", "row " + before + " is for the same device");
        }
        before = mac == null ? null : rowOfMac.putIfAbsent(mac, row.number());
        if (before != null) {
            throw new RowException("mac", "row " + before + " has the same MAC address");
        }
    }

    private Plan.Step<Device> create(Row row, String id, MacAddress mac) throws RowException {
        String tenant = tenants.named(row);
        Device device = fill(row, Device.create(id).build(), mac)
                .tenant(tenant == null ? tenants.caller().tenant() : tenant)
                .build();
        return new Plan.Step<>(Plan.Effect.CREATES, device);
    }

    private Plan.Step<Device> update(Row row, Device stored, MacAddress mac) throws RowException {
        Device device = fill(row, stored, mac).tenant(tenant(row, stored)).build();
        if (device.sameContent(stored)) {
            return Plan.Step.nothing();
        }
        return new Plan.Step<>(Plan.Effect.UPDATES, device);
    }

    /** A new device, which the master tenant has, goes to whoever claims it; others stay where they are. */
    private String tenant(Row row, Device stored) throws RowException {
        String named = tenants.named(row);
        if (stored.isNew()) {
            return named == null ? tenants.caller().tenant() : named;
        }
        if (named != null && !named.equals(stored.tenant())) {
            throw new RowException(Tenants.COLUMN, "a device does not change its tenant");
        }
        return stored.tenant();
    }

    private static Device.Editor fill(Row row, Device stored, MacAddress mac) throws RowException {
        Device.Editor editor = stored.edit();
        if (mac != null) {
            editor.mac(mac);
        }
        text(row, "ip", stored.ip(), editor::ip, DeviceRows::ip);
        text(row, "sn", stored.sn(), editor::sn, UnaryOperator.identity());
        text(row, "uuid", stored.uuid(), editor::uuid, DeviceRows::uuid);
        text(row, "vendor", stored.vendor(), editor::vendor, UnaryOperator.identity());
        text(row, "model", stored.model(), editor::model, UnaryOperator.identity());
        text(row, "version", stored.version(), editor::version, UnaryOperator.identity());
        text(row, "plugin", stored.plugin(), editor::plugin, UnaryOperator.identity());
        text(row, "config", stored.config(), editor::config, UnaryOperator.identity());
        text(row, "description", stored.description(), editor::description, UnaryOperator.identity());
        return editor;
    }

    /** @param normal null for a text that the column cannot hold */
    private static void text(Row row, String column, String stored, Consumer<String> set, UnaryOperator<String> normal)
            throws RowException {
        String cell = row.cell(column);
        if (cell == null || stored != null && cell.equals(stored.strip())) {
            return; // a file does not show blanks around a text: they stay
        }
        String value = normal.apply(cell);
        if (value == null) {
            throw new RowException(column, column.equals("ip") ? "is not an IP address" : "is not a UUID");
        }
        set.accept(value);
    }

    private static MacAddress mac(Row row) throws RowException {
        String cell = row.cell("mac");
        if (cell == null) {
            return null;
        }
        return MacAddress.parse(cell).orElseThrow(() -> new RowException("mac", "is not a MAC address"));
    }

    private static String ip(String cell) {
        return AddressText.canonical(cell).orElse(null);
    }

    private static String uuid(String cell) {
        String lower = cell.toLowerCase(Locale.ROOT);
        return UUID_TEXT.matcher(lower).matches() ? lower : null;
    }
}
