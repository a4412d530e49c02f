// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The distribution's bundles in a framework of the test's own: how they are wired and which services they give. */
class FrameworkIT {

    private static final String SLF4J = ";version=2.0.20";
    private static final String SCR = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final int ACTIVE = 8;

    @TempDir
    static Path folder;

    private static Framework framework;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("framework").toString());
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.slf4j" + SLF4J + ",org.slf4j.event" + SLF4J + ",org.slf4j.helpers" + SLF4J + ",org.slf4j.spi"
                        + SLF4J);
        properties.put(
                Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                "osgi.extender;osgi.extender=\"osgi.serviceloader.registrar\";version:Version=\"1.0\","
                        + "osgi.extender;osgi.extender=\"osgi.serviceloader.processor\";version:Version=\"1.0\"");
        properties.put("gosh.args", "--nointeractive");
        properties.put("autoprov.data", folder.resolve("data").toString());
        properties.put("autoprov.home", Distribution.home().toString());
        properties.put(
                "autoprov.settings",
                "phones.host=127.0.0.1\nphones.http.port=0\ntftp.port=0\napi.port=0\nplugins.preinstall=all\n");
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.init();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : Distribution.bundles()) {
            bundles.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
        framework.start();
        Waits.until(() -> Files.exists(folder.resolve("data/run/endpoints.json")));
    }

    @AfterAll
    static void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private static List<Bundle> bundles(String prefix) {
        List<Bundle> result = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (bundle.getSymbolicName().startsWith(prefix)) {
                result.add(bundle);
            }
        }
        return result;
    }

    @Test
    void everyBundleIsActive() {
        assertThat(bundles("org.autoprov.")).hasSizeGreaterThan(5);
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            assertThat(bundle.getState())
                    .as(bundle.getSymbolicName())
                    .isIn(fragment ? List.of(Bundle.RESOLVED) : List.of(Bundle.ACTIVE, Bundle.STARTING));
        }
    }

    @Test
    void nobodyIsWiredToTheInsideOfAnother() {
        for (Bundle bundle : bundles("org.autoprov.")) {
            for (BundleWire wire : wires(bundle)) {
                Object name = wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
                assertThat(String.valueOf(name)).as(bundle.getSymbolicName()).doesNotContain(".internal");
            }
        }
    }

    @Test
    void vendorBundlesAreWiredToWhatVendorsMaySeeOnly() {
        List<Bundle> vendors = bundles("org.autoprov.plugin.");
        assertThat(vendors).isNotEmpty();
        for (Bundle vendor : vendors) {
            assertThat(wires(vendor))
                    .map(wire -> String.valueOf(
                            wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                    .as(vendor.getSymbolicName())
                    .allMatch(name -> name.matches("org\\.autoprov\\.core\\.(config|device|plugin|request)")
                            || name.startsWith("org.osgi.")
                            || name.equals("org.slf4j")
                            || name.startsWith("java"));
        }
    }

    @Test
    void noBundleOfOursKnowsItsNeighbour() {
        for (Bundle bundle : bundles("org.autoprov.")) {
            for (BundleWire wire : wires(bundle)) {
                String provider = wire.getProvider().getSymbolicName();
                assertThat(provider.startsWith("org.autoprov.")
                                && !provider.equals("org.autoprov.core")
                                && !provider.equals(bundle.getSymbolicName()))
                        .as(bundle.getSymbolicName() + " uses " + provider)
                        .isFalse();
            }
        }
    }

    private static List<BundleWire> wires(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        return wiring == null ? List.of() : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE);
    }

    @Test
    void everyPluginOfTheDistributionIsRegistered() throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?>[] generators =
                context.getAllServiceReferences("org.autoprov.core.plugin.ConfigGenerator", "(autoprov.plugin=*)");
        assertThat(generators).isNotNull();
        assertThat(generators)
                .extracting(generator -> generator.getProperty("autoprov.family"))
                .contains("yealink", "snom");
        assertThat(context.getAllServiceReferences("org.autoprov.core.plugin.DeviceIdentifier", null))
                .hasSize(bundles("org.autoprov.plugin.").size());
        assertThat(context.getAllServiceReferences("org.autoprov.core.service.Listener", null))
                .isNotEmpty();
    }

    /** By reflection: the test does not share the types of the component runtime. */
    @Test
    void everyComponentIsSatisfied() throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?> reference = context.getServiceReference(SCR);
        Object runtime = context.getService(reference);
        Class<?> type = runtime.getClass().getClassLoader().loadClass(SCR);
        Bundle[] none = {};
        Collection<?> descriptions = (Collection<?>)
                type.getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, (Object) none);
        assertThat(descriptions).hasSizeGreaterThan(20);
        for (Object description : descriptions) {
            Object name = description.getClass().getField("name").get(description);
            Collection<?> configurations =
                    (Collection<?>) type.getMethod("getComponentConfigurationDTOs", description.getClass())
                            .invoke(runtime, description);
            assertThat(configurations).as(name + " is configured").isNotEmpty();
            for (Object configuration : configurations) {
                int state = configuration.getClass().getField("state").getInt(configuration);
                assertThat(state).as("state of " + name).isIn(4, ACTIVE); // satisfied and not needed yet, or active
            }
        }
    }
}
