// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vendor bundles that we put into the framework, one for each family. A new version is started beside the old one, takes
 * over in one step, and only then the old one is stopped. Called by one thread at a time.
 */
final class FamilyBundles {

    private static final Logger LOG = LoggerFactory.getLogger(FamilyBundles.class);
    /** In the fragment of our bundles' locations, which are URLs of their files, so that Felix's own update works too. */
    private static final String MARK = "#autoprov-";

    private static final long START_SECONDS = 10;
    private static final long DRAIN_MILLIS = 5000;

    private final BundleContext context;
    private final PluginRegistry registry;
    private final Map<String, Installed> families = new ConcurrentHashMap<>();

    FamilyBundles(BundleContext context, PluginRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    /** A family in service. */
    record Installed(VendorJar jar, Bundle bundle, List<String> plugins) {}

    /** A bundle that has been started and registered these plugins. */
    record Started(Bundle bundle, List<String> plugins) {}

    Installed get(String family) {
        return families.get(family);
    }

    Collection<Installed> all() {
        return families.values();
    }

    /**
     * Installs and starts a bundle beside whatever runs.
     *
     * @param home where the jar is, or will be, in the plugins folder
     * @throws VendorJar.UnusableException when it does not resolve, start, or register a generator; nothing of it stays
     */
    Started start(VendorJar jar, Path home) throws VendorJar.UnusableException {
        String location = home.toUri() + MARK + jar.sha256();
        Bundle bundle = context.getBundle(location);
        try {
            if (bundle == null) {
                try (InputStream in = Files.newInputStream(jar.file())) {
                    bundle = context.installBundle(location, in);
                }
            }
            startWithin(bundle);
            List<String> plugins = registry.idsOf(bundle);
            if (plugins.isEmpty()) {
                throw new BundleException("it registers no config generator (an error above may say why)");
            }
            return new Started(bundle, plugins);
        } catch (BundleException | IOException | IllegalStateException e) {
            uninstall(bundle);
            throw new VendorJar.UnusableException(jar.file().getFileName() + " is refused: " + firstLine(e));
        }
    }

    /**
     * Stops a family's bundle, and starts it with classes of its own that nothing old is left of.
     *
     * @throws VendorJar.UnusableException when it does not start again; it stays installed then, and may be tried again
     */
    void restart(Installed family) throws VendorJar.UnusableException {
        Bundle bundle = family.bundle();
        String name = family.jar().file().getFileName().toString();
        try {
            within(bundle, "stop", () -> bundle.stop(Bundle.STOP_TRANSIENT));
            refresh(bundle);
            startWithin(bundle);
            if (registry.idsOf(bundle).isEmpty()) {
                throw new BundleException("it registers no config generator (an error above may say why)");
            }
        } catch (BundleException | IllegalStateException e) {
            registry.endGap();
            throw new VendorJar.UnusableException(name + " is not in service: " + firstLine(e));
        }
    }

    private void refresh(Bundle bundle) throws BundleException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> done.countDown());
        try {
            if (!done.await(START_SECONDS, TimeUnit.SECONDS)) {
                throw new BundleException("its classes are not renewed within " + START_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted");
        }
    }

    private static void startWithin(Bundle bundle) throws BundleException {
        within(bundle, "start", () -> bundle.start(Bundle.START_TRANSIENT));
    }

    /** What runs a vendor's activator. */
    private interface Step {
        void run() throws BundleException;
    }

    /** A vendor's activator that never returns must not hold us for ever. */
    private static void within(Bundle bundle, String what, Step step) throws BundleException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            step.run();
            return null;
        });
        Thread thread = new Thread(task, "autoprov-" + what + "-" + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BundleException cause) {
                throw cause;
            }
            throw new BundleException("it fails to " + what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new BundleException("it does not " + what + " within " + START_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted");
        }
    }

    /** Makes a started bundle its family's, and stops the old one when no call is inside it any more. */
    void takeOver(Started started, VendorJar jar, Installed old) {
        families.put(jar.family(), new Installed(jar, started.bundle(), started.plugins()));
        if (old != null && !old.bundle().equals(started.bundle())) {
            drain(old.bundle());
            uninstall(old.bundle());
        }
    }

    void uninstall(Installed family) {
        families.remove(family.jar().family());
        drain(family.bundle());
        uninstall(family.bundle());
        registry.endGap();
    }

    private void drain(Bundle bundle) {
        long end = System.nanoTime() + DRAIN_MILLIS * 1_000_000;
        try {
            while (registry.running(bundle) > 0 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void uninstall(Bundle bundle) {
        if (bundle != null && bundle.getState() != Bundle.UNINSTALLED) {
            try {
                bundle.uninstall();
            } catch (BundleException | IllegalStateException e) {
                LOG.warn("{} cannot be uninstalled: {}", bundle.getSymbolicName(), e.getMessage());
            }
        }
    }

    /** Removes bundles of an earlier run whose files are gone. */
    void uninstallOthers() {
        for (Bundle bundle : context.getBundles()) {
            boolean ours = families.values().stream()
                    .anyMatch(family -> family.bundle().equals(bundle));
            if (bundle.getLocation().contains(MARK) && !ours) {
                uninstall(bundle);
            }
        }
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        if (message == null) {
            return e.toString();
        }
        return message.lines().findFirst().orElse("").replaceAll("\\s+", " ");
    }
}
