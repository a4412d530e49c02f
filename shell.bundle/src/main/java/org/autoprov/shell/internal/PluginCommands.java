// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Comparator;
import java.util.List;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginService.Available;
import org.autoprov.core.service.PluginStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Vendor bundles and their plugins. */
@Component(service = CommandGroup.class)
public final class PluginCommands implements CommandGroup {

    private static final String SOURCE = """
            SOURCE is a family (yealink), a plugin id (yealink-v86), or the path or file URL of a jar.""";

    private final PluginService plugins;

    @Activate
    public PluginCommands(@Reference PluginService plugins) {
        this.plugins = plugins;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("plugins", "lists the installed plugins", "", "", this::list),
                new Command("available", "lists what could be installed or upgraded", "", "", this::available),
                new Command(
                        "install",
                        "installs a vendor bundle or one plugin of it",
                        "SOURCE",
                        SOURCE + "\nFor OSGi bundles: felix:install",
                        this::install),
                new Command(
                        "upgrade",
                        "puts another version of a family in its place, without losing a request",
                        "SOURCE",
                        SOURCE,
                        this::upgrade),
                new Command(
                        "uninstall",
                        "removes a plugin, or a family with all of its plugins",
                        "PLUGIN",
                        "Its devices become unconfigured.\nFor OSGi bundles: felix:uninstall",
                        this::uninstall));
    }

    private void list(Arguments arguments, Screen screen) throws InterruptedException {
        Table table = new Table("PLUGIN", "VERSION", "VENDOR", ">DEVICES", ">FAILURES", "STATE");
        List<PluginStatus> all = plugins.installed().stream()
                .sorted(Comparator.comparing((PluginStatus p) -> p.description().id()))
                .toList();
        for (PluginStatus plugin : all) {
            PluginDescription d = plugin.description();
            table.row(d.id(), d.version(), d.vendor(), plugin.devices(), plugin.failures(), state(plugin));
        }
        table.print(screen, "no plugin is installed; `available` lists what there is");
    }

    private static String state(PluginStatus plugin) {
        String failure = plugin.lastFailure() == null ? "" : ": " + plugin.lastFailure();
        if (plugin.suspended()) {
            return "suspended" + failure;
        }
        return plugin.failures() > 0 ? "active, last failure" + failure : "active";
    }

    private void available(Arguments arguments, Screen screen) throws InterruptedException {
        Table table = new Table("FAMILY", "VERSION", "INSTALLED", "PLUGINS");
        for (Available one : plugins.available()) {
            table.row(one.family(), one.version(), one.installedVersion(), String.join(" ", one.plugins()));
        }
        table.print(screen, "the repository is empty");
    }

    private void install(Arguments arguments, Screen screen) throws Exception {
        List<String> enabled = plugins.install(GogoSession.ACTOR, arguments.get(0));
        screen.line("installed " + String.join(" ", enabled));
    }

    private void upgrade(Arguments arguments, Screen screen) throws Exception {
        List<String> served = plugins.upgrade(GogoSession.ACTOR, arguments.get(0));
        screen.line("upgraded; it serves " + String.join(" ", served));
    }

    private void uninstall(Arguments arguments, Screen screen) throws Exception {
        plugins.uninstall(GogoSession.ACTOR, arguments.get(0));
        screen.line("uninstalled " + arguments.get(0));
    }
}
