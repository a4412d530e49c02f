// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.@family@;

import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Puts the plugins of the @vendor@ family into service, one for each firmware line of the descriptor. */
@Component(
        service = {},
        immediate = true)
public final class @Name@ {

    private final PluginKit.Registration registration;

    @Activate
    public @Name@(BundleContext context, @Reference PluginKit kit) {
        registration = kit.register(context, @Name@ConfigGenerator::new);
    }

    @Deactivate
    void withdraw() {
        registration.close();
    }
}
