// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceState;
import org.autoprov.core.service.AuditService;
import org.autoprov.core.service.CounterSource;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.Listener;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.AuditEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.LoggerFactory;

/** The server as a whole. */
@Component(service = CommandGroup.class)
public final class ServerCommands implements CommandGroup {

    private final BundleContext context;
    private final DeviceService devices;
    private final LineService lines;
    private final PluginService plugins;
    private final AuditService audit;
    private final Collection<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Collection<CounterSource> counters = new CopyOnWriteArrayList<>();

    @Activate
    public ServerCommands(
            BundleContext context,
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference PluginService plugins,
            @Reference AuditService audit) {
        this.context = context;
        this.devices = devices;
        this.lines = lines;
        this.plugins = plugins;
        this.audit = audit;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(Listener listener) {
        listeners.add(listener);
    }

    void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCounterSource(CounterSource source) {
        counters.add(source);
    }

    void removeCounterSource(CounterSource source) {
        counters.remove(source);
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("status", "shows how the server is", "", "", this::status),
                new Command(
                        "audit",
                        "lists the last changes, newest first",
                        "[ID] [--limit NUMBER]",
                        "ID is that of a device, line, tenant or config. Without a limit: 20.",
                        this::audit),
                new Command("version", "shows the versions of the server and what it runs on", "", "", this::version),
                new Command("shutdown", "stops the server", "", "", this::shutdown));
    }

    private void status(Arguments arguments, Screen screen) throws InterruptedException {
        screen.line(
                "uptime      " + Text.span(ManagementFactory.getRuntimeMXBean().getUptime()));
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        screen.line("heap        " + (heap.getUsed() >> 20) + " of " + (heap.getMax() >> 20) + " MiB");
        screen.line("store       " + store());
        Collection<Device> all = devices.all();
        long[] counts = new long[DeviceState.values().length];
        long fresh = 0;
        for (Device device : all) {
            counts[DeviceState.of(device).ordinal()]++;
            fresh += device.isNew() ? 1 : 0;
        }
        StringBuilder states = new StringBuilder();
        for (DeviceState state : DeviceState.values()) {
            states.append(states.isEmpty() ? "" : ", ")
                    .append(counts[state.ordinal()])
                    .append(' ')
                    .append(state.word());
        }
        screen.line("devices     " + all.size() + ": " + states + "; " + fresh + " new");
        long bound = lines.all().stream().filter(l -> l.isBound()).count();
        screen.line("lines       " + lines.all().size() + ", " + bound + " bound");
        List<PluginStatus> installed = plugins.installed();
        long suspended = installed.stream().filter(PluginStatus::suspended).count();
        screen.line("plugins     " + installed.size() + (suspended == 0 ? "" : ", " + suspended + " suspended"));
        for (Listener one :
                listeners.stream().sorted(Comparator.comparing(Listener::name)).toList()) {
            screen.line(String.format("%-11s %s", "listener", one.name() + " " + one.url()));
        }
        for (CounterSource source : counters.stream()
                .sorted(Comparator.comparing(CounterSource::name))
                .toList()) {
            String counted = source.counters().entrySet().stream()
                    .filter(counter -> counter.getValue() != 0)
                    .map(counter -> counter.getKey() + " " + counter.getValue())
                    .collect(Collectors.joining(", "));
            screen.line(String.format("%-11s %s", source.name(), counted.isEmpty() ? "nothing yet" : counted));
        }
    }

    private String store() {
        try {
            audit.newest(null, 1);
            return "answers";
        } catch (RefusedException e) {
            return "away: " + e.getMessage();
        }
    }

    private void audit(Arguments arguments, Screen screen) throws Exception {
        int limit = arguments.number("--limit", 1, 10_000, 20);
        Table table = new Table("TIME", "WHO", "ACTION", "WHAT", "ID", "DETAIL");
        for (AuditEntry entry : audit.newest(arguments.get(0), limit)) {
            table.row(
                    entry.time(),
                    entry.actor(),
                    entry.action(),
                    entry.kind().name().toLowerCase(java.util.Locale.ROOT),
                    entry.id(),
                    entry.detail());
        }
        table.print(screen, "no changes");
    }

    private void version(Arguments arguments, Screen screen) throws InterruptedException {
        Bundle core = FrameworkUtil.getBundle(DeviceService.class);
        Bundle framework = context.getBundle(0);
        screen.line("autoprov    " + (core == null ? "unknown" : core.getVersion()));
        screen.line("framework   "
                + (framework == null ? "unknown" : framework.getSymbolicName() + " " + framework.getVersion()));
        screen.line("java        " + Runtime.version() + ", " + System.getProperty("java.vendor"));
        screen.line("system      " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
    }

    private void shutdown(Arguments arguments, Screen screen) throws InterruptedException {
        screen.line("the server stops");
        screen.flush();
        stop(context);
    }

    /** Stops the framework from a thread of its own, since the stop waits for the threads of this bundle. */
    static void stop(BundleContext context) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(100); // the answer shall still reach who asked
                        context.getBundle(0).stop();
                    } catch (BundleException e) {
                        LoggerFactory.getLogger(ServerCommands.class).error("The server could not be stopped", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "autoprov-shell-stop");
        thread.setDaemon(true);
        thread.start();
    }
}
