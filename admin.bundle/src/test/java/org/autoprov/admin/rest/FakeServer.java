// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** The rest of core: one plugin with one package is installed, another could be. */
final class FakeServer {

    static final String PLUGIN = "acme-1.2";
    static final String OFFERED = "acme-2.0";
    /** Not installed at first; when it is, there is a newer one. */
    static final String OLD = "acme-0.9";

    final Map<String, Tenant> tenants = new LinkedHashMap<>();
    final List<PluginStatus> installed = new CopyOnWriteArrayList<>();
    final Map<String, String> values = new LinkedHashMap<>();
    final List<PhoneRequest> observed = new CopyOnWriteArrayList<>();
    final List<String> packages = new CopyOnWriteArrayList<>();
    final List<String> reloaded = new CopyOnWriteArrayList<>();
    final AtomicInteger begun = new AtomicInteger();
    volatile Object ring = 3L;
    volatile boolean updating;
    volatile RefusedException refusal;
    volatile Operation last = new Operation("");

    FakeServer() {
        tenants.put(FakeIdentity.MASTER, new Tenant(FakeIdentity.MASTER, 1, "master", null, null));
        tenants.put(FakeIdentity.SUB, new Tenant(FakeIdentity.SUB, 1, "sub", FakeIdentity.MASTER, "sub-key-1"));
        installed.add(status(PLUGIN));
    }

    static PluginStatus status(String id) {
        PluginDescription description = new PluginDescription(
                id,
                "acme",
                "1.4",
                "Acme",
                "Acme phones",
                Map.of("fr", "Postes Acme", "fr_CA", "Appareils Acme"),
                Map.of("Acme, A1, *", Map.of("lines", 2)),
                "golden");
        return new PluginStatus(description, 7, "1.4.0", 0, 0, null, false);
    }

    Operation begin(String label) {
        begun.incrementAndGet();
        last = new Operation(label);
        last.begin();
        return last;
    }

