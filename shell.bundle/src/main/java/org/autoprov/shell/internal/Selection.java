// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import java.util.Locale;
import org.autoprov.core.device.Device;
import org.autoprov.core.service.DeviceService;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.TransferEvent;

/** Which requests and transfers somebody wants to follow: all, those of one device, or those that hold a text. */
final class Selection {

    private final String id;
    private final String ip;
    private final String text;

    /** @param text a device's id, MAC or address, or any text; null for all */
    Selection(DeviceService devices, String text) {
        Device device = text == null ? null : devices.find(text).orElse(null);
        this.text = text == null ? null : text.toLowerCase(Locale.ROOT);
        id = device == null ? null : device.id();
        ip = device == null ? null : device.ip();
    }

    boolean wants(RequestEvent event) {
        return text == null
                || id != null && id.equals(event.deviceId())
                || holds(event.request())
                || holds(event.outcome())
                || event.steps().stream().anyMatch(this::holds);
    }

    /** A transfer does not say whose it is, so a device's are those with its address. */
    boolean wants(TransferEvent event) {
        return text == null
                || ip != null && event.request().endsWith(" from " + ip)
                || holds(event.request())
                || holds(event.reason());
    }

    private boolean holds(String line) {
        return line != null && line.toLowerCase(Locale.ROOT).contains(text);
    }
}
