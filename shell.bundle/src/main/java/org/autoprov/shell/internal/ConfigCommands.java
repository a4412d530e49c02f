// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.Masking;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Configs: what devices inherit. */
@Component(service = CommandGroup.class)
public final class ConfigCommands implements CommandGroup {

    private final ConfigService configs;
    private final DeviceService devices;
    private final Finder finder;

    @Activate
    public ConfigCommands(
            @Reference ConfigService configs, @Reference DeviceService devices, @Reference Finder finder) {
        this.configs = configs;
        this.devices = devices;
        this.finder = finder;
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("configs", "lists configs", "[TEXT]", "TEXT is looked for in the id.", this::list),
                new Command(
                        "config",
                        "shows a config, sets or takes away a parameter of it",
                        "CONFIG [--flat] [--secrets]\nset CONFIG PATH VALUE\nunset CONFIG PATH",
                        "PATH has dots: sip_lines.1.proxy_ip\n"
                                + "VALUE is JSON, or else text; a number stays text where text or a secret stands.\n"
                                + "--flat shows it with what it inherits.",
                        this::config));
    }

    private void list(Arguments arguments, Screen screen) throws InterruptedException {
        String text = arguments.count() == 0 ? "" : arguments.get(0);
        Map<String, Long> uses = devices.all().stream()
                .map(Device::config)
                .filter(id -> id != null)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Table table = new Table("CONFIG", "TYPE", "ROLE", "PARENTS", ">DEVICES", "REMARK");
        for (Config c :
                configs.all().stream().sorted(Comparator.comparing(Config::id)).toList()) {
            if (c.id().contains(text)) {
                table.row(
                        c.id(),
                        c.type(),
                        c.role(),
                        String.join(" ", c.parentIds()),
                        uses.getOrDefault(c.id(), 0L),
                        c.isTransient() ? "transient" : c.deletable() ? null : "protected");
            }
        }
        table.print(screen, "no such config");
    }

    private void config(Arguments arguments, Screen screen) throws Exception {
        Config config = finder.config(arguments.get(0));
        switch (arguments.verb()) {
            case "set" -> {
                List<String> path = path(arguments.get(1));
                Object value = value(arguments.get(2), path, config);
                store(config.withRawConfig(with(config.rawConfig(), path, Optional.of(new Json.Value(value)))));
                screen.line("set " + arguments.get(1) + " of " + config.id());
            }
            case "unset" -> {
                store(config.withRawConfig(with(config.rawConfig(), path(arguments.get(1)), Optional.empty())));
                screen.line("took " + arguments.get(1) + " from " + config.id());
            }
            default -> show(config, arguments, screen);
        }
    }

    private void store(Config changed) throws Exception {
        configs.update(GogoSession.ACTOR, changed);
    }

    private void show(Config config, Arguments arguments, Screen screen) throws InterruptedException {
        screen.line("config       " + config.id());
        screen.line("parents      " + Text.orDash(String.join(" ", config.parentIds())));
        if (config.role() != null) {
            screen.line("role         " + config.role());
        }
        screen.line("revision     " + config.revision() + (config.isTransient() ? ", transient" : "")
                + (config.deletable() ? "" : ", protected"));
        Tree tree = new Tree(screen, arguments.has("--secrets") ? Masking.NONE : Masking.of(Map.of()));
        if (!config.others().isEmpty()) {
            screen.line("other");
            tree.print(config.others(), 1);
        }
        screen.line(arguments.has("--flat") ? "parameters with inherited ones" : "parameters");
        tree.print(arguments.has("--flat") ? configs.flattened(config.id()).orElse(Map.of()) : config.rawConfig(), 1);
    }

    private static List<String> path(String text) throws UsageException {
        List<String> path = List.of(text.split("\\.", -1));
        if (path.contains("")) {
            throw new UsageException("config: a path is names with dots between, not " + Text.safe(text));
        }
        return path;
    }

    private static Object value(String text, List<String> path, Config config) {
        Optional<Json.Value> json = Json.read(text);
        Object value = json.isPresent() ? json.get().value() : text;
        boolean keepsText = value instanceof Number
                && (Masking.isSecret(path.get(path.size() - 1)) || at(config.rawConfig(), path) instanceof String);
        return keepsText ? text : value;
    }

    private static Object at(Map<?, ?> map, List<String> path) {
        Object value = map.get(path.get(0));
        if (path.size() == 1) {
            return value;
        }
        return value instanceof Map<?, ?> inner ? at(inner, path.subList(1, path.size())) : null;
    }

    /** A copy of the map with the value at the path, or without what is there. */
    private static Map<String, Object> with(Map<?, ?> map, List<String> path, Optional<Json.Value> value)
            throws UsageException {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, old) -> copy.put(String.valueOf(name), old));
        String name = path.get(0);
        if (path.size() == 1) {
            if (value.isPresent()) {
                copy.put(name, value.get().value());
            } else if (!copy.containsKey(name)) {
                throw new UsageException("config: there is no " + Text.safe(name) + " to take away");
            } else {
                copy.remove(name);
            }
            return copy;
        }
        Object inner = copy.getOrDefault(name, Map.of());
        if (!(inner instanceof Map<?, ?> innerMap)) {
            throw new UsageException("config: " + Text.safe(name) + " holds a value, not further parameters");
        }
        copy.put(name, with(innerMap, path.subList(1, path.size()), value));
        return copy;
    }
}
