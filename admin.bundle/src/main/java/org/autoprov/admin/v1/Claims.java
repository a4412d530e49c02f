// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.LineService;
import org.autoprov.core.service.RefusedException;

/** The act that ties a line of the caller's to a device, by the line's id or its code. */
final class Claims {

    /** The greatest position that a device can have. */
    static final int MOST_POSITIONS = 10_000;

    private final LineService lines;
    private final CodeAttempts attempts;

    Claims(LineService lines, CodeAttempts attempts) {
        this.lines = lines;
        this.attempts = attempts;
    }

    /** The line of the caller's tenants with this code. @throws Problem INVALID for a wrong code, TOO_MANY */
    Line lineOf(Exchange exchange, String code) throws Problem {
        return attempts.lookUp(
                        exchange.actor(), () -> lines.findByCode(code).filter(line -> exchange.reaches(line.tenant())))
                .orElseThrow(() -> Problem.invalid("/code", "no line has this code"));
    }

    /**
     * Ties it; when it is tied there already, nothing changes.
     *
     * @param position 0 for any
     * @param address the source address to trust from now on; null to leave that to core
     * @return the device as it is then
     * @throws Problem FORBIDDEN for an address when the device stays another tenant's: its files hold that one's secrets
     */
    Device claim(Exchange exchange, Line line, Device device, int position, String address)
            throws Problem, RefusedException {
        if (isThere(line, device, position)) {
            return device;
        }
        boolean becomesOurs = device.isNew() && !device.shared();
        if (address != null && !becomesOurs && !Visibility.owns(exchange, device)) {
            throw new Problem(
                    Problem.Type.FORBIDDEN, "the device belongs to another tenant, which decides whom it trusts");
        }
        return lines.associate(exchange.actor(), line.code(), device.id(), position, address);
    }

    static boolean isThere(Line line, Device device, int position) {
        return device.id().equals(line.device()) && (position == 0 || position == line.position());
    }
}
