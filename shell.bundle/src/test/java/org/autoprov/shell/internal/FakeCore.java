// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.device.MacAddress;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.AuditService;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TenantService;
import org.autoprov.core.service.TransferEvent;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;

/** The services of core on a few maps, and a note of every change that was asked for. */
final class FakeCore {

    static final String MASTER = "00000000-0000-4000-8000-000000000001";
    static final String ACME = "00000000-0000-4000-8000-000000000002";

    final Map<String, Device> devices = new LinkedHashMap<>();
    final Map<String, Line> lines = new LinkedHashMap<>();
    final Map<String, Tenant> tenants = new LinkedHashMap<>();
    final Map<String, Config> configs = new LinkedHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<RequestFollower> followers = new CopyOnWriteArrayList<>();
    final Map<String, Object> parameters = new LinkedHashMap<>();
    String file = "account.1.password = s3cret&pw\naccount.1.user = u100\n";

    FakeCore() {
        tenants.put(MASTER, new Tenant(MASTER, 1, "master", null, null));
        tenants.put(ACME, new Tenant(ACME, 1, "ACME Corp", MASTER, "acme-key-1234"));
        add(Device.create("d1")
                .mac(MacAddress.parse("001122334455").orElseThrow())
                .ip("192.0.2.7")
                .vendor("Yealink")
                .model("T54W")
                .version("96.86.0.100")
                .plugin("yealink-v86")
                .config("d1")
                .tenant(ACME)
                .configured(true)
                .build());
        add(Device.create("d2")
                .mac(MacAddress.parse("00:04:13:00:00:01").orElseThrow())
                .vendor("Snom")
                .model("D785")
                .version("10.1\u001b[2J")
                .tenant(MASTER)
                .isNew(true)
                .addedByRequest(true)
                .build());
        add(Device.create("e3")
                .ip("192.0.2.9")
                .config("autoprov1234")
                .configured(true)
                .tenant(MASTER)
                .isNew(true)
                .build());
        lines.put(
                "l1",
                new Line(
                        "l1",
                        1,
                        ACME,
                        "012345",
                        Map.of("username", "u100", "password", "s3cret&pw", "display_name", "Jörg 日本", "number", "100"),
                        Map.of(),
                        "d1",
                        1));
        lines.put(
                "l2",
                new Line(
                        "l2",
                        1,
                        ACME,
                        "123456",
                        Map.of("username", "u101", "password", "other", "display_name", "Ann O'Neil"),
                        Map.of(),
                        null,
                        0));
        configs.put(
                "base",
                new Config(
                        "base",
                        3,
                        List.of(),
                        Map.of("ntp_ip", "192.0.2.1", "admin_password", "topsecret", "sip_lines", Map.of()),
                        null,
                        false,
                        false,
                        Map.of("X_type", "internal")));
        parameters.put("http_base_url", "http://192.0.2.1:8667/acme-key-1234");
        parameters.put("admin_password", "admin");
        parameters.put("sip_local_key", "-----BEGIN KEY-----\nABCDEF\n-----END KEY-----\n");
        parameters.put(
                "sip_lines",
                Map.of(
                        "1",
                        Map.of("username", "u100", "password", "s3cret&pw"),
                        "10",
                        Map.of("username", "u110"),
                        "2",
                        Map.of("username", "u102")));
    }

    private void add(Device device) {
        devices.put(device.id(), device);
    }

    void event(RequestEvent event) {
        followers.forEach(f -> f.request(event));
    }

    void transfer(String request, TransferEvent.State state, long bytes, long millis, String reason) {
        TransferEvent event = new TransferEvent(Instant.now(), request, state, bytes, 8_388_608, millis, reason);
        followers.forEach(f -> f.transfer(event));
    }

    static RequestEvent event(long number, String request, String deviceId) {
        return new RequestEvent(
                number,
                Instant.EPOCH,
                request,
                List.of("identify vendor=Yealink", "admit no"),
                "404 not found",
                deviceId,
                1234);
    }

    private static RefusedException missing(String what) {
        return new RefusedException(Reason.NOT_FOUND, "there is no " + what);
    }

