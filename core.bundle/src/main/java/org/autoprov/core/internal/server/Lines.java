// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.Config;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lines, their codes, and the act that ties a line to a position of a device. */
@Component
public final class Lines implements LineService {

    private static final int TRIES = 5;

    /** Six digits are a million codes; beyond this share of them, finding a free one by chance takes too long. */
    private static final int MAX_LINES = 900_000;

    private static final int MAX_POSITION = 10_000;

    private final Lifecycle lifecycle;
    private final Ledger ledger;

    @Activate
    public Lines(@Reference Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
    }

    @Override
    public Collection<Line> all() {
        return ledger.lines().all();
    }

    @Override
    public Optional<Line> get(String id) {
        return Optional.ofNullable(ledger.lines().get(id));
    }

    @Override
    public Optional<Line> findByCode(String code) {
        return Optional.ofNullable(ledger.lines().byCode(code));
    }

    @Override
    public Collection<Line> ofDevice(String deviceId) {
        return ledger.lines().ofDevice(deviceId);
    }

    @Override
    public Line create(String actor, String tenant, Map<String, Object> account, Map<String, Object> parameters)
            throws RefusedException {
        if (ledger.tenants().get(tenant) == null) {
            throw new RefusedException(Reason.INVALID, "there is no tenant " + tenant);
        }
        Map<String, Object> own = RawConfigs.withoutNulls(account);
        for (String name : List.of("username", "password", "display_name")) {
            if (!(own.get(name) instanceof String text) || text.isEmpty()) {
                throw new RefusedException(Reason.INVALID, "the account's " + name + " must be a text");
            }
        }
        check(own, parameters == null ? Map.of() : parameters);
        if (ledger.lines().all().size() > MAX_LINES) {
            throw new RefusedException(Reason.CONFLICT, "more than " + MAX_LINES + " lines share the six-digit codes");
        }
        while (true) {
            String code = Secrets.code();
            if (ledger.lines().byCode(code) != null) {
                continue;
            }
            Batch batch = ledger.batch(actor);
            Line line = batch.put(new Line(Secrets.uuid(), 0, tenant, code, own, parameters, null, 0), "create", "");
            try {
                ledger.commit(batch);
                return line;
            } catch (RefusedException e) {
                if (e.reason() != Reason.CONFLICT) {
                    throw e;
                }
                // somebody else was given the same code at this moment: take another
            }
        }
    }

    private static void check(Map<String, Object> account, Map<String, Object> parameters) throws RefusedException {
        Map<String, Object> raw = new LinkedHashMap<>(parameters);
        raw.put("sip_lines", Map.of("1", account));
        try {
            ConfigValidation.check(raw);
        } catch (InvalidConfigException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        }
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        Line line = existing(id);
        if (line.isBound()) {
            throw new RefusedException(Reason.CONFLICT, "the line is bound to a device; dissociate it first");
        }
        Batch batch = ledger.batch(actor);
        batch.delete(line);
        ledger.commit(batch);
    }

    private Line existing(String id) throws RefusedException {
        Line line = ledger.lines().get(id);
        if (line == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no line " + id);
        }
        return line;
    }