    private void fail() throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
    }

    final class Tenants implements org.autoprov.core.service.TenantService {

        @Override
        public Collection<Tenant> all() {
            return tenants.values();
        }

        @Override
        public Optional<Tenant> get(String id) {
            return Optional.ofNullable(tenants.get(id));
        }

        @Override
        public Optional<Tenant> find(String idOrName) {
            return get(idOrName);
        }

        @Override
        public Tenant master() {
            return tenants.get(FakeIdentity.MASTER);
        }

        @Override
        public Optional<Tenant> findByKey(String key) {
            return tenants.values().stream()
                    .filter(tenant -> key.equals(tenant.provisioningKey()))
                    .findFirst();
        }

        @Override
        public Tenant create(String actor, String id, String name, String parent) throws RefusedException {
            fail();
            tenants.put(id, new Tenant(id, 1, name, FakeIdentity.MASTER, null));
            return tenants.get(id);
        }

        @Override
        public Tenant create(String actor, Tenant tenant) throws RefusedException {
            fail();
            tenants.put(tenant.id(), tenant);
            return tenant;
        }

        @Override
        public Tenant update(String actor, Tenant tenant) throws RefusedException {
            fail();
            tenants.put(tenant.id(), tenant);
            return tenant;
        }

        @Override
        public Tenant setProvisioningKey(String actor, String id, String key) throws RefusedException {
            fail();
            if (key != null && findByKey(key).filter(t -> !t.id().equals(id)).isPresent()) {
                throw new RefusedException(Reason.CONFLICT, "another tenant has this provisioning key");
            }
            tenants.put(id, new Tenant(id, 2, id, FakeIdentity.MASTER, key));
            return tenants.get(id);
        }
    }

    final class Plugins implements PluginService {

        @Override
        public List<PluginStatus> installed() {
            return installed;
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
        public void uninstall(String actor, String idOrFamily) throws RefusedException {
            fail();
            installed.removeIf(status -> status.description().id().equals(idOrFamily));
        }

        @Override
        public void reload(String actor, String idOrFamily) throws RefusedException {
            fail();
            if (installed.stream().noneMatch(one -> one.description().id().equals(idOrFamily))) {
                throw new RefusedException(Reason.NOT_FOUND, "plugin " + idOrFamily + " is not installed");
            }
            reloaded.add(idOrFamily);
        }

        @Override
        public List<PluginSetting> settings(String pluginId) {
            return pluginId.equals(PLUGIN)
                    ? List.of(new PluginSetting(
                            "ring",
                            "Ring tone",
                            Map.of("fr", "Sonnerie"),
                            PluginSetting.Type.INTEGER,
                            List.of(),
                            3L,
                            ring))
                    : List.of();
        }

        @Override
        public void set(String actor, String pluginId, String settingId, Object value) throws RefusedException {
            fail();
            if (value != null && !(value instanceof Long)) {
                throw new RefusedException(Reason.INVALID, settingId + " must be a whole number");
            }
            ring = value == null ? 3L : value;
        }
    }

    final class Repository implements PluginRepository {

        @Override
        public Operation update(String actor) throws RefusedException {
            fail();
            if (updating) {
                throw new RefusedException(Reason.CONFLICT, "an update is already running");
            }
            return begin("update");
        }

        @Override
        public List<Offer> installable() {
            return List.of(new Offer(
                    OFFERED,
                    "acme",
                    "Acme",
                    "2.0",
                    "2.0.0",
                    "New phones",
                    Map.of(),
                    Map.of(),
                    List.of("A2"),
                    48_112,
                    "aa",
                    "9c11"));
        }

        @Override
        public Operation install(String actor, String pluginId) throws RefusedException {
            return known(pluginId);
        }

        @Override
        public Operation upgrade(String actor, String pluginId) throws RefusedException {
            return known(pluginId);
        }

        private Operation known(String pluginId) throws RefusedException {
            fail();
            if (!pluginId.equals(OFFERED) && !pluginId.equals(OLD)) {
                throw new RefusedException(Reason.NOT_FOUND, "the index has no plugin " + pluginId);
            }
            Operation operation = begin("install");
            operation.part("download").progress(0, 5120);
            return operation;
        }

        @Override
        public String location() {
            return "repository";
        }
    }

    final class Packages implements PackageService {

        @Override
        public List<Declared> installable(String pluginId) {
            return pluginId.equals(PLUGIN)
                    ? List.of(new Declared("A1-fw", "8.1", "Firmware for A1", "a1.rom", 900, true))
                    : List.of();
        }

        @Override
        public List<Installed> installed(String pluginId) {
            List<Installed> list = new ArrayList<>();
            packages.forEach(
                    name -> list.add(new Installed(name, "8.1", "Firmware for A1", List.of(), 900, Instant.EPOCH)));
            return list;
        }

        @Override
        public Operation install(String actor, String pluginId, String name) throws RefusedException {
            fail();
            if (!name.equals("A1-fw")) {
                throw new RefusedException(Reason.NOT_FOUND, "no such package");
            }
            return begin("install_pkg");
        }

        @Override
        public Installed put(String actor, String pluginId, String fileName, InputStream content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void uninstall(String actor, String pluginId, String name) throws RefusedException {
            fail();
            if (!packages.remove(name)) {
                throw new RefusedException(Reason.NOT_FOUND, "no such package");
            }
        }
    }

    final class Parameters implements ParameterService {

        @Override
        public List<String> names() {
            return List.copyOf(values.keySet());
        }

        @Override
        public Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public void set(String actor, String name, String value) throws RefusedException {
            fail();
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
        }
    }

    final class Provisioning implements ProvisioningService {

        @Override
        public Optional<PhoneReply> provisionAtOnce(PhoneRequest request) {
            return Optional.empty();
        }

        @Override
        public PhoneReply provision(PhoneRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PhoneReply upload(PhoneRequest request, InputStream body, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void observe(PhoneRequest request) {
            observed.add(request);
        }
    }
}
