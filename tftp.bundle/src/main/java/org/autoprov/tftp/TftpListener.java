// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.io.IOException;
import org.autoprov.core.service.CounterSource;
import org.autoprov.core.service.ListenAddress;
import org.autoprov.core.service.Listener;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.ProvisioningService;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.StartFailure;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Phones over TFTP. The socket is open when the component is active; only then is the {@link Listener} registered, by
 * hand, because declarative services would announce it before.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.autoprov",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TftpSettings.class)
public final class TftpListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TftpListener.class);

    private static final long PATIENCE_MILLIS = 5_000;

    private final TftpServer server;
    private final String url;
    private final ServiceRegistration<?> counters;
    private final ServiceRegistration<Listener> registration;

    @Activate
    public TftpListener(
            BundleContext context,
            PhonesAddress address,
            TftpSettings settings,
            @Reference ProvisioningService provisioning,
            @Reference RequestMonitor monitor) {
        TftpOptions options;
        try {
            options = TftpOptions.from(address, settings);
        } catch (IllegalArgumentException e) {
            throw StartFailure.tell(e.getMessage(), e);
        }
        try {
            server = TftpServer.open(options, provisioning, monitor);
        } catch (IOException e) {
            throw new ListenAddress(options.host(), options.port()).failure("tftp.port", e);
        }
        url = "udp://" + new ListenAddress(options.host(), server.port()).authority();
        counters = context.registerService(
                new String[] {CounterSource.class.getName(), MetricSource.class.getName()}, server.counters(), null);
        registration = context.registerService(Listener.class, this, null);
        LOG.info("Phones are served on {}", url);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        counters.unregister();
        shutDown(PATIENCE_MILLIS);
    }

    @Override
    public String name() {
        return "tftp";
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void shutDown(long millis) {
        server.shutDown(millis);
    }
}
