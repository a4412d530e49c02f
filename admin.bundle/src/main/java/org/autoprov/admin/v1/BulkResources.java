// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkService;
import org.autoprov.core.service.RefusedException;

/**
 * Devices and lines of the caller's tenants as CSV files. {@code GET} exports; {@code POST} imports, with
 * {@code dry_run=true} only checks. 200 with a report; 422 with the same report under {@code report} when rows are bad, and
 * nothing is stored then; 409, 412 when somebody changed the same meanwhile.
 */
final class BulkResources {

    private static final String ACCESS = "provd.v1.bulk";
    private static final String CSV = "text/csv; charset=utf-8";

    private final BulkService bulk;

    BulkResources(BulkService bulk) {
        this.bulk = bulk;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/1/devices.csv", ACCESS + ".devices.read", this::exportDevices),
                Route.post("/1/devices.csv", ACCESS + ".devices.create", this::importDevices)
                        .with(Route.Body.CSV),
                Route.get("/1/lines.csv", ACCESS + ".lines.read", this::exportLines),
                Route.post("/1/lines.csv", ACCESS + ".lines.create", this::importLines)
                        .with(Route.Body.CSV));
    }

    private ApiReply exportDevices(Exchange exchange) {
        return csv("devices.csv", bulk.exportDevices(exchange.caller()));
    }

    /** Passwords and codes only with {@code secrets=true}. */
    private ApiReply exportLines(Exchange exchange) throws Problem {
        return csv("lines.csv", bulk.exportLines(exchange.caller(), exchange.secrets()));
    }

    private static ApiReply csv(String name, String text) {
        return ApiReply.of(200, CSV, text)
                .with("Content-Disposition", "attachment; filename=\"" + name + '"')
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-store");
    }

    private ApiReply importDevices(Exchange exchange) throws Problem, RefusedException {
        return told(bulk.importDevices(exchange.caller(), exchange.bytes(), exchange.flag("dry_run")));
    }

    private ApiReply importLines(Exchange exchange) throws Problem, RefusedException {
        return told(bulk.importLines(exchange.caller(), exchange.bytes(), exchange.flag("dry_run")));
    }

    private static ApiReply told(BulkReport report) throws Problem {
        if (report.failed() == 0) {
            return Answers.json(write(report));
        }
        throw new Problem(
                Problem.Type.INVALID,
                report.failed() + (report.failed() == 1 ? " row is" : " rows are") + " bad, nothing is stored",
                "report",
                write(report));
    }

    private static Map<String, Object> write(BulkReport report) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("applied", report.applied());
        view.put("rows", (long) report.rows());
        view.put("created", (long) report.created());
        view.put("updated", (long) report.updated());
        view.put("unchanged", (long) report.unchanged());
        view.put("failed", (long) report.failed());
        view.put("bad", report.bad().stream().map(BulkResources::write).toList());
        return view;
    }

    private static Map<String, Object> write(BulkReport.BadRow bad) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("row", (long) bad.row());
        view.put("column", bad.column().isEmpty() ? null : bad.column());
        view.put("reason", bad.reason());
        return view;
    }
}
