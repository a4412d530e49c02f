// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Puts the plugins of the Cisco SPA family into service, one for each firmware line of the descriptor. */
@Component(
        service = {},
        immediate = true)
public final class CiscoSpa {

    private final PluginKit.Registration registration;

    @Activate
    public CiscoSpa(BundleContext context, @Reference PluginKit kit) {
        registration = kit.register(context, CiscoSpaIdentifier::new, CiscoSpaGenerator::new);
    }

    @Deactivate
    void withdraw() {
        registration.close();
    }
}
