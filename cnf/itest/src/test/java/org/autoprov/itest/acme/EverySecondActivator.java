// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest.acme;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that lets its bundle start the first, third, fifth time. */
public final class EverySecondActivator implements BundleActivator {

    private static final String STARTED = "org.autoprov.itest.started";

    @Override
    public void start(BundleContext context) {
        if (System.getProperty(STARTED) != null) {
            System.clearProperty(STARTED);
            throw new IllegalStateException("this vendor does not start now");
        }
        System.setProperty(STARTED, "once");
    }

    @Override
    public void stop(BundleContext context) {
        // the next start is another one's
    }
}
