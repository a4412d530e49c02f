// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.autoprov.admin.Api;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.TenantService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Gathers whatever in the server can be measured or can be healthy, and makes APIs of it. Thread-safe. */
@Component(service = Telemetry.class)
public final class Telemetry {

    private final Collection<MetricSource> metricSources = new CopyOnWriteArrayList<>();
    private final Collection<HealthSource> healthSources = new CopyOnWriteArrayList<>();
    private final TenantService tenants;
    private final ServerState server;
    private final ProcessState process;

    @Activate
    public Telemetry(
            BundleContext context,
            @Reference DeviceService devices,
            @Reference LineService lines,
            @Reference PluginService plugins,
            @Reference OperationService operations,
            @Reference TenantService tenants) {
        this(context.getBundle().getVersion().toString(), devices, lines, plugins, operations, tenants);
    }

    Telemetry(
            String version,
            DeviceService devices,
            LineService lines,
            PluginService plugins,
            OperationService operations,
            TenantService tenants) {
        this.tenants = tenants;
        server = new ServerState(devices, lines, plugins, operations);
        process = new ProcessState(version);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMetricSource(MetricSource source) {
        metricSources.add(source);
    }

    void removeMetricSource(MetricSource source) {
        metricSources.remove(source);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHealthSource(HealthSource source) {
        healthSources.add(source);
    }

    void removeHealthSource(HealthSource source) {
        healthSources.remove(source);
    }

    /**
     * What answers below {@code /metrics}.
     *
     * @param identity gives null while there is none
     * @param open whether anybody may read them; else a token of the master tenant with the access
     *     {@code provd.metrics.read} is needed
     */
    public Api metrics(Supplier<IdentityService> identity, boolean open) {
        return new MetricsApi(identity, () -> tenants.master().id(), open, this::measure);
    }

    /** What answers below {@code /health}. @param identity gives null while there is none */
    public Api health(Supplier<IdentityService> identity) {
        return new HealthApi(() -> healthSources, () -> identity.get() != null);
    }

    /** The same API, but its requests are counted. @param api with all versions in it */
    public Api measured(Api api) {
        MeasuredApi measured = new MeasuredApi(api);
        metricSources.add(measured);
        return measured;
    }

    private void measure(Exposition exposition) {
        process.measure(exposition);
        exposition.add(server);
        metricSources.forEach(exposition::add);
    }
}
