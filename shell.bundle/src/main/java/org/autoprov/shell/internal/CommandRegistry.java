// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Offers the commands of all groups to Gogo, in the scope {@code autoprov}, and describes them: {@code help}.
 *
 * <p>A Gogo {@link Function} is not told by which name it was called, so each command is a service of its own.
 */
@Component(service = CommandRegistry.class, immediate = true)
public final class CommandRegistry {

    static final String SCOPE = "autoprov";

    private final BundleContext context;
    private final Map<String, Command> commands = new ConcurrentSkipListMap<>();
    private final Map<String, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();

    @Activate
    public CommandRegistry(BundleContext context) {
        this.context = context;
        add(new Command(
                "help",
                "lists the commands, or explains one",
                "[COMMAND]",
                "For the commands of OSGi bundles: felix:help",
                this::help));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addGroup(CommandGroup group) {
        group.commands().forEach(this::add);
    }

    void removeGroup(CommandGroup group) {
        group.commands().forEach(command -> remove(command.name()));
    }

    @Deactivate
    void close() {
        List.copyOf(commands.keySet()).forEach(this::remove);
    }

    private void add(Command command) {
        commands.put(command.name(), command);
        Dictionary<String, Object> properties = new Hashtable<>(
                Map.of(CommandProcessor.COMMAND_SCOPE, SCOPE, CommandProcessor.COMMAND_FUNCTION, command.name()));
        registrations.put(command.name(), context.registerService(Function.class, command, properties));
    }

    private void remove(String name) {
        commands.remove(name);
        ServiceRegistration<?> registration = registrations.remove(name);
        if (registration != null) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // The framework was quicker: the bundle stops.
            }
        }
    }

    /** The commands that are there now, by name. */
    Collection<Command> commands() {
        return commands.values();
    }

    /** Null when there is none of this name. */
    Command command(String name) {
        return commands.get(name.startsWith(SCOPE + ":") ? name.substring(SCOPE.length() + 1) : name);
    }

    private void help(Arguments arguments, Screen screen) throws InterruptedException, UsageException {
        String name = arguments.get(0);
        if (name != null) {
            Command command = command(name);
            if (command == null) {
                throw new UsageException("help: there is no command " + Text.safe(name));
            }
            command.help().forEach(screen::plain);
            return;
        }
        int widest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Command command : new TreeMap<>(commands).values()) {
            screen.line(String.format("%-" + widest + "s  %s", command.name(), command.summary()));
        }
        screen.line("help COMMAND explains one; felix:help lists the commands for OSGi bundles; exit leaves");
    }
}
