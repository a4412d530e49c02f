// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PackageService.Declared;
import org.autoprov.core.service.PackageService.Installed;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginRepository.Offer;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Firmware and languages of plugins, and the repository that plugins come from. */
@Component(service = CommandGroup.class)
public final class PackageCommands implements CommandGroup {

    private static final int LOOK_MILLIS = 100;

    private final PackageService packages;
    private final PluginRepository repository;

    @Activate
    public PackageCommands(@Reference PackageService packages, @Reference PluginRepository repository) {
        this.packages = packages;
        this.repository = repository;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("packages", "lists firmware and language packages of a plugin", "PLUGIN", "", this::list),
                new Command(
                        "package",
                        "installs or removes a firmware or language package",
                        "install PLUGIN PACKAGE\nput PLUGIN FILE\nremove PLUGIN PACKAGE",
                        "`put` takes a file of the server's machine, for packages that their maker gives to"
                                + " customers only;\nits name or its checksum tells which package it is.",
                        this::change),
                new Command(
                        "repository",
                        "lists, fetches or installs what the plugin repository has",
                        "\nupdate\ninstall OFFER\nupgrade PLUGIN",
                        "The parameter plugin_server, or the setting plugins.repository, says where it is. OFFER is a plugin of it.",
                        this::repository));
    }

    private void list(Arguments arguments, Screen screen) throws Exception {
        String plugin = arguments.get(0);
        Map<String, Installed> installed =
                packages.installed(plugin).stream().collect(Collectors.toMap(Installed::name, one -> one));
        Table table = new Table("PACKAGE", "VERSION", ">BYTES", "STATE", "DESCRIPTION");
        for (Declared one : declared(plugin)) {
            Installed there = installed.remove(one.name());
            String state = there != null
                    ? "installed" + (there.version().equals(one.version()) ? "" : " " + there.version())
                    : one.downloadable() ? "-" : "to be put in";
            table.row(one.name(), one.version(), one.bytes() == 0 ? null : one.bytes(), state, one.description());
        }
        for (Installed one : installed.values()) {
            table.row(one.name(), one.version(), one.bytes(), "installed, no longer declared", one.description());
        }
        table.print(screen, plugin + " has no packages");
    }

    /** Nothing for a plugin that is gone and has left files. */
    private List<Declared> declared(String plugin) throws RefusedException {
        try {
            return packages.installable(plugin);
        } catch (RefusedException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private void change(Arguments arguments, Screen screen) throws Exception {
        String plugin = arguments.get(0);
        String name = arguments.get(1);
        switch (arguments.verb()) {
            case "install" -> {
                follow(packages.install(GogoSession.ACTOR, plugin, name));
                screen.line("installed " + name);
            }
            case "put" -> {
                Path file = file(name);
                try (InputStream content = Files.newInputStream(file)) {
                    Installed put = packages.put(
                            GogoSession.ACTOR, plugin, file.getFileName().toString(), content);
                    screen.line("installed " + put.name() + ": " + put.files().size() + " files, " + put.bytes()
                            + " bytes");
                }
            }
            default -> {
                packages.uninstall(GogoSession.ACTOR, plugin, name);
                screen.line("removed " + name);
            }
        }
    }

    private static Path file(String name) throws UsageException {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new UsageException("there is no file " + Text.safe(name) + " on the server that can be read");
    }

    private void repository(Arguments arguments, Screen screen) throws Exception {
        switch (arguments.verb()) {
            case "update" -> {
                follow(repository.update(GogoSession.ACTOR));
                screen.line("updated; it has " + repository.installable().size() + " plugins");
            }
            case "install" -> {
                follow(repository.install(GogoSession.ACTOR, arguments.get(0)));
                screen.line("installed " + arguments.get(0));
            }
            case "upgrade" -> {
                follow(repository.upgrade(GogoSession.ACTOR, arguments.get(0)));
                screen.line("upgraded " + arguments.get(0));
            }
            default -> {
                Table table = new Table("PLUGIN", "VERSION", "BUNDLE", ">BYTES", "DESCRIPTION");
                for (Offer one : repository.installable()) {
                    table.row(one.pluginId(), one.version(), one.bundleVersion(), one.bytes(), one.description());
                }
                table.print(screen, "nothing is known of the repository; `repository update` fetches its index");
            }
        }
    }

    /** Waits for the end. */
    private static void follow(Operation operation) throws InterruptedException, RefusedException {
        while (!operation.isDone()) {
            Thread.sleep(LOOK_MILLIS);
        }
        if (operation.state() == Operation.State.FAIL) {
            throw new RefusedException(Reason.UNAVAILABLE, operation.error());
        }
    }
}
