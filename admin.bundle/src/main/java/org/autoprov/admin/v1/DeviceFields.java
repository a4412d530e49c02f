// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashMap;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.MacAddress;

/** What a caller can set of a device. */
final class DeviceFields {

    private DeviceFields() {}

    /** Takes over those keys that are there; null takes a part away. */
    static void read(Fields fields, Device.Editor editor) {
        if (fields.has("mac")) {
            String mac = fields.text("mac");
            MacAddress address = mac == null ? null : MacAddress.parse(mac).orElse(null);
            if (mac != null && address == null) {
                fields.fault("mac", "mac must be a MAC address such as 00:15:65:12:34:56");
            }
            editor.mac(address);
        }
        if (fields.has("ip")) {
            editor.ip(fields.text("ip"));
        }
        if (fields.has("sn")) {
            editor.sn(fields.text("sn"));
        }
        if (fields.has("uuid")) {
            editor.uuid(fields.text("uuid"));
        }
        if (fields.has("vendor")) {
            editor.vendor(fields.text("vendor"));
        }
        if (fields.has("model")) {
            editor.model(fields.text("model"));
        }
        if (fields.has("version")) {
            editor.version(fields.text("version"));
        }
        if (fields.has("plugin")) {
            editor.plugin(fields.text("plugin"));
        }
        if (fields.has("config")) {
            editor.config(fields.text("config"));
        }
        if (fields.has("description")) {
            editor.description(fields.text("description"));
        }
        if (fields.has("options")) {
            editor.options(fields.object("options") == null ? null : new LinkedHashMap<>(fields.object("options")));
        }
    }
}