    final DeviceService deviceService = new DeviceService() {
        @Override
        public Collection<Device> all() {
            return new ArrayList<>(devices.values());
        }

        @Override
        public Optional<Device> get(String id) {
            return Optional.ofNullable(devices.get(id));
        }

        @Override
        public Optional<Device> find(String name) {
            Optional<MacAddress> mac = MacAddress.parse(name);
            return devices.values().stream()
                    .filter(d -> d.id().equals(name)
                            || name.equals(d.ip())
                            || mac.isPresent() && mac.get().equals(d.mac()))
                    .findFirst();
        }

        @Override
        public Device create(String actor, Device device) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Device update(String actor, Device device) {
            calls.add(actor + " update " + device.id() + (device.shared() ? " shared" : ""));
            return device;
        }

        @Override
        public void delete(String actor, String id) {
            calls.add("delete " + id);
        }

        @Override
        public Device reconfigure(String actor, String id) {
            calls.add(actor + " reconfigure " + id);
            return devices.get(id);
        }

        @Override
        public Device reset(String actor, String id) throws RefusedException {
            calls.add(actor + " reset " + id);
            throw new RefusedException(Reason.CONFLICT, "no config has the role autocreate\u001b[31m");
        }

        @Override
        public Device trust(String actor, String id, String address) {
            calls.add(actor + " trust " + id + " " + address);
            return devices.get(id).edit().trustedAddress(address).build();
        }

        @Override
        public Optional<String> problem(String id) {
            return devices.get(id).configured() ? Optional.empty() : Optional.of("it has no config");
        }

        @Override
        public long lastSeen(String id) {
            return id.equals("d1") ? System.currentTimeMillis() - 125_000 : 0;
        }

        @Override
        public Optional<Map<String, Object>> parameters(String id) {
            return id.equals("d1") ? Optional.of(parameters) : Optional.empty();
        }

        @Override
        public List<PhoneFile> files(String id) {
            return id.equals("d1")
                    ? List.of(
                            new PhoneFile(
                                    "001122334455.cfg", "text/plain", PhoneFile.Access.SECRET, true, true, false, "t"),
                            new PhoneFile(
                                    "y000000000096.cfg", "text/plain", PhoneFile.Access.OPEN, false, false, false, "c"))
                    : List.of();
        }

        @Override
        public FileContent preview(String id, String name) throws RefusedException {
            if (!name.endsWith(".cfg")) {
                throw missing("file " + name);
            }
            return FileContent.generated(name, "text/plain", file.getBytes(StandardCharsets.UTF_8), "\"1\"");
        }

        @Override
        public FileContent preview(String id, String name, Map<String, Object> changes) throws RefusedException {
            return preview(id, name);
        }

        @Override
        public void putAll(String actor, Collection<Device> all) {
            throw new UnsupportedOperationException();
        }
    };

