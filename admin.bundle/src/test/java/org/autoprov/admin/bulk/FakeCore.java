// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantService;

/** Devices, lines and tenants in memory, with as much of core's rules as imports meet. */
public final class FakeCore {

    static final String MASTER = "11111111-1111-4111-8111-111111111111";
    static final String EAST = "22222222-2222-4222-8222-222222222222";
    static final String WEST = "33333333-3333-4333-8333-333333333333";

    static final Caller ROOT = new Caller("root", MASTER, Set.of(MASTER, EAST, WEST));
    static final Caller EASTERNER = new Caller("eve", EAST, Set.of(EAST));

    final Map<String, Device> devices = new LinkedHashMap<>();
    final Map<String, Line> lines = new LinkedHashMap<>();
    final List<String> changes = new ArrayList<>();
    /** When set, the change with this number, from 1, is refused for this reason, and all with it. */
    int refuseAt;

    Reason refuseWith = Reason.CONFLICT;

    DeviceService deviceService() {
        return proxy(DeviceService.class, new Devices());
    }

    LineService lineService() {
        return proxy(LineService.class, new Lines());
    }

    TenantService tenantService() {
        return proxy(TenantService.class, new Tenants());
    }

    BulkReport importDevices(Caller caller, String csv, boolean dryRun) throws RefusedException {
        return new DeviceBulk(deviceService(), lineService(), tenantService()).importCsv(caller, octets(csv), dryRun);
    }

    BulkReport importLines(Caller caller, String csv, boolean dryRun) throws RefusedException {
        return new LineBulk(lineService(), deviceService(), tenantService()).importCsv(caller, octets(csv), dryRun);
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Device device(String id, String tenant, String mac) {
        Device device = Device.create(id)
                .revision(1)
                .tenant(tenant)
                .isNew(tenant.equals(MASTER))
                .mac(MacAddress.parse(mac).orElse(null))
                .build();
        devices.put(id, device);
        return device;
    }

    Line line(String id, String tenant, String username) {
        Line line = new Line(
                id,
                1,
                tenant,
                String.format("%06d", lines.size() + 1),
                Map.of("username", username, "password", "secret", "display_name", "Line " + id),
                Map.of(),
                null,
                0);
        lines.put(id, line);
        return line;
    }

    private void change(String what) throws RefusedException {
        if (changes.size() + 1 == refuseAt) {
            changes.add("refused");
            throw new RefusedException(refuseWith, "no");
        }
        changes.add(what);
    }

    /** Calls the method of the same name and parameters; the interfaces may grow without this class. */
    private static <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    Method own = target.getClass().getMethod(method.getName(), method.getParameterTypes());
                    try {
                        return own.invoke(target, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    // For the proxy of DeviceService.
    public final class Devices {

        public Collection<Device> all() {
            return List.copyOf(devices.values());
        }

        public Optional<Device> get(String id) {
            return Optional.ofNullable(devices.get(id));
        }

        public Optional<Device> find(String text) {
            return get(text)
                    .or(() -> MacAddress.parse(text)
                            .flatMap(mac -> devices.values().stream()
                                    .filter(device -> mac.equals(device.mac()))
                                    .findFirst()));
        }

        public void putAll(String actor, Collection<Device> wanted) throws RefusedException {
            for (Device device : wanted) {
                change(actor + (device.revision() == 0 ? " creates " : " updates ") + device.id());
            }
            wanted.forEach(this::put);
        }

        private Device put(Device device) {
            Device stored = device.edit()
                    .revision(device.revision() + 1)
                    .isNew(device.tenant().equals(MASTER))
                    .build();
            devices.put(stored.id(), stored);
            return stored;
        }
    }

    // For the proxy of LineService.
    public final class Lines {

        public Collection<Line> all() {
            return List.copyOf(lines.values());
        }

        public Optional<Line> get(String id) {
            return Optional.ofNullable(lines.get(id));
        }

        public Collection<Line> ofDevice(String deviceId) {
            return lines.values().stream()
                    .filter(line -> deviceId.equals(line.device()))
                    .toList();
        }

        public void putAll(String actor, Collection<Line> wanted) throws RefusedException {
            for (Line line : wanted) {
                String place = line.isBound() ? " on " + line.device() + " at " + line.position() : "";
                change(actor + (line.revision() == 0 ? " creates " : " binds ") + line.username() + place);
            }
            for (Line line : wanted) {
                lines.put(line.id(), line.withRevision(line.revision() + 1).withCode("9" + lines.size()));
                if (line.isBound()) {
                    Device device = devices.get(line.device());
                    String owner = device.shared() ? device.tenant() : line.tenant();
                    devices.put(
                            device.id(),
                            device.edit()
                                    .tenant(owner)
                                    .isNew(owner.equals(MASTER))
                                    .build());
                }
            }
        }
    }

    // For the proxy of TenantService.
    public static final class Tenants {

        private final List<Tenant> all = List.of(
                new Tenant(MASTER, 1, "master", null, null),
                new Tenant(EAST, 1, "East", MASTER, null),
                new Tenant(WEST, 1, "West", MASTER, null));

        public Optional<Tenant> find(String idOrName) {
            return all.stream()
                    .filter(tenant ->
                            tenant.id().equals(idOrName) || tenant.name().equals(idOrName))
                    .findFirst();
        }
    }
}
