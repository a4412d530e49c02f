// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.internal.config.BaseRawConfig;
import org.autoprov.core.internal.path.Monitor;
import org.autoprov.core.internal.path.Provisioner;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.internal.render.Renderer;
import org.autoprov.core.internal.server.Configs;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.Devices;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.internal.server.Lines;
import org.autoprov.core.internal.server.OpenListeners;
import org.autoprov.core.internal.server.Tenants;
import org.autoprov.core.internal.template.CustomTemplates;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.PluginKit;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.AuditEntry;

/**
 * All of core without framework and sockets: a {@link FakeStore}, and the families {@code acme} (plugins
 * {@code acme-1}, {@code acme-2}) and {@code brio} ({@code brio-1}).
 */
public final class CoreHarness implements AutoCloseable {

    /** Where phones reach this server unless a test says otherwise. */
    public static final InetSocketAddress SERVER = new InetSocketAddress(address("198.51.100.1"), 8667);

    public final Path folder;
    public final FakeStore store;
    public final FakeFramework framework;
    public final CoreSettings settings;
    public final BaseRawConfig base;
    public final PluginRegistry plugins;
    public final CustomTemplates templates;
    public final Ledger ledger;
    public final Renderer renderer;
    public final Lifecycle lifecycle;
    public final Devices devices;
    public final Configs configs;
    public final Lines lines;
    public final Tenants tenants;
    public final Monitor monitor = new Monitor();
    public final OpenListeners listeners = new OpenListeners();
    public final Provisioner provisioner;
    public final FakeGenerator acme1 = new FakeGenerator("acme-1", "Acme");
    public final FakeGenerator acme2 = new FakeGenerator("acme-2", "Acme");
    public final FakeGenerator brio = new FakeGenerator("brio-1", "Brio");
    public final Map<String, FakeFramework.Registration> services = new LinkedHashMap<>();

    private CoreHarness(Path folder, FakeStore store, Object... settings) {
        this.folder = folder;
        this.store = store;
        this.framework = new FakeFramework(folder);
        this.settings = settings(settings);
        try {
            this.base = new BaseRawConfig(framework.context());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        this.plugins = new PluginRegistry(framework.context());
        this.templates = new CustomTemplates(framework.context());
        this.ledger = new Ledger(store);
        this.renderer = new Renderer(ledger, plugins, base, templates, listeners, this.settings);
        this.lifecycle = new Lifecycle(ledger, plugins, renderer);
        this.devices = new Devices(lifecycle);
        this.configs = new Configs(lifecycle, base);
        this.lines = new Lines(lifecycle);
        this.tenants = new Tenants(lifecycle);
        this.provisioner = new Provisioner(framework.context(), lifecycle, monitor, null, this.settings);
        family("acme", "Acme");
        plugin(acme1);
        plugin(acme2);
        family("brio", "Brio");
        plugin(brio);
    }

    /** @param settings names and values of {@link CoreSettings} that differ from the defaults, in turn */
    public static CoreHarness in(Path folder, Object... settings) {
        return new CoreHarness(folder, new FakeStore(), settings);
    }

    /** Over a store that holds something already. */
    public static CoreHarness over(Path folder, FakeStore store, Object... settings) {
        return new CoreHarness(folder, store, settings);
    }

    public static CoreSettings settings(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return (CoreSettings) Proxy.newProxyInstance(
                CoreHarness.class.getClassLoader(),
                new Class<?>[] {CoreSettings.class},
                (self, method, args) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    public void family(String family, String vendor) {
        identifier(family, request -> FakeGenerator.identify(vendor, request));
    }

    public void identifier(String family, DeviceIdentifier identifier) {
        services.put(
                family + " identifier",
                framework.register(
                        DeviceIdentifier.class,
                        identifier,
                        "org.autoprov.plugin." + family,
                        Map.of(PluginKit.FAMILY, family)));
    }

    public void plugin(FakeGenerator generator) {
        String family = generator.description().family();
        services.put(
                generator.id,
                framework.register(
                        ConfigGenerator.class,
                        generator,
                        "org.autoprov.plugin." + family,
                        Map.of(PluginKit.FAMILY, family, PluginKit.PLUGIN, generator.id)));
    }

    /** An Acme A20 with the given last octet, at 192.0.2.(the same). */
    public Phone phone(int number) {
        return new Phone(String.format("0011223344%02x", number), "192.0.2." + number, "Acme A20 1.0");
    }

    /** A telephone that asks for files. */
    public final class Phone {
        public final String hex;
        public final MacAddress mac;
        public String ip;
        public String agent;
        public InetSocketAddress server = SERVER;

        Phone(String hex, String ip, String agent) {
            this.hex = hex;
            this.mac = MacAddress.parse(hex).orElseThrow();
            this.ip = ip;
            this.agent = agent;
        }

        public Phone from(String address) {
            ip = address;
            return this;
        }

        public Phone saying(String vendorModelVersion) {
            agent = vendorModelVersion;
            return this;
        }

        public PhoneRequest.Builder request(String path) {
            return PhoneRequest.from(Protocol.HTTP, address(ip))
                    .path(path)
                    .server(server)
                    .header("User-Agent", agent + " " + hex);
        }

        public PhoneReply get(String path) {
            return provisioner.provision(request(path).build());
        }

        /** Asks for its own configuration. */
        public PhoneReply boot() {
            return get(hex + ".cfg");
        }

        public PhoneReply upload(String path, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try {
                return provisioner.upload(
                        request(path).action(PhoneRequest.Action.WRITE).build(),
                        new ByteArrayInputStream(bytes),
                        bytes.length);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** The stored device; fails when there is none. */
        public Device device() {
            return ledger.devices().byMac(mac).device();
        }
    }

    public static String text(PhoneReply reply) {
        if (reply.content() == null) {
            throw new AssertionError("not served: " + reply);
        }
        try {
            byte[] bytes = reply.content().bytes() != null
                    ? reply.content().bytes()
                    : Files.readAllBytes(reply.content().path());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A line of a tenant whose account has this user name and the password {@code secret-<user name>}. */
    public Line line(String tenant, String username) throws RefusedException {
        return lines.create("test", tenant, account(username), Map.of());
    }

    public static Map<String, Object> account(String username) {
        return Map.of(
                "username",
                username,
                "password",
                "secret-" + username,
                "display_name",
                "Display " + username,
                "proxy_ip",
                "203.0.113.5");
    }

    public String master() {
        return tenants.master().id();
    }

    public String tenant(String name) throws RefusedException {
        return tenants.create("test", null, name, null).id();
    }

    public void config(String id, List<String> parents, Map<String, Object> raw) throws RefusedException {
        configs.create("test", Config.of(id, parents, raw));
    }

    /** What the audit log has of a document, oldest first, as {@code actor action detail}. */
    public List<String> auditOf(String id) {
        return store.allAudit().stream()
                .filter(entry -> entry.id().equals(id))
                .map(CoreHarness::line)
                .toList();
    }

    private static String line(AuditEntry entry) {
        return (entry.actor() + " " + entry.action() + " " + entry.detail()).strip();
    }

    @Override
    public void close() {
        store.release();
        for (Object part : List.of(provisioner, configs, lifecycle, plugins)) {
            try {
                Method close = part.getClass().getDeclaredMethod("close");
                close.setAccessible(true);
                close.invoke(part);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }
}
