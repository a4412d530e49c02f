// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.Objects;
import java.util.Set;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the device that a request is from, among those that are known: by MAC, serial number, UUID, then address. */
final class Finder {

    private static final Logger LOG = LoggerFactory.getLogger(Finder.class);

    /** An address that more devices have is that of a NAT router: looking through them would find nothing. */
    private static final int MAX_AT_ADDRESS = 64;

    private final DeviceDirectory devices;
    private final boolean byUuid;

    /** @param byUuid whether a UUID identifies; the secure variant does without */
    Finder(DeviceDirectory devices, boolean byUuid) {
        this.devices = devices;
        this.byUuid = byUuid;
    }

    /** The device; null when none is known by what the request says. */
    DeviceDirectory.Entry find(DeviceInfo info, Trace trace) {
        DeviceDirectory.Entry found = info.mac() == null ? null : devices.byMac(info.mac());
        String how = "MAC";
        if (found == null && info.sn() != null) {
            found = unlessOfAnotherMac(devices.bySn(info.sn()), info);
            how = "serial number";
        }
        if (found == null && info.uuid() != null && byUuid) {
            found = unlessOfAnotherMac(devices.byUuid(info.uuid()), info);
            how = "UUID";
        }
        if (found == null) {
            found = byAddress(info, trace);
            how = "address";
        }
        if (found != null) {
            Device device = found.device();
            String by = how;
            trace.step(() -> "find: " + device + " by " + by);
        }
        return found;
    }

    /** Vendors are not careful with serial numbers: one that two MAC addresses share does not make them one device. */
    private static DeviceDirectory.Entry unlessOfAnotherMac(DeviceDirectory.Entry entry, DeviceInfo info) {
        return entry == null || differ(info.mac(), entry.device().mac()) ? null : entry;
    }

    /** The one device at this address that the request does not contradict; none when there are several. */
    private DeviceDirectory.Entry byAddress(DeviceInfo info, Trace trace) {
        Set<String> ids = devices.idsByIp(info.ip());
        if (ids.isEmpty()) {
            return null;
        }
        if (ids.size() > MAX_AT_ADDRESS) {
            trace.step(() -> "find: " + ids.size() + " devices have the address " + info.ip());
            return null;
        }
        DeviceDirectory.Entry only = null;
        for (String id : ids) {
            DeviceDirectory.Entry entry = devices.entry(id);
            if (entry == null || !info.ip().equals(entry.device().ip()) || contradicts(info, entry.device())) {
                continue;
            }
            if (only != null) {
                LOG.debug("several devices have the address {}", info.ip());
                trace.step(() -> "find: several devices have the address " + info.ip());
                return null;
            }
            only = entry;
        }
        return only;
    }

    /** Whether the request is from another device than this one. */
    static boolean contradicts(DeviceInfo info, Device device) {
        return differ(info.mac(), device.mac())
                || differ(info.sn(), device.sn())
                || differ(info.uuid(), device.uuid())
                || differ(info.vendor(), device.vendor())
                || differ(info.model(), device.model());
    }

    private static boolean differ(Object one, Object other) {
        return one != null && other != null && !Objects.equals(one, other);
    }
}
