// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that serve now. A vendor bundle's services come and go at any time; a request works on one consistent
 * snapshot. Of two services for the same plugin the one that came last serves, so a new version takes over in one step
 * while the old one still runs.
 *
 * <p>When a vendor bundle stops without having been uninstalled through us (Felix's {@code update} stops and starts it),
 * requests wait up to {@link #GAP_MILLIS} for its return, so that none is lost.
 */
@Component(service = PluginRegistry.class)
public final class PluginRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);
    private static final long GAP_MILLIS = 2000;

    private final BundleContext context;
    private final Watchdog watchdog = new Watchdog();
    private final Map<Long, Plugin> generators = new TreeMap<>();
    private final Map<Long, Identifier> identifiers = new TreeMap<>();
    private final List<Consumer<Snapshot>> observers = new CopyOnWriteArrayList<>();
    private final Object gapLock = new Object();
    private final ServiceTracker<ConfigGenerator, Plugin> generatorTracker;
    private final ServiceTracker<DeviceIdentifier, Identifier> identifierTracker;
    private volatile Predicate<String> enabled = id -> true;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());
    private volatile long gapUntilNanos;
    private final Set<String> missing = new HashSet<>();
    private final Set<String> missingFamilies = new HashSet<>();

    /** A family's identifier behind its fence. @param headersRead as {@link DeviceIdentifier#headersRead} says */
    public record Identifier(String family, DeviceIdentifier identifier, Fence fence, Set<String> headersRead) {}

    /**
     * What serves at one moment.
     *
     * @param plugins enabled plugins by id
     * @param identifiers of families with an enabled plugin, by family name
     */
    public record Snapshot(Map<String, Plugin> plugins, List<Identifier> identifiers) {

        public Plugin get(String id) {
            return id == null ? null : plugins.get(id);
        }

        public Collection<Plugin> all() {
            return plugins.values();
        }
    }

    @Activate
    public PluginRegistry(BundleContext context) {
        this.context = context;
        this.generatorTracker = new ServiceTracker<>(context, ConfigGenerator.class, new Customizer<>() {
            @Override
            Plugin add(ServiceReference<ConfigGenerator> reference, ConfigGenerator service, long id) {
                return addGenerator(reference, service, id);
            }

            @Override
            void remove(ServiceReference<ConfigGenerator> reference, Plugin plugin, long id) {
                removeService(generators, reference, id);
            }
        });
        this.identifierTracker = new ServiceTracker<>(context, DeviceIdentifier.class, new Customizer<>() {
            @Override
            Identifier add(ServiceReference<DeviceIdentifier> reference, DeviceIdentifier service, long id) {
                return addIdentifier(reference, service, id);
            }

            @Override
            void remove(ServiceReference<DeviceIdentifier> reference, Identifier identifier, long id) {
                removeService(identifiers, reference, id);
            }
        });
        identifierTracker.open();
        generatorTracker.open();
    }

    @Deactivate
    void close() {
        generatorTracker.close();
        identifierTracker.close();
        watchdog.close();
    }

    /** The plugins that serve now. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Which plugin ids are enabled; all are until this is called. */
    void enable(Predicate<String> predicate) {
        enabled = predicate;
        rebuild();
    }

    /** Makes a plugin another one of the same service: what the old one made is made anew. */
    void renew(String id) {
        synchronized (this) {
            generators.replaceAll((service, plugin) -> plugin.id().equals(id) ? plugin.renewed() : plugin);
        }
        rebuild();
    }

    /** Ids of all plugins of the bundle, enabled or not. */
    synchronized List<String> idsOf(Bundle bundle) {
        return generators.values().stream()
                .filter(plugin -> plugin.bundle().equals(bundle))
                .map(Plugin::id)
                .sorted()
                .toList();
    }

    /** Calls that are inside the code of a bundle now. */
    synchronized int running(Bundle bundle) {
        int running = 0;
        for (Plugin plugin : generators.values()) {
            running += plugin.bundle().equals(bundle) ? plugin.fence().running() : 0;
        }
        return running;
    }

    /** Called with each new snapshot, on the thread that changed it; the old and new plugins can be compared. */
    public void observe(Consumer<Snapshot> observer) {
        observers.add(observer);
    }

    public void unobserve(Consumer<Snapshot> observer) {
        observers.remove(observer);
    }

    /** Whether {@link #awaitSettled} would return at once. */
    public boolean isSettled() {
        return gapUntilNanos == 0;
    }

    /** Waits while a vendor bundle is being updated by the framework's own command; returns at once otherwise. */
    public void awaitSettled() {
        if (gapUntilNanos == 0) {
            return;
        }
        synchronized (gapLock) {
            try {
                long left;
                while (gapUntilNanos != 0 && (left = gapUntilNanos - System.nanoTime()) > 0) {
                    gapLock.wait(Math.max(1, left / 1_000_000));
                }
                endGap();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A family's services go because somebody uninstalls it: nobody shall wait for its return. */
    void endGap() {
        synchronized (gapLock) {
            gapUntilNanos = 0;
            missing.clear();
            missingFamilies.clear();
            gapLock.notifyAll();
        }
    }

    private Plugin addGenerator(ServiceReference<ConfigGenerator> reference, ConfigGenerator service, long id) {
        Plugin plugin;
        try {
            plugin = new Plugin(service, reference.getBundle(), id, watchdog);
        } catch (Fence.FencedException e) {
            LOG.error("a generator is refused: {}", e.getMessage());
            return null;
        }
        synchronized (this) {
            generators.put(id, plugin);
        }
        rebuild();
        return plugin;
    }

    private Identifier addIdentifier(ServiceReference<DeviceIdentifier> reference, DeviceIdentifier service, long id) {
        String family = String.valueOf(reference.getProperty(PluginKit.FAMILY));
        Fence fence = new Fence(family + " identifier", watchdog);
        Set<String> headers = null;
        try {
            headers = fence.call("headersRead", Fence.FencedException.class, service::headersRead);
        } catch (Fence.FencedException e) {
            LOG.debug("{}", e.getMessage()); // logged by the fence; its answers are not kept
        }
        Identifier identifier = new Identifier(family, service, fence, headers);
        synchronized (this) {
            identifiers.put(id, identifier);
        }
        rebuild();
        return identifier;
    }

    private void removeService(Map<Long, ?> services, ServiceReference<?> reference, long id) {
        Object removed;
        synchronized (this) {
            removed = services.remove(id);
        }
        boolean missed = removed instanceof Plugin plugin && isOnly(plugin)
                || removed instanceof Identifier identifier && isOnly(identifier);
        if (missed && comesBack(reference.getBundle())) {
            synchronized (gapLock) { // before the snapshot changes: whoever sees the new one also sees the gap
                if (removed instanceof Plugin plugin) {
                    missing.add(plugin.id());
                } else if (removed instanceof Identifier identifier) {
                    missingFamilies.add(identifier.family());
                }
                gapUntilNanos = System.nanoTime() + GAP_MILLIS * 1_000_000;
            }
        }
        rebuild();
    }

    /** Whether the bundle is being stopped while the framework goes on: it may be an update. */
    private boolean comesBack(Bundle bundle) {
        return bundle != null
                && bundle.getState() == Bundle.STOPPING
                && context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE;
    }

    private synchronized boolean isOnly(Plugin plugin) {
        return enabled.test(plugin.id())
                && generators.values().stream().noneMatch(other -> other.id().equals(plugin.id()));
    }

    private synchronized boolean isOnly(Identifier identifier) {
        return snapshot.identifiers().stream().anyMatch(i -> i.family().equals(identifier.family()))
                && identifiers.values().stream()
                        .noneMatch(other -> other.family().equals(identifier.family()));
    }

    /** The gap ends when all that left is back. */
    private void cameBack(Snapshot now) {
        synchronized (gapLock) {
            Set<String> families = new HashSet<>();
            now.identifiers().forEach(identifier -> families.add(identifier.family()));
            if (gapUntilNanos != 0
                    && now.plugins().keySet().containsAll(missing)
                    && families.containsAll(missingFamilies)) {
                endGap();
            }
        }
    }

    private void rebuild() {
        Snapshot next;
        synchronized (this) {
            Map<String, Plugin> plugins = new TreeMap<>();
            generators
                    .values()
                    .forEach(
                            plugin -> { // ascending service id: the last one wins
                                if (enabled.test(plugin.id())) {
                                    plugins.put(plugin.id(), plugin);
                                }
                            });
            Map<String, Identifier> byFamily = new TreeMap<>();
            Set<String> wanted = new HashSet<>();
            plugins.values().forEach(plugin -> wanted.add(plugin.description().family()));
            identifiers.values().forEach(identifier -> {
                if (wanted.contains(identifier.family())) {
                    byFamily.put(identifier.family(), identifier);
                }
            });
            next = new Snapshot(plugins, List.copyOf(new ArrayList<>(byFamily.values())));
            snapshot = next;
        }
        if (gapUntilNanos != 0) {
            cameBack(next);
        }
        observers.forEach(observer -> observer.accept(next));
    }

    /** Gets and releases services; leaves to us what they mean. */
    private abstract class Customizer<S, T> implements ServiceTrackerCustomizer<S, T> {

        abstract T add(ServiceReference<S> reference, S service, long id);

        abstract void remove(ServiceReference<S> reference, T tracked, long id);

        @Override
        public T addingService(ServiceReference<S> reference) {
            S service = context.getService(reference);
            return service == null ? null : add(reference, service, id(reference));
        }

        @Override
        public void modifiedService(ServiceReference<S> reference, T tracked) {
            // the properties that we read do not change
        }

        @Override
        public void removedService(ServiceReference<S> reference, T tracked) {
            remove(reference, tracked, id(reference));
            context.ungetService(reference);
        }

        private long id(ServiceReference<S> reference) {
            return (Long) reference.getProperty(Constants.SERVICE_ID);
        }
    }
}
