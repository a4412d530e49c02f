// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.Usage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who gets what. */
@Component(service = CommandGroup.class)
public final class UsageCommands implements CommandGroup {

    private final DeviceService devices;
    private final PluginService plugins;
    private final Finder finder;

    @Activate
    public UsageCommands(@Reference DeviceService devices, @Reference PluginService plugins, @Reference Finder finder) {
        this.devices = devices;
        this.plugins = plugins;
        this.finder = finder;
    }

    @Override
    public List<Command> commands() {
        return List.of(new Command(
                "usage",
                "counts devices by plugin, model and firmware version",
                "[--tenant TENANT] [--plugin PLUGIN] [--model MODEL]",
                "A plugin that is not installed is marked so: its devices get nothing.",
                this::usage));
    }

    private void usage(Arguments arguments, Screen screen) throws Exception {
        String tenant = arguments.option("--tenant");
        String tenantId = tenant == null ? null : finder.tenant(tenant).id();
        String plugin = arguments.option("--plugin");
        String model = arguments.option("--model");
        List<Device> chosen = devices.all().stream()
                .filter(d -> tenantId == null || tenantId.equals(d.tenant()))
                .filter(d -> plugin == null || plugin.equals(d.plugin()))
                .filter(d -> model == null || model.equalsIgnoreCase(d.model()))
                .toList();
        Set<String> installed = plugins.installed().stream()
                .map(status -> status.description().id())
                .collect(Collectors.toSet());
        Table table = new Table(
                "PLUGIN", "VENDOR", "MODEL", "VERSION", ">DEVICES", ">CONFIGURED", ">AUTOPROV", ">UNCONFIGURED");
        for (Usage one : Usage.of(chosen)) {
            String name =
                    one.name() == null || installed.contains(one.name()) ? one.name() : one.name() + " (not installed)";
            for (Usage ofModel : one.parts()) {
                for (Usage version : ofModel.parts()) {
                    table.row(
                            name,
                            ofModel.vendor(),
                            ofModel.name(),
                            version.name(),
                            version.devices().size(),
                            version.states().get(DeviceState.CONFIGURED),
                            version.states().get(DeviceState.AUTOPROV),
                            version.states().get(DeviceState.UNCONFIGURED));
                }
            }
        }
        table.print(screen, "no such device");
    }
}
