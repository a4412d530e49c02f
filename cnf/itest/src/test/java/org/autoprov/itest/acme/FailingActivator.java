// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest.acme;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that never lets its bundle start. */
public final class FailingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("this vendor does not start");
    }

    @Override
    public void stop(BundleContext context) {
        // it never ran
    }
}
