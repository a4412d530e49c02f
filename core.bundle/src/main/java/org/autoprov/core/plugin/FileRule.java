// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Locale;
import java.util.Set;
import org.autoprov.core.device.Device;

/**
 * A file that a family's phones ask for, as the descriptor's {@code files} list gives it.
 *
 * @param name with placeholders: {@code {mac}} twelve lower-case digits, {@code {MAC}} upper-case, {@code {model}},
 *     {@code {MODEL}}, {@code {sn}}, {@code {uuid}}, and {@code {x}} for any other text fact x of the device's model
 * @param template the template that makes it; null when the phone uploads it
 * @param contentType media type
 * @param access who may have it
 * @param stateTrigger whether fetching it proves that the phone took its configuration
 * @param writable whether the phone uploads it
 * @param plugins ids of the plugins it belongs to; empty for all of the family
 * @param models models it belongs to; empty for all
 */
public record FileRule(
        String name,
        String template,
        String contentType,
        PhoneFile.Access access,
        boolean stateTrigger,
        boolean writable,
        Set<String> plugins,
        Set<String> models) {

    /** Whether its name, and so its content, is of one device. */
    public boolean perDevice() {
        return name.contains("{mac}") || name.contains("{MAC}") || name.contains("{sn}") || name.contains("{uuid}");
    }

    /** Whether the path begins and ends as the name does, which is quick to see. */
    boolean mayBe(String path) {
        int open = name.indexOf('{');
        if (open < 0) {
            return name.equals(path);
        }
        int close = name.lastIndexOf('}') + 1;
        return path.regionMatches(0, name, 0, open)
                && path.regionMatches(path.length() - (name.length() - close), name, close, name.length() - close);
    }

    /** The file's name for this device; null when the device lacks what it is made of. */
    public String nameFor(Device device, PhoneModel model) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        while (true) {
            int open = name.indexOf('{', from);
            if (open < 0) {
                return result.append(name, from, name.length()).toString();
            }
            int close = name.indexOf('}', open);
            String value = value(name.substring(open + 1, close), device, model);
            if (value == null) {
                return null;
            }
            result.append(name, from, open).append(value);
            from = close + 1;
        }
    }

    private static String value(String placeholder, Device device, PhoneModel model) {
        return switch (placeholder) {
            case "mac" -> device.mac() == null ? null : device.mac().hex();
            case "MAC" -> device.mac() == null ? null : device.mac().upperHex();
            case "model" -> device.model();
            case "MODEL" -> device.model() == null ? null : device.model().toUpperCase(Locale.ROOT);
            case "sn" -> device.sn();
            case "uuid" -> device.uuid();
            default -> model == null ? null : model.text(placeholder, null);
        };
    }
}
