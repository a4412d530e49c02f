// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.function.Supplier;
import org.autoprov.core.service.AuditService;
import org.autoprov.core.service.ChangeMonitor;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.Synchronizer;
import org.autoprov.core.service.TenantMirror;
import org.autoprov.core.service.TenantService;
import org.autoprov.core.service.TokenService;

/**
 * What the resources work on.
 *
 * @param mirror deletes tenants with all that is theirs
 * @param repository gives where plugins come from; never null but in tests
 * @param packages gives null while there is none; no plugin has packages then
 * @param synchronizer gives the one to use now; never null
 */
record Services(
        DeviceService devices,
        ConfigService configs,
        LineService lines,
        TenantService tenants,
        TenantMirror mirror,
        TokenService tokens,
        PluginService plugins,
        Supplier<PluginRepository> repository,
        OperationService operations,
        AuditService audit,
        RequestMonitor requests,
        ChangeMonitor changes,
        Supplier<PackageService> packages,
        Supplier<Synchronizer> synchronizer) {}
