// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Locale;
import java.util.function.Predicate;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Line;
import org.autoprov.core.service.LineService;

/** Devices that have a text in any attribute, in any case; a MAC address in any spelling, also a part of it; or a line. */
final class DeviceSearch implements Predicate<Device> {

    private final String text;
    private final String hex;
    private final LineService lines;
    private final Predicate<String> reached;

    /** @param reached tenants whose lines are looked at */
    DeviceSearch(String text, LineService lines, Predicate<String> reached) {
        this.text = lower(text.strip());
        String digits = this.text.replaceAll("[:.-]", "");
        this.hex = digits.matches("[0-9a-f]{2,12}") ? digits : null;
        this.lines = lines;
        this.reached = reached;
    }

    @Override
    public boolean test(Device device) {
        return hex != null && device.mac() != null && device.mac().hex().contains(hex)
                || has(device.id())
                || has(device.ip())
                || has(device.sn())
                || has(device.uuid())
                || has(device.vendor())
                || has(device.model())
                || has(device.version())
                || has(device.plugin())
                || has(device.config())
                || has(device.description())
                || hasLine(device);
    }

    private boolean hasLine(Device device) {
        for (Line line : lines.ofDevice(device.id())) {
            if (reached.test(line.tenant())
                    && (has(line.username()) || has(line.displayName()) || has(line.number()) || has(line.id()))) {
                return true;
            }
        }
        return false;
    }

    private boolean has(String value) {
        return value != null && lower(value).contains(text);
    }

    private static String lower(String value) {
        return value.toLowerCase(Locale.ROOT);
    }
}
