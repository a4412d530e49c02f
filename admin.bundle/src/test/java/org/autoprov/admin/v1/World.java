// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.store.Kind;

/**
 * A server with something of everything for each of its four tenants: a device with a line on position 1, a second line, a
 * token, an operation. Each text of a tenant holds its mark. {@code gateway} is the master's and shared; position 1 has a
 * line of the master, position 2 one of {@code west}.
 */
final class World implements AutoCloseable {

    /** A wrong plugin, file or package. */
    static final String NOPE = "nope";

    final V1Harness server;
    /** By name: {@code master}, {@code east}, {@code east1}, {@code west}. */
    final Map<String, String> tenants = new LinkedHashMap<>();
    /** What stands in samples for each target: a tenant's name or {@code gateway}. */
    final Map<String, Map<String, String>> targets = new LinkedHashMap<>();

    private static final Logger OURS = Logger.getLogger("org.autoprov");

    private final Path folder;
    private final Level before = OURS.getLevel();

    World() throws RefusedException {
        try {
            OURS.setLevel(Level.SEVERE); // there are many worlds, and each has much to tell
            folder = Files.createTempDirectory("world");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = new V1Harness(folder, new Plugins());
        server.repository = new Repository();
        server.packages = new Packages();
        tenants.put("master", server.core.master());
        tenants.put("east", server.east);
        tenants.put("east1", server.east1);
        tenants.put("west", server.west);
        int number = 1;
        for (String name : tenants.keySet()) {
            targets.put(name, populate(name, number++));
        }
        targets.put("gateway", gateway());
    }

    /** The text that all that is a tenant's holds. */
    static String mark(String name) {
        return "mark-" + name + "-";
    }

    private Map<String, String> populate(String name, int number) throws RefusedException {
        String tenant = tenants.get(name);
        String hex = "0011223344f" + number;
        Map<String, String> target = new TreeMap<>();
        target.put("tenant", tenant);
        target.put("device", "device" + number);
        target.put("mac", hex);
        target.put("username", mark(name) + "user" + number);
        target.put("file", hex + ".cfg");
        server.core.tenants.update(
                "test",
                server.core
                        .tenants
                        .get(tenant)
                        .orElseThrow()
                        .withName(mark(name) + "tenant")
                        .withProvisioningKey(mark(name) + "provisioning"));
        Device device = Device.create("device" + number)
                .mac(org.autoprov.core.device.MacAddress.parse(hex).orElseThrow())
                .vendor("Acme")
                .model("A20")
                .version(mark(name) + "version")
                .sn(mark(name) + "sn")
                .ip("198.51.100." + number)
                .plugin("acme-1")
                .description(mark(name) + "desk")
                .tenant(tenant)
                .build();
        server.core.devices.create("test", device);
        Line tied = line(target, "line", tenant, name, number);
        server.core.lines.associate("test", tied.code(), device.id(), 1, null);
        line(target, "free", tenant, name, number);
        target.put(
                "token",
                server.tokens
                        .create("test", tenant, List.of("provd.#"), null, mark(name) + "token")
                        .token()
                        .id());
        Operation operation = new Operation("");
        operation.fail(mark(name) + "reason");
        target.put(
                "operation",
                server.operations
                        .track("device.resync", device.id(), tenant, mark(name) + "actor", operation)
                        .id());
        return target;
    }

    private Line line(Map<String, String> target, String key, String tenant, String name, int number)
            throws RefusedException {
        Line line = server.core.lines.create(
                "test",
                key + number,
                tenant,
                Map.of(
                        "username", mark(name) + "user" + number + (key.equals("line") ? "" : "-" + key),
                        "password", mark(name) + "password",
                        "display_name", mark(name) + "display",
                        "number", mark(name) + "number",
                        "proxy_ip", mark(name) + "proxy.example.org"),
                Map.of("X_mark", mark(name) + "parameter"));
        target.put(key, line.id());
        target.put(key + "_code", line.code());
        return line;
    }

    private Map<String, String> gateway() throws RefusedException {
        Map<String, String> target = new TreeMap<>(targets.get("master"));
        Device device = Device.create("gateway")
                .mac(org.autoprov.core.device.MacAddress.parse("0011223344ff").orElseThrow())
                .vendor("Acme")
                .model("A20")
                .plugin("acme-1")
                .description(mark("master") + "gateway")
                .shared(true)
                .tenant(tenants.get("master"))
                .build();
        server.core.devices.create("test", device);
        Line own = line(target, "line", tenants.get("master"), "master", 9);
        server.core.lines.associate("test", own.code(), "gateway", 1, null);
        Line other = line(new TreeMap<>(), "port", tenants.get("west"), "west", 9);
        server.core.lines.associate("test", other.code(), "gateway", 2, null);
        target.put("device", "gateway");
        target.put("mac", "0011223344ff");
        target.put("file", "0011223344ff.cfg");
        return target;
    }

    /** Of nobody. */
    static Map<String, String> unknown() {
        Map<String, String> target = new TreeMap<>();
        for (String key : List.of("device", "line", "free", "token", "operation", "username")) {
            target.put(key, NOPE);
        }
        target.put("tenant", "ffffffff-ffff-4fff-8fff-ffffffffffff");
        target.put("mac", "0011223344ee");
        target.put("file", "0011223344ee.cfg");
        target.put("line_code", "none");
        target.put("free_code", "none");
        return target;
    }

    /** The tenants that a call on behalf of this one reaches, by name. */
    static Set<String> reach(String name) {
        return switch (name) {
            case "master" -> Set.of("master", "east", "east1", "west");
            case "east" -> Set.of("east", "east1");
            default -> Set.of(name);
        };
    }

    /** Every document, by kind and id, but those of the named tenants and the configs that these use. */
    Map<String, String> documents(Set<String> butOf) {
        Set<String> skipped = new TreeSet<>();
        for (String name : butOf) {
            String tenant = tenants.get(name);
            skipped.add("TENANT " + tenant);
            server.core.devices.all().stream()
                    .filter(device -> tenant.equals(device.tenant()))
                    .forEach(device -> {
                        skipped.add("DEVICE " + device.id());
                        skipped.add("CONFIG " + device.config());
                    });
            server.core.lines.all().stream()
                    .filter(line -> tenant.equals(line.tenant()))
                    .forEach(line -> skipped.add("LINE " + line.id()));
            server.tokens.all().stream()
                    .filter(token -> tenant.equals(token.tenant()))
                    .forEach(token -> skipped.add("TOKEN " + token.id()));
        }
        Map<String, String> documents = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            server.core.store.readAll(kind, document -> {
                String name = kind + " " + document.id();
                if (!skipped.contains(name)) {
                    documents.put(name, document.revision() + " " + document.json());
                }
            });
        }
        return documents;
    }

