// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.autoprov.core.service.Listener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** All commands in a real Gogo, above {@link FakeCore}. */
final class FakeShell implements AutoCloseable {

    record Result(int status, String out, String err) {}

    final FakeCore core = new FakeCore();
    final CommandProcessorImpl processor = new CommandProcessorImpl();
    final AtomicInteger stops = new AtomicInteger();
    final CommandRegistry registry;
    final Finder finder;
    final Completion completion;
    final GogoSession session;

    FakeShell() {
        Bundle framework = (Bundle) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, args) -> {
                    if (method.getName().equals("stop")) {
                        stops.incrementAndGet();
                    }
                    return method.getName().equals("getSymbolicName") ? "framework" : null;
                });
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "registerService" -> register(args);
                    case "getBundle" -> framework;
                    default -> null;
                });
        registry = new CommandRegistry(context);
        finder = new Finder(core.deviceService, core.lineService, core.tenantService, core.configService);
        registry.addGroup(new PluginCommands(core.pluginService));
        registry.addGroup(new DeviceCommands(core.deviceService, core.lineService, core.tenantService, finder));
        registry.addGroup(new LineCommands(core.lineService, core.deviceService, finder));
        registry.addGroup(new TenantCommands(core.tenantService, core.deviceService, core.lineService, finder));
        registry.addGroup(new ConfigCommands(core.configService, core.deviceService, finder));
        registry.addGroup(new UsageCommands(core.deviceService, core.pluginService, finder));
        registry.addGroup(new WatchCommands(core.requestMonitor, core.deviceService));
        ServerCommands server = new ServerCommands(
                context, core.deviceService, core.lineService, core.pluginService, core.auditService);
        server.addListener(new Listener() {
            @Override
            public String name() {
                return "tftp";
            }

            @Override
            public String url() {
                return "udp://0.0.0.0:6969";
            }

            @Override
            public void shutDown(long millis) {
                stops.incrementAndGet();
            }
        });
        registry.addGroup(server);
        completion = new Completion(
                core.deviceService,
                core.lineService,
                core.tenantService,
                core.configService,
                core.pluginService,
                registry);
        processor.addCommand("felix", new Echo(), "echo");
        processor.addCommand("felix", new Echo(), "install");
        session = new GogoSession(processor, completion);
    }

    private Object register(Object[] args) {
        Dictionary<?, ?> properties = (Dictionary<?, ?>) args[2];
        String name = (String) properties.get("osgi.command.function");
        processor.addCommand((String) properties.get("osgi.command.scope"), args[1], name);
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, none) -> null);
    }

    /** What may stand at the end of the line. */
    List<String> complete(String line) {
        return session.complete(line, line.length()).stream()
                .map(candidate -> candidate.value())
                .toList();
    }

    Result run(String line) {
        return run(line, 0);
    }

    Result run(String line, int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = session.run(line, columns, out, err);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command that must succeed. */
    String out(String line) {
        Result result = run(line);
        if (result.status != 0) {
            throw new AssertionError(result.err);
        }
        return result.out;
    }

    @Override
    public void close() {
        session.close();
        processor.stop();
    }

    /** Prints its arguments, each in brackets. */
    static final class Echo implements org.apache.felix.service.command.Function {
        @Override
        public Object execute(org.apache.felix.service.command.CommandSession session, java.util.List<Object> args)
                throws Exception {
            try (Screen screen = Screen.of(session)) {
                args.forEach(arg -> screen.plain("[" + arg + "]"));
            }
            return null;
        }
    }
}
