// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.service.HealthSource;
import org.autoprov.core.service.Listener;
import org.autoprov.core.service.ProvisioningService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the server is ready: when each listener that a bundle's header {@code Autoprov-Listener} promises is open.
 * Then, and whenever a listener comes or goes later, writes {@code run/endpoints.json}.
 */
@Component(immediate = true)
public final class Readiness implements HealthSource {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String HEADER = "Autoprov-Listener";

    private final BundleContext context;
    private final Path file;
    private final Map<String, String> urls = new TreeMap<>();
    private boolean announced;
    private boolean closed;

    @Activate
    public Readiness(BundleContext context, @Reference ProvisioningService provisioning) {
        this.context = context;
        this.file = DataFolder.of(context).run().resolve("endpoints.json");
        delete();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addListener(Listener listener) {
        urls.put(listener.name(), listener.url());
        announce();
    }

    synchronized void removeListener(Listener listener) {
        urls.remove(listener.name(), listener.url());
        announce();
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        delete();
    }

    private void announce() {
        if (closed || file == null || !urls.keySet().containsAll(promised())) {
            return;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", ProcessHandle.current().pid());
        json.putAll(urls);
        try {
            DataFolder.write(file, Json.write(json) + "\n");
        } catch (IOException e) {
            LOG.error("{} cannot be written: {}", file, e.toString());
        }
        if (!announced) {
            announced = true;
            StringBuilder line = new StringBuilder("autoprov ready");
            urls.forEach(
                    (name, url) -> line.append(' ').append(name).append('=').append(url));
            System.out.println(line);
        }
    }

    /** Each listener that is promised: it is open, not yet, or not any more. */
    @Override
    public synchronized Map<String, State> health() {
        Map<String, State> states = new TreeMap<>();
        for (String name : promised()) {
            states.put(name, urls.containsKey(name) ? State.OK : announced ? State.FAIL : State.STARTING);
        }
        return states;
    }

    private Set<String> promised() {
        Set<String> names = new TreeSet<>();
        for (Bundle bundle : context.getBundles()) {
            String header = bundle.getHeaders("").get(HEADER);
            if (header != null) {
                Arrays.stream(header.split(",")).map(String::trim).forEach(names::add);
            }
        }
        return names;
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays", file, e);
        }
    }
}