    /** All that a call could change. */
    List<Object> state() {
        List<Object> state = new ArrayList<>();
        state.add(documents(Set.of()));
        state.add(server.core.store.allAudit().size());
        state.add(server.operations.all().stream().map(one -> one.id()).toList());
        return state;
    }

    @Override
    public void close() {
        server.close();
        OURS.setLevel(before);
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation done() {
        Operation operation = new Operation("");
        operation.succeed();
        return operation;
    }

    private static RefusedException missing() {
        return new RefusedException(RefusedException.Reason.NOT_FOUND, "there is no such thing");
    }

    /** {@code acme-1} is installed. */
    private static final class Plugins implements PluginService {

        @Override
        public List<PluginStatus> installed() {
            PluginDescription description =
                    new PluginDescription("acme-1", "acme", "1.0", "Acme", "Acme", Map.of(), Map.of(), "documented");
            return List.of(new PluginStatus(description, 7, "1.0.0", 4, 1, "failed for mark-master-device", false));
        }

        @Override
        public List<Available> available() {
            return List.of();
        }

        @Override
        public List<String> install(String actor, String source) {
            return List.of();
        }

        @Override
        public List<String> upgrade(String actor, String source) {
            return List.of();
        }

        @Override
        public void uninstall(String actor, String idOrFamily) {}

        @Override
        public void reload(String actor, String idOrFamily) {}
    }

    private static final class Repository implements PluginRepository {

        @Override
        public Operation update(String actor) {
            return done();
        }

        @Override
        public List<Offer> installable() {
            return List.of(new Offer(
                    "acme-1", "acme", "Acme", "1.0", "1.0.0", "Acme", Map.of(), Map.of(), List.of("A20"), 1, "0", ""));
        }

        @Override
        public Operation install(String actor, String pluginId) throws RefusedException {
            if (!pluginId.equals("acme-1")) {
                throw missing();
            }
            return done();
        }

        @Override
        public Operation upgrade(String actor, String pluginId) throws RefusedException {
            return install(actor, pluginId);
        }

        @Override
        public String location() {
            return "mark-master-folder";
        }
    }

    /** {@code acme-1} has {@code firmware} in {@code fw.bin}. */
    private static final class Packages implements PackageService {

        private static final Installed FIRMWARE =
                new Installed("firmware", "1.0", "Firmware", List.of("fw.bin"), 3, Instant.EPOCH);

        private static void check(String pluginId, String what, String known) throws RefusedException {
            if (!pluginId.equals("acme-1") || !what.equals(known)) {
                throw missing();
            }
        }

        @Override
        public List<Declared> installable(String pluginId) throws RefusedException {
            check(pluginId, "", "");
            return List.of(new Declared("firmware", "1.0", "Firmware", "fw.bin", 3, true));
        }

        @Override
        public List<Installed> installed(String pluginId) throws RefusedException {
            check(pluginId, "", "");
            return List.of(FIRMWARE);
        }

        @Override
        public Operation install(String actor, String pluginId, String name) throws RefusedException {
            check(pluginId, name, "firmware");
            return done();
        }

        @Override
        public Installed put(String actor, String pluginId, String fileName, InputStream content)
                throws RefusedException {
            check(pluginId, fileName, "fw.bin");
            try {
                content.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return FIRMWARE;
        }

        @Override
        public void uninstall(String actor, String pluginId, String name) throws RefusedException {
            check(pluginId, name, "firmware");
        }
    }
}
