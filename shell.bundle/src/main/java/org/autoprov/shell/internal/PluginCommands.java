// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Comparator;
import java.util.List;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginService.Available;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.PluginStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Vendor bundles and their plugins. */
@Component(service = CommandGroup.class)
public final class PluginCommands implements CommandGroup {

    private static final String SOURCE = """
            SOURCE is a family (yealink), a plugin id (yealink-v86), or the path or file URL of a jar.""";

    private static final String RELOAD = """
            After `reload` failures are counted from nothing, and a suspended plugin is called again. Requests wait
            meanwhile. Without a VALUE a setting is what its plugin says by default. Devices are configured anew.""";

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
                        "plugin",
                        "stops a plugin's bundle and starts it anew, or shows and sets what it lets be set",
                        "reload PLUGIN\nsettings PLUGIN\nset PLUGIN SETTING [VALUE]",
                        RELOAD,
                        this::plugin),
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

    private void plugin(Arguments arguments, Screen screen) throws Exception {
        String plugin = arguments.get(0);
        switch (arguments.verb()) {
            case "reload" -> {
                plugins.reload(GogoSession.ACTOR, plugin);
                screen.line("reloaded " + plugin);
            }
            case "set" -> set(plugin, arguments.get(1), arguments.get(2), screen);
            default -> {
                Table table = new Table("SETTING", "VALUE", "DEFAULT", "DESCRIPTION");
                for (PluginSetting one : plugins.settings(plugin)) {
                    table.row(one.id(), one.value(), one.standard(), one.description());
                }
                table.print(screen, plugin + " has no settings");
            }
        }
    }

    private void set(String plugin, String id, String value, Screen screen) throws Exception {
        PluginSetting setting = plugins.settings(plugin).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException(Text.safe(plugin) + " has no setting " + Text.safe(id)));
        plugins.set(GogoSession.ACTOR, plugin, id, value == null ? null : typed(setting.type(), value));
        screen.line(value == null ? id + " is as its default says" : id + " is " + value);
    }

    /** What the type wants if it can be that; else the text, for the service to refuse. */
    private static Object typed(PluginSetting.Type type, String value) {
        boolean truth = value.equals("true") || value.equals("false");
        return switch (type) {
            case TEXT -> value;
            case INTEGER -> value.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(value) : value;
            case BOOLEAN -> truth ? (Object) Boolean.valueOf(value) : value;
        };
    }

    private void uninstall(Arguments arguments, Screen screen) throws Exception {
        plugins.uninstall(GogoSession.ACTOR, arguments.get(0));
        screen.line("uninstalled " + arguments.get(0));
    }
}
