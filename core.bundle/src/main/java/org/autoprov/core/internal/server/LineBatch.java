// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** Many lines that are made and tied to devices together. For one try. */
final class LineBatch {

    /** A device that lines are being tied to. */
    private static final class Target {
        private Device device;
        private final List<Line> lines;

        Target(Device device, Collection<Line> lines) {
            this.device = device;
            this.lines = new ArrayList<>(lines);
        }
    }

    /** Checks a line that is to be made. */
    interface Fresh {
        Line of(Line line) throws RefusedException;
    }

    private final Ledger ledger;
    private final Positions positions;
    private final Batch batch;
    private final Fresh fresh;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Set<String> codes = new HashSet<>();

    LineBatch(Ledger ledger, Positions positions, Batch batch, Fresh fresh) {
        this.ledger = ledger;
        this.positions = positions;
        this.batch = batch;
        this.fresh = fresh;
    }

    /** Puts all of it into the batch. @return what becomes of the devices */
    List<Lifecycle.Outcome> compose(Collection<Line> wanted) throws RefusedException {
        for (Line line : wanted) {
            try {
                Line free = line.revision() == 0 ? coded(fresh.of(line)) : sameAsStored(line);
                place(line, free.boundTo(null, 0));
            } catch (RefusedException e) {
                String name = line.revision() == 0 ? line.username() : line.id() + " (" + line.username() + ")";
                throw new RefusedException(e.reason(), "line " + name + ": " + e.getMessage(), e);
            }
        }
        List<Lifecycle.Outcome> outcomes = new ArrayList<>(targets.size());
        for (Target target : targets.values()) {
            try {
                outcomes.add(
                        positions.compose(batch, target.device, target.lines, "associate", target.device.config()));
            } catch (RefusedException e) {
                throw new RefusedException(e.reason(), "device " + target.device.id() + ": " + e.getMessage(), e);
            }
        }
        return outcomes;
    }

    private Line coded(Line line) {
        while (true) {
            String code = Secrets.code();
            if (ledger.lines().byCode(code) == null && codes.add(code)) {
                return line.withCode(code);
            }
        }
    }

    private Line sameAsStored(Line line) throws RefusedException {
        Line stored = ledger.lines().get(line.id());
        if (stored == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no such line");
        }
        if (stored.revision() != line.revision()) {
            throw new RefusedException(Reason.STALE, "it was changed meanwhile");
        }
        if (stored.isBound()) {
            throw new RefusedException(Reason.CONFLICT, "the line is bound to another device already");
        }
        return stored;
    }

    private void place(Line wanted, Line free) throws RefusedException {
        String action = wanted.revision() == 0 ? "create" : "associate";
        if (!wanted.isBound()) {
            if (wanted.revision() == 0) {
                batch.put(free, action, "");
            }
            return;
        }
        Target target = targets.get(wanted.device());
        if (target == null) {
            Device device = ledger.devices().get(wanted.device());
            if (device == null) {
                throw new RefusedException(Reason.NOT_FOUND, "there is no device " + wanted.device());
            }
            target = new Target(device, ledger.lines().ofDevice(device.id()));
            targets.put(device.id(), target);
        }
        positions.account(free); // here the fault is this line's
        int at = positions.requirePosition(free, target.device, target.lines, wanted.position());
        String detail = "device " + wanted.device() + " position " + at;
        target.lines.add(batch.put(free.boundTo(wanted.device(), at), action, detail));
        target.lines.sort(Comparator.comparingInt(Line::position));
        target.device = positions.claimed(target.device, free.tenant(), null);
    }
}
