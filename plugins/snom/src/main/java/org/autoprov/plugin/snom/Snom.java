// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.snom;

import org.autoprov.core.plugin.PluginKit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Puts the Snom family into service: one plugin for each firmware line of the descriptor. */
@Component(
        service = {},
        immediate = true)
public final class Snom {

    private final PluginKit.Registration registration;

    @Activate
    public Snom(BundleContext context, @Reference PluginKit kit) {
        registration = kit.register(context, SnomGenerator::of);
    }

    @Deactivate
    void withdraw() {
        registration.close();
    }
}
