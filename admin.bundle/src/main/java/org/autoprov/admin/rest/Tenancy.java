// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Optional;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.Caller;

/** Which tenant may do what to which device. Configs, plugins and operations belong to all. */
final class Tenancy {

    private Tenancy() {}

    /** Whether the device stands in the caller's list. @param recurse with those of the tenants below */
    static boolean lists(Caller caller, boolean recurse, Device device) {
        return recurse ? reaches(caller, device) : caller.tenant().equals(device.tenant());
    }

    /** Whether the caller may see, delete, synchronise and reconfigure it. */
    static boolean reaches(Caller caller, Device device) {
        return device.tenant() != null && caller.tenants().contains(device.tenant());
    }

    /**
     * Whose the device is once the caller has updated it: a new one is claimed, also by a tenant that could not see it.
     *
     * @return empty when the caller may not update it
     */
    static Optional<String> ownerAfterUpdate(Caller caller, Device device) {
        if (device.isNew()) {
            return Optional.of(caller.tenant());
        }
        return reaches(caller, device) ? Optional.of(device.tenant()) : Optional.empty();
    }
}
