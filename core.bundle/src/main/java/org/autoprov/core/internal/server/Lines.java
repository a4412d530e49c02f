// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
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

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Lifecycle lifecycle;
    private final Ledger ledger;
    private final Positions positions;

    @Activate
    public Lines(@Reference Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
        this.positions = new Positions(lifecycle);
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
        return create(actor, null, tenant, account, parameters);
    }

    @Override
    public Line create(
            String actor, String id, String tenant, Map<String, Object> account, Map<String, Object> parameters)
            throws RefusedException {
        if (id != null && !ID.matcher(id).matches()) {
            throw new RefusedException(
                    Reason.INVALID, "a line's id must have 1 to 64 letters, digits, or characters of - _ .");
        }
        String ownId = id == null ? Secrets.uuid() : id;
        Line fresh = fresh(new Line(ownId, 0, tenant, "", account, parameters, null, 0));
        requireCodes(1);
        try {
            return withNewCode(actor, "create", fresh::withCode);
        } catch (RefusedException e) {
            if (e.reason() != Reason.STALE) {
                throw e;
            }
            throw new RefusedException(Reason.CONFLICT, "a line with the id " + ownId + " exists", e);
        }
    }

    /** A line as it can be made. */
    private Line fresh(Line line) throws RefusedException {
        if (ledger.lines().get(line.id()) != null) {
            throw new RefusedException(Reason.CONFLICT, "a line with the id " + line.id() + " exists");
        }
        if (ledger.tenants().get(line.tenant()) == null) {
            throw new RefusedException(Reason.INVALID, "there is no tenant " + line.tenant());
        }
        Map<String, Object> own = RawConfigs.withoutNulls(line.account());
        check(own, line.parameters());
        return line.with(own, line.parameters());
    }

    private void requireCodes(int more) throws RefusedException {
        if (ledger.lines().all().size() + more > MAX_LINES) {
            throw new RefusedException(Reason.CONFLICT, "more than " + MAX_LINES + " lines share the six-digit codes");
        }
    }

    @Override
    public void putAll(String actor, Collection<Line> wanted) throws RefusedException {
        requireCodes((int) wanted.stream().filter(line -> line.revision() == 0).count());
        for (int attempt = 1; ; attempt++) {
            Batch batch = ledger.batch(actor);
            List<Lifecycle.Outcome> outcomes = new LineBatch(ledger, positions, batch, this::fresh).compose(wanted);
            try {
                ledger.commit(batch);
                outcomes.forEach(lifecycle::note);
                return;
            } catch (RefusedException e) {
                boolean overtaken = e.reason() == Reason.STALE || e.reason() == Reason.CONFLICT; // or a code was taken
                if (!overtaken || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Stores a line with a code that no other has. */
    private Line withNewCode(String actor, String action, Function<String, Line> line) throws RefusedException {
        while (true) {
            String code = Secrets.code();
            if (ledger.lines().byCode(code) != null) {
                continue;
            }
            Batch batch = ledger.batch(actor);
            Line stored = batch.put(line.apply(code), action, "");
            try {
                ledger.commit(batch);
                return stored;
            } catch (RefusedException e) {
                if (e.reason() != Reason.CONFLICT) {
                    throw e;
                }
                // somebody else was given the same code at this moment: take another
            }
        }
    }

    @Override
    public Line renewCode(String actor, String id) throws RefusedException {
        for (int attempt = 1; ; attempt++) {
            Line line = existing(id);
            try {
                return withNewCode(actor, "renew code", line::withCode);
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Line update(String actor, Line line) throws RefusedException {
        Map<String, Object> own = RawConfigs.withoutNulls(line.account());
        check(own, line.parameters());
        for (int attempt = 1; ; attempt++) {
            Line before = existing(line.id());
            if (line.revision() != 0 && line.revision() != before.revision()) {
                throw new RefusedException(Reason.STALE, "the line was changed meanwhile");
            }
            if (own.equals(before.account()) && line.parameters().equals(before.parameters())) {
                return before;
            }
            Batch batch = ledger.batch(actor);
            Line stored = batch.put(before.with(own, line.parameters()), "update", "");
            Device device = ledger.devices().get(before.device());
            try {
                if (device == null) {
                    ledger.commit(batch);
                } else {
                    List<Line> lines = new ArrayList<>(ledger.lines().ofDevice(device.id()));
                    lines.replaceAll(other -> other.id().equals(stored.id()) ? stored : other);
                    commit(batch, device, lines, "update", device.config());
                }
                return stored;
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void check(Map<String, Object> account, Map<String, Object> parameters) throws RefusedException {
        for (String name : List.of("username", "password", "display_name")) {
            if (!(account.get(name) instanceof String text) || text.isEmpty()) {
                throw new RefusedException(Reason.INVALID, "the account's " + name + " must be a text");
            }
        }
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
            int at = positions.requirePosition(line, device, lines, position);
            Batch batch = ledger.batch(actor);
            Line bound = batch.put(line.boundTo(deviceId, at), "associate", "device " + deviceId + " position " + at);
            lines.add(bound);
            try {
                Device edited = positions.claimed(device, line.tenant(), address);
                return commit(batch, edited, lines, "associate", device.config());
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    throw e;
                }
            }
        }
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
        Lifecycle.Outcome outcome = positions.compose(batch, device, lines, action, oldConfig);
        ledger.commit(batch);
        lifecycle.note(outcome);
        return outcome.device();
    }
}
