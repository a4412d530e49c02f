// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.autoprov.core.internal.template.CustomTemplates;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads vendor bundles, and registers their services in their own names. Thread-safe. */
@Component(service = PluginKit.class)
public final class BundlePluginKit implements PluginKit {

    private final CustomTemplates custom;
    private final PluginSettings settings;

    @Activate
    public BundlePluginKit(@Reference CustomTemplates custom, @Reference PluginSettings settings) {
        this.custom = custom;
        this.settings = settings;
    }

    @Override
    public Registration register(
            BundleContext context, BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        return register(context, FamilyFiles::identifier, generator);
    }

    @Override
    public Registration register(
            BundleContext context,
            Function<FamilyFiles, DeviceIdentifier> identifier,
            BiFunction<FamilyFiles, FirmwareLine, ConfigGenerator> generator) {
        VendorFiles files =
                VendorFiles.read(context.getBundle()::getEntry, custom).with(settings);
        DeviceIdentifier identifies = identifier.apply(files);
        List<ConfigGenerator> generators = new ArrayList<>();
        files.lines().forEach(line -> generators.add(generator.apply(files, line)));
        Services services = new Services();
        try {
            // Generators first: a phone that is recognised can be given to its plugin at once.
            for (int i = 0; i < generators.size(); i++) {
                Dictionary<String, Object> properties = properties(files);
                properties.put(PLUGIN, files.lines().get(i).pluginId());
                services.add(context.registerService(ConfigGenerator.class, generators.get(i), properties));
            }
            services.add(context.registerService(DeviceIdentifier.class, identifies, properties(files)));
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
        return services;
    }

    private static Dictionary<String, Object> properties(FamilyFiles files) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(FAMILY, files.family());
        return properties;
    }

    /** The services of one bundle; the last one goes first. */
    private static final class Services implements Registration {
        private final Deque<ServiceRegistration<?>> open = new ArrayDeque<>();

        synchronized void add(ServiceRegistration<?> service) {
            open.push(service);
        }

        @Override
        public synchronized void close() {
            while (!open.isEmpty()) {
                try {
                    open.pop().unregister();
                } catch (IllegalStateException e) {
                    continue; // the bundle stopped, and the framework took it back
                }
            }
        }
    }
}
