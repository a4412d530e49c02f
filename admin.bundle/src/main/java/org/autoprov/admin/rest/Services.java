// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.Synchronizer;
import org.autoprov.core.service.TenantService;

/**
 * What the resources work on.
 *
 * @param identity gives null while there is none
 * @param packages gives null while there is none; no plugin has packages then
 * @param synchronizer gives the one to use now; never null
 * @param operations the list that shell and API 1 show
 * @param background runs what a call does not wait for
 * @param clock when operations are old
 */
public record Services(
        Supplier<IdentityService> identity,
        DeviceService devices,
        ConfigService configs,
        TenantService tenants,
        PluginService plugins,
        ProvisioningService provisioning,
        ParameterService parameters,
        PluginRepository repository,
        Supplier<PackageService> packages,
        Supplier<Synchronizer> synchronizer,
        OperationService operations,
        Executor background,
        Clock clock) {}
