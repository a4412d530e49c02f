// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds what a person names: by its id, the beginning of its id if that is unambiguous, or another name of its. */
@Component(service = Finder.class)
public final class Finder {

    private final DeviceService devices;
    private final LineService lines;
    private final TenantService tenants;
    private final ConfigService configs;

    @Activate
    public Finder(
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference TenantService tenants,
            @Reference ConfigService configs) {
        this.devices = devices;
        this.lines = lines;
        this.tenants = tenants;
        this.configs = configs;
    }

    /** By id or MAC address, or the beginning of one; IP address, serial number, UUID. */
    Device device(String name) throws RefusedException {
        Optional<Device> found = devices.find(name);
        if (found.isPresent()) {
            return found.get();
        }
        String mac = name.toLowerCase(Locale.ROOT);
        return byBeginning(
                "device",
                name,
                devices.all().stream(),
                d -> d.id().startsWith(name)
                        || d.mac() != null
                                && (d.mac().toString().startsWith(mac)
                                        || d.mac().hex().startsWith(mac)));
    }

    /** By id, or provisioning code. */
    Line line(String name) throws RefusedException {
        Optional<Line> found = lines.get(name).or(() -> lines.findByCode(name));
        return found.isPresent()
                ? found.get()
                : byBeginning("line", name, lines.all().stream(), l -> l.id().startsWith(name));
    }

    /** By id, or name. */
    Tenant tenant(String name) throws RefusedException {
        Optional<Tenant> found = tenants.find(name);
        return found.isPresent()
                ? found.get()
                : byBeginning("tenant", name, tenants.all().stream(), t -> t.id().startsWith(name));
    }

    Config config(String name) throws RefusedException {
        Optional<Config> found = configs.get(name);
        return found.isPresent()
                ? found.get()
                : byBeginning("config", name, configs.all().stream(), c -> c.id().startsWith(name));
    }

    /** The tenant's name; its id when it is not known. */
    String tenantName(String id) {
        return tenants.get(id).map(Tenant::name).filter(name -> !name.isEmpty()).orElse(id);
    }

    /** MAC address, or id where there is none. */
    static String label(Device device) {
        return device.mac() == null ? device.id() : device.mac().toString();
    }

    private static <T> T byBeginning(String noun, String name, Stream<T> all, Predicate<T> begins)
            throws RefusedException {
        List<T> found = name.isEmpty() ? List.of() : all.filter(begins).limit(2).toList();
        if (found.isEmpty()) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no " + noun + " " + name);
        }
        if (found.size() > 1) {
            throw new RefusedException(Reason.NOT_FOUND, "more than one " + noun + " begins with " + name);
        }
        return found.get(0);
    }
}
