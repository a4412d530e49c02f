// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest.acme;

import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.DeviceIdentifier;
import org.autoprov.core.plugin.FamilyFiles;
import org.autoprov.core.request.PhoneRequest;

/** The descriptor's rules, and what may go wrong in a vendor's own. */
public final class AcmeIdentifier implements DeviceIdentifier {

    private final DeviceIdentifier rules;
    private final Behaviour behaviour;

    public AcmeIdentifier(FamilyFiles family) {
        rules = family.identifier();
        behaviour = Behaviour.valueOf(family.lines().get(0).text("behaviour", "SERVE"));
    }

    @Override
    public DeviceInfo identify(PhoneRequest request) {
        if (behaviour == Behaviour.THROW_IDENTIFY) {
            throw new IllegalStateException("this vendor cannot read requests");
        }
        if (behaviour == Behaviour.BLOCK_IDENTIFY) {
            Behaviour.block();
        }
        return rules.identify(request);
    }
}
