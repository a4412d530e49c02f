// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Collection;
import java.util.Optional;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.LineService;

/**
 * Who sees which device, and how much of it. The owner's tenant and those above it see it whole; the tenant of a line on
 * one of its positions sees the device with its own positions only; for all others it is not there.
 */
final class Visibility {

    private final DeviceService devices;
    private final LineService lines;

    Visibility(DeviceService devices, LineService lines) {
        this.devices = devices;
        this.lines = lines;
    }

    /** Whether the caller reaches the device's owner. */
    static boolean owns(Exchange exchange, Device device) {
        return exchange.reaches(device.tenant());
    }

    boolean sees(Exchange exchange, Device device) {
        return owns(exchange, device)
                || device.shared()
                        && lines.ofDevice(device.id()).stream().anyMatch(line -> exchange.reaches(line.tenant()));
    }

    /** A device that the caller sees at least a part of. @throws Problem NOT_FOUND */
    Device seen(Exchange exchange, String idOrAddress) throws Problem {
        return device(idOrAddress)
                .filter(device -> sees(exchange, device))
                .orElseThrow(() -> Problem.notFound("device"));
    }

    /** A device that the caller may change. @throws Problem NOT_FOUND, FORBIDDEN when only a port of it is the caller's */
    Device owned(Exchange exchange, String idOrAddress) throws Problem {
        Device device = seen(exchange, idOrAddress);
        if (!owns(exchange, device)) {
            throw new Problem(Problem.Type.FORBIDDEN, "the device belongs to another tenant");
        }
        return device;
    }

    /**
     * A device that one of the caller's lines may be tied to: its own, one that is new, one that is shared. @throws Problem
     * NOT_FOUND
     */
    Device claimable(Exchange exchange, String idOrAddress) throws Problem {
        return device(idOrAddress)
                .filter(device -> mayClaim(exchange, device))
                .orElseThrow(() -> Problem.notFound("device"));
    }

    /** Whether one of the caller's lines may be tied to it; core decides the rest. One with a line is not new any more. */
    boolean mayClaim(Exchange exchange, Device device) {
        return device.isNew() && linesOf(device).isEmpty() || device.shared() || sees(exchange, device);
    }

    private Optional<Device> device(String idOrAddress) {
        return devices.find(idOrAddress);
    }

    /** A line of the caller's tenants. @throws Problem NOT_FOUND */
    Line line(Exchange exchange, String id) throws Problem {
        return lines.get(id)
                .filter(line -> exchange.reaches(line.tenant()))
                .orElseThrow(() -> Problem.notFound("line"));
    }

    /** The lines on a device, by position. */
    Collection<Line> linesOf(Device device) {
        return lines.ofDevice(device.id());
    }
}
