// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkService;
import org.autoprov.core.service.Caller;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Devices and lines as CSV files. */
@Component
public final class CsvBulk implements BulkService {

    private final DeviceBulk devices;
    private final LineBulk lines;

    @Activate
    public CsvBulk(@Reference DeviceService devices, @Reference LineService lines, @Reference TenantService tenants) {
        this.devices = new DeviceBulk(devices, lines, tenants);
        this.lines = new LineBulk(lines, devices, tenants);
    }

    @Override
    public String exportDevices(Caller caller) {
        return devices.exportCsv(caller);
    }

    @Override
    public BulkReport importDevices(Caller caller, byte[] csv, boolean dryRun) throws RefusedException {
        return devices.importCsv(caller, csv, dryRun);
    }

    @Override
    public String exportLines(Caller caller, boolean secrets) {
        return lines.exportCsv(caller, secrets);
    }

    @Override
    public BulkReport importLines(Caller caller, byte[] csv, boolean dryRun) throws RefusedException {
        return lines.importCsv(caller, csv, dryRun);
    }
}