    final LineService lineService = new LineService() {
        @Override
        public Collection<Line> all() {
            return lines.values();
        }

        @Override
        public Optional<Line> get(String id) {
            return Optional.ofNullable(lines.get(id));
        }

        @Override
        public Optional<Line> findByCode(String code) {
            return lines.values().stream().filter(l -> l.code().equals(code)).findFirst();
        }

        @Override
        public Collection<Line> ofDevice(String deviceId) {
            return lines.values().stream()
                    .filter(l -> deviceId.equals(l.device()))
                    .toList();
        }

        @Override
        public Line create(String actor, String tenant, Map<String, Object> account, Map<String, Object> parameters) {
            calls.add(actor + " line " + tenant + " " + new java.util.TreeMap<>(account) + " " + parameters);
            return new Line("l9", 1, tenant, "999999", account, parameters, null, 0);
        }

        @Override
        public Line create(
                String actor, String id, String tenant, Map<String, Object> account, Map<String, Object> parameters) {
            return create(actor, tenant, account, parameters);
        }

        @Override
        public Line update(String actor, Line line) throws RefusedException {
            calls.add(actor + " update " + line.id() + " " + new java.util.TreeMap<>(line.account()) + " "
                    + line.parameters());
            if (line.revision() != lines.get(line.id()).revision()) {
                throw new RefusedException(Reason.STALE, "the line was changed meanwhile");
            }
            return line.withRevision(line.revision() + 1);
        }

        @Override
        public void putAll(String actor, Collection<Line> wanted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Line renewCode(String actor, String id) {
            calls.add(actor + " code " + id);
            return lines.get(id).withCode("777777");
        }

        @Override
        public void delete(String actor, String id) {
            calls.add(actor + " delete " + id);
        }

        @Override
        public Device associate(String actor, String code, String deviceId, int position, String address)
                throws RefusedException {
            calls.add(actor + " associate " + code + " " + deviceId + " " + position + " " + address);
            Line line = findByCode(code).orElseThrow(() -> missing("line with the code " + code));
            lines.put(line.id(), line.boundTo(deviceId, Math.max(1, position)));
            return devices.get(deviceId);
        }

        @Override
        public Device dissociate(String actor, String lineId) {
            calls.add(actor + " dissociate " + lineId);
            return devices.get(lines.get(lineId).device());
        }
    };

    final TenantService tenantService = new TenantService() {
        @Override
        public Collection<Tenant> all() {
            return tenants.values();
        }

        @Override
        public Optional<Tenant> get(String id) {
            return Optional.ofNullable(tenants.get(id));
        }

        @Override
        public Optional<Tenant> find(String name) {
            return tenants.values().stream()
                    .filter(t -> t.id().equals(name) || t.name().equals(name))
                    .findFirst();
        }

        @Override
        public Tenant master() {
            return tenants.get(MASTER);
        }

        @Override
        public Optional<Tenant> findByKey(String key) {
            return Optional.empty();
        }

        @Override
        public Tenant create(String actor, String id, String name, String parent) {
            calls.add(actor + " tenant " + name + " " + parent);
            return new Tenant("t9", 1, name, parent, null);
        }

        @Override
        public Tenant create(String actor, Tenant tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tenant update(String actor, Tenant tenant) {
            calls.add(actor + " update " + tenant + " " + tenant.webhook());
            tenants.put(tenant.id(), tenant);
            return tenant;
        }

        @Override
        public Tenant setProvisioningKey(String actor, String id, String key) {
            calls.add(actor + " key " + id + " " + key);
            return new Tenant(id, 2, tenants.get(id).name(), MASTER, key);
        }
    };

    final ConfigService configService = new ConfigService() {
        @Override
        public Collection<Config> all() {
            return configs.values();
        }

        @Override
        public Optional<Config> get(String id) {
            return Optional.ofNullable(configs.get(id));
        }

        @Override
        public Optional<Map<String, Object>> flattened(String id) {
            return get(id).map(Config::rawConfig);
        }

        @Override
        public Config create(String actor, Config config) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Config update(String actor, Config config) throws RefusedException {
            if (config.revision() != configs.get(config.id()).revision()) {
                throw new RefusedException(Reason.STALE, "somebody changed it first");
            }
            Config stored = config.withRevision(config.revision() + 1);
            configs.put(config.id(), stored);
            return stored;
        }

        @Override
        public void delete(String actor, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Config autocreate(String actor) {
            throw new UnsupportedOperationException();
        }
    };

    final PluginService pluginService = new PluginService() {
        @Override
        public List<PluginStatus> installed() {
            return List.of(
                    new PluginStatus(
                            new PluginDescription(
                                    "yealink-v86",
                                    "yealink",
                                    "2.0",
                                    "Yealink",
                                    "Yealink 86",
                                    Map.of(),
                                    Map.of(),
                                    "documented"),
                            12,
                            "0.1.0",
                            1,
                            0,
                            null,
                            false),
                    new PluginStatus(
                            new PluginDescription(
                                    "snom-10", "snom", "1.0", "Snom", "Snom 10", Map.of(), Map.of(), "documented"),
                            13,
                            "0.1.0",
                            0,
                            3,
                            "NullPointerException",
                            true));
        }

        @Override
        public List<Available> available() {
            return List.of(new Available("snom", "0.2.0", "0.1.0", List.of("snom-10", "snom-11")));
        }

        @Override
        public List<String> install(String actor, String source) throws RefusedException {
            calls.add(actor + " install " + source);
            if (source.equals("boom")) {
                throw new IllegalStateException("a bug\u0007");
            }
            return List.of(source + "-v1");
        }

        @Override
        public List<String> upgrade(String actor, String source) {
            calls.add(actor + " upgrade " + source);
            return List.of(source + "-v2");
        }

        @Override
        public void uninstall(String actor, String id) throws RefusedException {
            calls.add(actor + " uninstall " + id);
        }

        @Override
        public void reload(String actor, String id) {
            calls.add(actor + " reload " + id);
        }

        @Override
        public List<PluginSetting> settings(String id) {
            return id.equals("yealink-v86")
                    ? List.of(new PluginSetting(
                            "ring", "Ring tone", Map.of(), PluginSetting.Type.INTEGER, List.of(), 3L, 5L))
                    : List.of();
        }

        @Override
        public void set(String actor, String id, String setting, Object value) {
            calls.add(actor + " set " + id + " " + setting + " "
                    + (value == null ? null : value.getClass().getSimpleName() + " " + value));
        }
    };

    final AuditService auditService = (id, limit) -> {
        calls.add("audit " + id + " " + limit);
        return List.of(new AuditEntry(
                Instant.parse("2026-01-02T03:04:05.678Z"), "phone 192.0.2.7", "create", Kind.DEVICE, "d1", "mac ip"));
    };

    final RequestMonitor requestMonitor = new RequestMonitor() {

        @Override
        public AutoCloseable follow(RequestFollower follower) {
            followers.add(follower);
            return () -> followers.remove(follower);
        }

        @Override
        public boolean isFollowed() {
            return !followers.isEmpty();
        }

        @Override
        public void transfer(
                PhoneRequest request, TransferEvent.State state, long bytes, long total, long millis, String reason) {
            throw new UnsupportedOperationException("for listeners");
        }
    };
}
