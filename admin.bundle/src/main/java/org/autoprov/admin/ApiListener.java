// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.admin.metrics.Telemetry;
import org.autoprov.admin.rest.RestApi;
import org.autoprov.admin.rest.Services;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.ListenAddress;
import org.autoprov.core.service.Listener;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.StartFailure;
import org.autoprov.core.service.Synchronizer;
import org.autoprov.core.service.TenantService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Administrators over HTTP. The socket is open when the component is active; only then is the {@link Listener}
 * registered, by hand, because declarative services would announce it before.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.autoprov",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ApiSettings.class)
public final class ApiListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ApiListener.class);

    private static final long PATIENCE_MILLIS = 5_000;
    private static final int BACKGROUND_THREADS = 4;
    private static final int BACKGROUND_QUEUE = 10_000;

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

    private final ThreadPoolExecutor background;
    private final ApiServer server;
    private final String url;
    private final ServiceRegistration<Listener> registration;

    @Activate
    public ApiListener(
            BundleContext context,
            ApiSettings settings,
            @Reference DeviceService devices,
            @Reference ConfigService configs,
            @Reference TenantService tenants,
            @Reference PluginService plugins,
            @Reference PluginRepository repository,
            @Reference ParameterService parameters,
            @Reference ProvisioningService provisioning,
            @Reference OperationService operations,
            @Reference Telemetry telemetry,
            @Reference(target = "(api.path=1)") Api version1) {
        check("api.port", settings.api_port(), 0, 65_535);
        check("api.body.max", settings.api_body_max(), 65_536, 1 << 30);
        check("api.threads", settings.api_threads(), 4, 1_000);
        background = background();
        Services services = new Services(
                () -> identity,
                devices,
                configs,
                tenants,
                plugins,
                provisioning,
                parameters,
                repository,
                () -> packages,
                this::synchronizer,
                operations,
                background,
                Clock.systemUTC());
        ListenAddress address = new ListenAddress(settings.api_host(), settings.api_port());
        try {
            server = ApiServer.open(
                    settings.api_host(),
                    settings.api_port(),
                    settings.api_threads(),
                    settings.api_body_max(),
                    telemetry.measured(new Apis(
                            Map.of(
                                    "1",
                                    version1,
                                    "metrics",
                                    telemetry.metrics(() -> identity, settings.api_metrics_public()),
                                    "health",
                                    telemetry.health(() -> identity)),
                            new RestApi(services))));
        } catch (IOException e) {
            background.shutdownNow();
            throw address.failure("api.port", e);
        }
        url = "http://" + new ListenAddress(settings.api_host(), server.port()).authority();
        registration = context.registerService(Listener.class, this, null);
        LOG.info("The API for administrators is served on {}", url);
    }

    private Synchronizer synchronizer() {
        Synchronizer now = synchronizer;
        return now == null ? Synchronizer.NONE : now;
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw StartFailure.tell(name + ": must be " + least + " to " + most + ", not " + value, null);
        }
    }

    private static ThreadPoolExecutor background() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                BACKGROUND_THREADS,
                BACKGROUND_THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(BACKGROUND_QUEUE),
                task -> {
                    Thread thread = new Thread(task, "api-background-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        shutDown(PATIENCE_MILLIS);
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void shutDown(long millis) {
        server.shutDown(millis);
        background.shutdownNow();
    }
}
