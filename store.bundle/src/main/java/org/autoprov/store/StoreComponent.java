// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.nio.file.Path;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store of the settings and registers it. A declared service would be registered before its component is
 * activated, that is before the store is open; so this registers it itself and declares it for the resolver.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.autoprov",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StoreSettings.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.autoprov.core.store.Store'",
        effective = "active",
        uses = Store.class)
public final class StoreComponent {

    /** The framework property with the path of the data folder. */
    static final String DATA = "autoprov.data";

    /** The system property that tells the launcher, in one line, why the server cannot run. */
    static final String FAILURE = "autoprov.failure";

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    private final String url;
    private final SqliteStore store;
    private final ServiceRegistration<?> registration;

    @Activate
    public StoreComponent(BundleContext context, StoreSettings settings) {
        url = settings.store_url();
        try {
            String data = context.getProperty(DATA);
            if (data == null || data.isBlank()) {
                throw new StoreException("the framework property " + DATA + " does not name a data folder", null);
            }
            store = SqliteStore.open(Path.of(data), url);
        } catch (RuntimeException | Error e) {
            String line = e instanceof StoreException ? e.getMessage() : "the store cannot be opened: " + e;
            System.setProperty(FAILURE, line.lines().findFirst().orElse("the store cannot be opened"));
            throw e;
        }
        registration = context.registerService(
                new String[] {Store.class.getName(), MetricSource.class.getName(), HealthSource.class.getName()},
                store,
                null);
        LOG.info("The store is open: {}", store.description());
    }

    /** Other settings on the same PID change at run time; the store stays open meanwhile. */
    @Modified
    void modified(StoreSettings settings) {
        if (!settings.store_url().equals(url)) {
            LOG.warn("store.url has changed; it takes effect with the next start");
        }
    }

    @Deactivate
    void close() {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("The framework has unregistered the store already", e);
        }
        store.close();
        LOG.info("The store is closed");
    }
}
