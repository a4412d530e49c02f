// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.request.PhoneRequest;

/** Asks a family's identifier from behind its fence. */
public final class Identifiers {

    private Identifiers() {}

    /**
     * What it says; nothing when its code fails. While a call into it lasts suspiciously long, others wait outside, so that
     * a family that never returns catches a few requests only, and one that is slow once loses none.
     */
    public static DeviceInfo identify(PluginRegistry.Identifier identifier, PhoneRequest request) {
        if (!identifier.fence().awaitCalm()) {
            return DeviceInfo.NOTHING;
        }
        try {
            DeviceInfo info = identifier
                    .fence()
                    .call(
                            "identify",
                            Fence.FencedException.class,
                            () -> identifier.identifier().identify(request));
            return info == null ? DeviceInfo.NOTHING : info;
        } catch (Fence.FencedException e) {
            return DeviceInfo.NOTHING;
        }
    }
}
