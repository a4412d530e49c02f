// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TenantService;

/**
 * Devices as a CSV file. A row names its device by {@code id}, or by {@code mac}; when there is none yet, it makes one.
 * An empty cell, or a column that is not there, leaves what is stored. An exported file, imported again, changes
 * nothing. Thread-safe.
 */
final class DeviceBulk {

    /** What a row can set, in the order of an export. {@code tenant} is an id or a name. */
    static final Set<String> COLUMNS = ordered(
            "id", "tenant", "mac", "ip", "sn", "uuid", "vendor", "model", "version", "plugin", "config", "description");

    /** What an export has besides; an import does not look at it. */
    static final Set<String> READ_ONLY_COLUMNS = ordered("configured", "added");

    private final DeviceService devices;
    private final LineService lines;
    private final TenantService tenants;

    DeviceBulk(DeviceService devices, LineService lines, TenantService tenants) {
        this.devices = devices;
        this.lines = lines;
        this.tenants = tenants;
    }

    /**
     * Checks a file, and unless it is a dry run or some row is bad, stores all of it together. Does not throw for anything
     * in the file: the report says it.
     *
     * @param csv UTF-8 with a header
     * @param dryRun whether to check only
     * @throws RefusedException when somebody changed the same meanwhile, or the store is away; nothing is stored then
     */
    BulkReport importCsv(Caller caller, byte[] csv, boolean dryRun) throws RefusedException {
        Set<String> columns = new LinkedHashSet<>(COLUMNS);
        columns.addAll(READ_ONLY_COLUMNS);
        return Plan.run(
                csv,
                columns,
                new DeviceRows(devices, lines, new Tenants(tenants, caller)),
                dryRun,
                changes -> devices.putAll(caller.actor(), changes));
    }

    /** The devices of the caller's tenants, by tenant, MAC address and id, with a header. */
    String exportCsv(Caller caller) {
        List<Device> own = devices.all().stream()
                .filter(device -> caller.tenants().contains(device.tenant()))
                .sorted(Comparator.comparing(Device::tenant)
                        .thenComparing(Device::mac, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Device::id))
                .toList();
        StringBuilder out = new StringBuilder();
        List<String> header = new ArrayList<>(COLUMNS);
        header.addAll(READ_ONLY_COLUMNS);
        CsvText.write(out, header);
        for (Device d : own) {
            CsvText.write(
                    out,
                    Arrays.asList(
                            d.id(),
                            d.tenant(),
                            d.mac() == null ? "" : d.mac().toString(),
                            d.ip(),
                            d.sn(),
                            d.uuid(),
                            d.vendor(),
                            d.model(),
                            d.version(),
                            d.plugin(),
                            d.config(),
                            d.description(),
                            String.valueOf(d.configured()),
                            d.addedByRequest() ? "auto" : ""));
        }
        return out.toString();
    }

    static Set<String> ordered(String... names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }
}
