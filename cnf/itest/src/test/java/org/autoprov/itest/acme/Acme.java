// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest.acme;

import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.BundleContext;

/** The component of a test family. Its XML is written by hand, because the bundle is made while the test runs. */
public final class Acme {

    private final PluginKit.Registration registration;

    public Acme(BundleContext context, PluginKit kit) {
        registration = kit.register(context, AcmeIdentifier::new, AcmeConfigGenerator::new);
    }

    void withdraw() {
        registration.close();
    }
}
