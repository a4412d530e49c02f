// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TenantService;

/**
 * Lines as a CSV file. A row names its line by {@code id}, or by {@code username} in its tenant; when there is none
 * yet, it makes one. {@code device} (an id or a MAC address) binds the line, at {@code position} or the first free one.
 * A stored line itself does not change, and an empty cell says nothing, so that an exported file, imported again,
 * changes nothing. Thread-safe.
 */
final class LineBulk {

    /** What a row can set, in the order of an export; {@code template} is the parameter {@code X_template}. */
    static final Set<String> COLUMNS;

    /** The code that binds a device to the line: an export with secrets has it, an import does not look at it. */
    static final String CODE_COLUMN = "code";

    /** Parts of an account, in the names of {@code sip_lines.N}. */
    static final Set<String> ACCOUNT = DeviceBulk.ordered(
            "username",
            "password",
            "display_name",
            "number",
            "auth_username",
            "proxy_ip",
            "proxy_port",
            "backup_proxy_ip",
            "backup_proxy_port",
            "registrar_ip",
            "registrar_port",
            "backup_registrar_ip",
            "backup_registrar_port",
            "outbound_proxy_ip",
            "outbound_proxy_port",
            "dtmf_mode",
            "srtp_mode",
            "voicemail");

    static {
        Set<String> columns = new LinkedHashSet<>(List.of("id", Tenants.COLUMN));
        columns.addAll(ACCOUNT);
        columns.addAll(List.of("template", "device", "position"));
        COLUMNS = Collections.unmodifiableSet(columns);
    }

    private final LineService lines;
    private final DeviceService devices;
    private final TenantService tenants;

    LineBulk(LineService lines, DeviceService devices, TenantService tenants) {
        this.lines = lines;
        this.devices = devices;
        this.tenants = tenants;
    }

    /** As {@link DeviceBulk#importCsv}. */
    BulkReport importCsv(Caller caller, byte[] csv, boolean dryRun) throws RefusedException {
        Set<String> columns = new LinkedHashSet<>(COLUMNS);
        columns.add(CODE_COLUMN);
        return Plan.run(
                csv,
                columns,
                new LineRows(lines, devices, new Tenants(tenants, caller)),
                dryRun,
                changes -> lines.putAll(caller.actor(), changes));
    }

    /**
     * The lines of the caller's tenants, by tenant, user name and id, with a header.
     *
     * @param secrets whether with passwords and codes; without, the file has no such columns
     */
    String exportCsv(Caller caller, boolean secrets) {
        List<Line> own = lines.all().stream()
                .filter(line -> caller.tenants().contains(line.tenant()))
                .sorted(Comparator.comparing(Line::tenant)
                        .thenComparing(Line::username)
                        .thenComparing(Line::id))
                .toList();
        List<String> header = new ArrayList<>(COLUMNS);
        if (secrets) {
            header.add(CODE_COLUMN);
        } else {
            header.remove("password");
        }
        StringBuilder out = new StringBuilder();
        CsvText.write(out, header);
        for (Line line : own) {
            CsvText.write(out, header.stream().map(column -> cell(line, column)).toList());
        }
        return out.toString();
    }

    private static String cell(Line line, String column) {
        return switch (column) {
            case "id" -> line.id();
            case Tenants.COLUMN -> line.tenant();
            case CODE_COLUMN -> line.code();
            case "device" -> line.isBound() ? line.device() : "";
            case "position" -> line.isBound() ? Integer.toString(line.position()) : "";
            case "template" -> line.parameters().get("X_template") instanceof String template ? template : "";
            default -> accountText(line, column);
        };
    }

    /** A part of the account as text; empty when it is not there. */
    static String accountText(Line line, String name) {
        Object value = line.account().get(name);
        return value == null ? "" : value.toString();
    }
}