    @Override
    public Device associate(String actor, String code, String deviceId, int position, String address)
            throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Line line = ledger.lines().byCode(code);
            if (line == null) {
                throw new RefusedException(Reason.NOT_FOUND, "no line has this provisioning code");
            }
            Device device = ledger.devices().get(deviceId);
            if (device == null) {
                throw new RefusedException(Reason.NOT_FOUND, "there is no device " + deviceId);
            }
            List<Line> lines = new ArrayList<>(ledger.lines().ofDevice(deviceId));
            int at = requirePosition(line, device, lines, position);
            Batch batch = ledger.batch(actor);
            Line bound = batch.put(line.boundTo(deviceId, at), "associate", "device " + deviceId + " position " + at);
            lines.add(bound);
            Device edited = device.edit()
                    .tenant(line.tenant())
                    .isNew(line.tenant().equals(ledger.tenants().master().id()))
                    .trustedAddress(trusted(device, address))
                    .build();
            try {
                return commit(batch, edited, lines, "associate", device.config());
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The claim shows where the device is: from there, and from nowhere else, its secrets may be fetched. */
    private static String trusted(Device device, String address) throws RefusedException {
        if (address == null) {
            return device.trustedAddress() != null ? device.trustedAddress() : device.ip();
        }
        return IpText.parse(address)
                .map(IpText::of)
                .orElseThrow(() -> new RefusedException(Reason.INVALID, "not an IP address: " + address));
    }

    private int requirePosition(Line line, Device device, List<Line> others, int wanted) throws RefusedException {
        if (line.isBound()) {
            throw new RefusedException(Reason.CONFLICT, "the line is bound to another device already");
        }
        boolean moves = device.isNew() && others.isEmpty(); // once, with its first line
        if (!moves && !device.tenant().equals(line.tenant())) {
            throw new RefusedException(Reason.CONFLICT, "the device belongs to another tenant");
        }
        if (wanted < 0 || wanted > MAX_POSITION) {
            throw new RefusedException(Reason.INVALID, "the position must be 1 to " + MAX_POSITION);
        }
        Config config = ledger.configs().get(device.config());
        boolean sccp = config != null && "SCCP".equals(config.rawConfig().get("protocol"))
                || "SCCP".equals(line.parameters().get("protocol"));
        if (sccp && !others.isEmpty()) {
            throw new RefusedException(Reason.CONFLICT, "a device that speaks SCCP has one line only");
        }
        int at = wanted;
        if (at == 0) {
            at = 1;
            for (Line other : others) { // by position
                at = other.position() == at ? at + 1 : at;
            }
        }
        for (Line other : others) {
            if (other.position() == at) {
                throw new RefusedException(Reason.CONFLICT, "position " + at + " of the device is taken");
            }
        }
        return at;
    }

    @Override
    public Device dissociate(String actor, String lineId) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Line line = existing(lineId);
            if (!line.isBound()) {
                throw new RefusedException(Reason.CONFLICT, "the line is bound to no device");
            }
            Device device = ledger.devices().get(line.device());
            Batch batch = ledger.batch(actor);
            batch.put(line.boundTo(null, 0), "dissociate", "device " + line.device());
            try {
                if (device == null) {
                    ledger.commit(batch);
                    throw new RefusedException(Reason.NOT_FOUND, "the line's device was gone; the line is free now");
                }
                List<Line> rest = ledger.lines().ofDevice(device.id()).stream()
                        .filter(other -> !other.id().equals(lineId))
                        .toList();
                return commit(batch, device, rest, "dissociate", device.config());
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Writes the config that a device's lines make, gives it to the device, and stores everything together. */
    private Device commit(Batch batch, Device device, List<Line> lines, String action, String oldConfig)
            throws RefusedException {
        Config config = lines.isEmpty() ? lifecycle.onboardingConfig() : configOf(device, lines);
        Config next = batch.put(config, action, "");
        Device.Editor editor = device.edit().config(next.id());
        if (lines.isEmpty()) {
            editor.trustedAddress(null);
        }
        DeviceDirectory.Entry entry = ledger.devices().entry(device.id());
        List<ConfigDirectory.Entry> lineage = ledger.configs().lineage(next);
        Lifecycle.Outcome outcome =
                lifecycle.configure(editor.build(), lineage, entry == null ? null : entry.lastServer());
        Device stored = batch.put(outcome.device(), action, "");
        if (oldConfig != null && !oldConfig.equals(next.id())) {
            Config old = ledger.configs().get(oldConfig);
            if (old != null && oldConfig.equals(device.id())) {
                batch.delete(old);
            } else {
                lifecycle.dropIfUnused(batch, oldConfig, device.id());
            }
        }
        ledger.commit(batch);
        lifecycle.note(new Lifecycle.Outcome(stored, outcome.problem()));
        return stored;
    }

    private Config configOf(Device device, List<Line> lines) throws RefusedException {
        Map<String, Object> raw = new LinkedHashMap<>();
        Map<String, Object> accounts = new LinkedHashMap<>();
        String template = "defaultconfigdevice";
        List<Line> ordered = lines.stream()
                .sorted(java.util.Comparator.comparingInt(Line::position).reversed())
                .toList();
        for (Line line : ordered) { // the first position last, so that its parameters win
            RawConfigs.overlay(raw, line.parameters());
            accounts.put(Integer.toString(line.position()), account(line));
            if (line.parameters().get("X_template") instanceof String own) {
                template = own;
            }
        }
        raw.put("sip_lines", accounts);
        try {
            ConfigValidation.check(raw);
        } catch (InvalidConfigException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        }
        Config before = ledger.configs().get(device.id());
        Config config = Config.of(device.id(), List.of("base", template), raw);
        return before == null ? config : config.withRevision(before.revision());
    }

    /** The account with the server of the registrar config where it names none itself. */
    private Map<String, Object> account(Line line) throws RefusedException {
        Map<String, Object> account = new LinkedHashMap<>(line.account());
        if (account.get("proxy_ip") == null) {
            Config registrar = ledger.configs().get("default");
            Object proxy = registrar == null ? null : registrar.others().get("proxy_main");
            if (proxy == null || proxy.equals("")) {
                throw new RefusedException(
                        Reason.INVALID,
                        "the line has no proxy_ip, and the config default (the registrar) has no proxy_main");
            }
            account.put("proxy_ip", proxy);
            putIfPresent(account, "registrar_ip", registrar.others().get("registrar_main"));
            putIfPresent(account, "backup_proxy_ip", registrar.others().get("proxy_backup"));
            putIfPresent(account, "backup_registrar_ip", registrar.others().get("registrar_backup"));
        }
        return account;
    }

    private static void putIfPresent(Map<String, Object> account, String name, Object value) {
        if (value != null && !value.equals("")) {
            account.putIfAbsent(name, value);
        }
    }
}
