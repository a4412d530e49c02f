// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Clock;
import org.autoprov.admin.Api;
import org.autoprov.admin.ApiReply;
import org.autoprov.admin.ApiRequest;
import org.autoprov.core.service.AuditService;
import org.autoprov.core.service.ChangeMonitor;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.IdentityService;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The API 1 with the services that it works on. */
@Component(service = Api.class, property = "api.path=1")
public final class ApiV1Component implements Api {

    /** Whoever knows the tokens; another one may take its place while the API runs. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile IdentityService identity;

    /** Null: no plugin has packages. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PackageService packages;

    /** Null: nothing can reach a phone. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Synchronizer synchronizer;

    private final ApiV1 api;

    @Activate
    public ApiV1Component(
            @Reference DeviceService devices,
            @Reference ConfigService configs,
            @Reference LineService lines,
            @Reference TenantService tenants,
            @Reference TenantMirror mirror,
            @Reference TokenService tokens,
            @Reference PluginService plugins,
            @Reference PluginRepository repository,
            @Reference OperationService operations,
            @Reference AuditService audit,
            @Reference RequestMonitor requests,
            @Reference ChangeMonitor changes,
            @Reference EventFeed events) {
        Services services = new Services(
                devices,
                configs,
                lines,
                tenants,
                mirror,
                tokens,
                plugins,
                () -> repository,
                operations,
                audit,
                requests,
                changes,
                () -> packages,
                this::synchronizer);
        api = new ApiV1(services, () -> identity, Clock.systemUTC(), events);
    }

    private Synchronizer synchronizer() {
        Synchronizer now = synchronizer;
        return now == null ? Synchronizer.NONE : now;
    }

    @Override
    public ApiReply answer(ApiRequest request) {
        return api.answer(request);
    }

    @Override
    @Deactivate
    public void close() {
        api.close();
    }
}
