// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.config.Config;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.IpText;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** What becomes of a device when lines are tied to its positions, or untied. Stores nothing itself. */
final class Positions {

    private static final int MAX_POSITION = 10_000;

    private final Lifecycle lifecycle;
    private final Ledger ledger;

    Positions(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
    }

    /** The device once a line of this tenant is tied to it. */
    Device claimed(Device device, String tenant, String address) throws RefusedException {
        String owner = device.shared() ? device.tenant() : tenant;
        return device.edit()
                .tenant(owner)
                .isNew(owner.equals(ledger.tenants().master().id()))
                .trustedAddress(trusted(device, address))
                .build();
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

    /** Where a line can be tied. @param wanted 0 for the first free position */
    int requirePosition(Line line, Device device, List<Line> others, int wanted) throws RefusedException {
        if (line.isBound()) {
            throw new RefusedException(Reason.CONFLICT, "the line is bound to another device already");
        }
        boolean moves = device.isNew() && others.isEmpty(); // once, with its first line
        if (!moves && !device.shared() && !device.tenant().equals(line.tenant())) {
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

    /**
     * Writes the config that a device's lines make, gives it to the device, and makes its files; in the batch.
     *
     * @param oldConfig what the device had
     */
    Lifecycle.Outcome compose(Batch batch, Device device, List<Line> lines, String action, String oldConfig)
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
        return new Lifecycle.Outcome(stored, outcome.problem());
    }

    private Config configOf(Device device, List<Line> lines) throws RefusedException {
        Map<String, Object> raw = new LinkedHashMap<>();
        Map<String, Object> accounts = new LinkedHashMap<>();
        String template = "defaultconfigdevice";
        List<Line> ordered = lines.stream()
                .sorted(Comparator.comparingInt(Line::position).reversed())
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
    Map<String, Object> account(Line line) throws RefusedException {
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
