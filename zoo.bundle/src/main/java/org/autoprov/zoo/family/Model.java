// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.autoprov.core.device.MacAddress;

/**
 * One model of a family.
 *
 * @param name as the phone spells it in its User-Agent
 * @param profile name of the profile it boots by
 * @param oui the first three octets of its MAC addresses, six lower-case hex digits
 * @param firmware the version it says it runs
 * @param facts everything else, usable as placeholders
 */
public record Model(String name, String profile, String oui, String firmware, Map<String, String> facts) {

    /**
     * What placeholders mean for one phone of this model.
     *
     * @param mac its address
     * @return names without braces to values
     */
    public Map<String, String> placeholders(MacAddress mac) {
        Map<String, String> values = new LinkedHashMap<>(facts);
        values.put("model", name);
        values.put("MODEL", name.toUpperCase(Locale.ROOT));
        values.put("firmware", firmware);
        values.put("mac", mac.hex());
        values.put("MAC", mac.upperHex());
        values.put("mac:", mac.format(":", false));
        values.put("MAC:", mac.format(":", true));
        return values;
    }
}
