// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sccp;

import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Puts the plugins for Cisco's enterprise phones with SCCP loads into service, one for each firmware line. */
@Component(
        service = {},
        immediate = true)
public final class CiscoSccp {

    private final PluginKit.Registration registration;

    @Activate
    public CiscoSccp(BundleContext context, @Reference PluginKit kit) {
        registration = kit.register(context, CiscoSccpConfigGenerator::new);
    }

    @Deactivate
    void withdraw() {
        registration.close();
    }
}
