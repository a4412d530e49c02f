// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The framework with the distribution's bundles, from its start to its end. */
final class Server {

    /** A component that cannot do its work sets this to one line that says why; the server ends then. */
    private static final String FAILURE = "autoprov.failure";

    private static final String BUNDLE_PREFIX = "reference:file:";
    private static final long READY_SECONDS = 9;
    private static final long STOP_SECONDS = 10;

    /** Stopped in the opposite order: first the listeners, then core, last the store. */
    private static final Map<String, Integer> START_LEVELS = Map.of(
            "org.autoprov.store", 3,
            "org.autoprov.core", 4,
            "org.autoprov.shell", 5,
            "org.autoprov.http", 6,
            "org.autoprov.tftp", 6,
            "org.autoprov.sip", 6,
            "org.autoprov.admin", 6);

    private static final int FIRST_LEVEL = 1;
    private static final int LAST_LEVEL = 10;

    private final Path home;
    private final Path data;
    private final Settings settings;
    private final List<Path> jars;

    Server(Path home, Path data, Settings settings, List<Path> jars) {
        this.home = home;
        this.data = data;
        this.settings = settings;
        this.jars = jars;
    }

    /** Runs until somebody stops it. @return false when it could not start; the reason is printed */
    boolean run() throws IOException {
        Path run = data.resolve("run");
        try (FolderLock lock = FolderLock.acquire(run)) {
            if (lock == null) {
                String pid = FolderLock.owner(run);
                System.err.println("autoprov: data folder " + data + " is used by another Autoprov (pid "
                        + (pid.isEmpty() ? "unknown" : pid) + ")");
                return false;
            }
            return runLocked(run.resolve("endpoints.json"));
        }
    }

    private boolean runLocked(Path endpoints) throws IOException {
        Files.deleteIfExists(endpoints); // a crash may have left it
        PrintStream err = System.err;
        Log log = Log.start(settings.get("log.level"), err);
        System.setErr(new StrayOutput(err, () -> System.getProperty(FAILURE)));
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties());
        CountDownLatch ended = new CountDownLatch(1);
        try {
            framework.init();
            install(framework.getBundleContext());
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stop(framework);
                                try {
                                    ended.await(STOP_SECONDS, TimeUnit.SECONDS);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                log.flush();
                                Runtime.getRuntime().halt(0); // asked to stop, and stopped
                            },
                            "autoprov-shutdown"));
            framework.start();
            String failure = awaitReady(endpoints);
            if (failure != null) {
                stop(framework);
                log.flush();
                err.println("autoprov: " + failure);
                err.flush();
                Runtime.getRuntime().halt(69);
            }
            FrameworkEvent event = framework.waitForStop(0);
            log.flush();
            return event.getType() != FrameworkEvent.ERROR;
        } catch (BundleException e) {
            log.flush();
            err.println("autoprov: the framework does not start: " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            System.setErr(err);
            ended.countDown();
        }
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(STOP_SECONDS * 1000);
        } catch (BundleException e) {
            System.err.println("autoprov: stopping failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when all listeners are open; else why not. */
    private static String awaitReady(Path endpoints) throws InterruptedException {
        long end = System.nanoTime() + READY_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (System.getProperty(FAILURE) != null) {
                return System.getProperty(FAILURE);
            }
            if (Files.exists(endpoints)) {
                return null;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return "not ready after " + READY_SECONDS + " s: a component is missing something; the log above may say what";
    }

    private Map<String, String> properties() throws IOException {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                Constants.FRAMEWORK_STORAGE,
                data.resolve("run").resolve("framework").toString());
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(LAST_LEVEL));
        // Vendor bundles, which core starts while it starts itself: a higher level could not start yet.
        properties.put(
                "felix.startlevel.bundle", START_LEVELS.get("org.autoprov.core").toString());
        properties.put("felix.shutdown.hook", "false");
        properties.put("felix.log.level", "1");
        properties.put("ds.loglevel", settings.get("log.level").equals("debug") ? "info" : "error");
        String slf4j = org.slf4j.LoggerFactory.class.getPackage().getImplementationVersion();
        String version = ";version=\"" + (slf4j == null ? "2.0.20" : slf4j.replaceAll("[^0-9.].*", "")) + "\"";
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.slf4j" + version + ",org.slf4j.event" + version + ",org.slf4j.helpers" + version + ",org.slf4j.spi"
                        + version);
        properties.put(
                Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                "osgi.extender;osgi.extender=\"osgi.serviceloader.registrar\";version:Version=\"1.0\","
                        + "osgi.extender;osgi.extender=\"osgi.serviceloader.processor\";version:Version=\"1.0\"");
        properties.put("gosh.args", "--nointeractive");
        properties.put("autoprov.data", data.toString());
        properties.put("autoprov.home", home.toString());
        properties.put("autoprov.console", Boolean.toString(Terminal.isThere()));
        Properties explicit = new Properties();
        explicit.putAll(settings.explicit());
        StringWriter text = new StringWriter();
        explicit.store(text, null);
        properties.put("autoprov.settings", text.toString());
        return properties;
    }

    /** Brings the framework's memory of our bundles up to the distribution; bundles that others installed stay. */
    private void install(BundleContext context) throws BundleException, IOException {
        String stamp = stamp();
        Path stampFile = data.resolve("run").resolve("framework.stamp");
        boolean changed =
                !Files.exists(stampFile) || !Files.readString(stampFile).equals(stamp);
        Set<String> wanted = new HashSet<>();
        for (Path jar : jars) {
            wanted.add(BUNDLE_PREFIX + jar);
        }
        for (Bundle bundle : context.getBundles()) {
            boolean ours = bundle.getLocation().startsWith(BUNDLE_PREFIX);
            if (ours && (changed || !wanted.contains(bundle.getLocation()))) {
                bundle.uninstall();
            }
        }
        for (Path jar : jars) {
            Bundle bundle = context.installBundle(BUNDLE_PREFIX + jar);
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            int level = START_LEVELS.getOrDefault(bundle.getSymbolicName(), FIRST_LEVEL);
            BundleStartLevel startLevel = bundle.adapt(BundleStartLevel.class);
            if (startLevel.getStartLevel() != level) {
                startLevel.setStartLevel(level);
            }
            if (!fragment) {
                bundle.start();
            }
        }
        if (changed) {
            Files.writeString(stampFile, stamp);
        }
    }

    private String stamp() throws IOException {
        StringBuilder stamp = new StringBuilder();
        for (Path jar : jars) {
            stamp.append(jar).append(' ').append(Files.size(jar)).append(' ');
            stamp.append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
        }
        return stamp.toString();
    }
}
