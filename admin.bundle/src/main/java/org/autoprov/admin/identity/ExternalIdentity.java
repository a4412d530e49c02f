// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.IdentityService;
import org.autoprov.core.service.TenantMirror;
import org.autoprov.core.service.TenantService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With {@code auth.url} set, offers the identity service that lies there, before the built-in tokens. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.autoprov",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ExternalIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalIdentity.class);
    private static final int RANKING = 100;

    private ServiceRegistration<IdentityService> registration;
    private ScheduledExecutorService timer;

    /** Registers nothing for a bad URL: then nobody is let in, since the built-in tokens do not count either. */
    @Activate
    public ExternalIdentity(
            BundleContext context,
            IdentitySettings settings,
            @Reference TenantService tenants,
            @Reference DeviceService devices,
            @Reference TenantMirror mirror) {
        if (settings.auth_url().isBlank()) {
            return;
        }
        WazoAuth auth;
        try {
            auth = new WazoAuth(settings.auth_url());
        } catch (IllegalArgumentException e) {
            LOG.error("auth.url is not an http or https URL: nobody is let in");
            return;
        }
        ServiceAccount account = new ServiceAccount(auth, settings.auth_username(), settings.auth_password());
        if (!account.isSet()) {
            LOG.warn("auth.username is not set: the master tenant is not known, deleted tenants are not swept");
        }
        KnownTenants known = new KnownTenants(account, tenants, devices, mirror);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "identity-sweep");
            thread.setDaemon(true);
            return thread;
        });
        timer.execute(() -> known.adoptMaster(Deadline.in(ServiceAccount.LIMIT)));
        timer.scheduleWithFixedDelay(
                () -> sweep(known), settings.syncdb_start__sec(), settings.syncdb_interval__sec(), TimeUnit.SECONDS);
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(Constants.SERVICE_RANKING, RANKING));
        registration = context.registerService(IdentityService.class, new RemoteIdentity(auth, known), properties);
    }

    /** One that fails must not be the last. */
    private static void sweep(KnownTenants known) {
        try {
            known.sweep();
        } catch (RuntimeException e) {
            LOG.error("sweeping deleted tenants failed", e);
        }
    }

    @Deactivate
    void close() {
        if (registration != null) {
            registration.unregister();
        }
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
