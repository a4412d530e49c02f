// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.spa;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneModel;
import org.autoprov.core.plugin.PluginDescription;

/** Capabilities with the numbers of keys and modules that a model has on this firmware line. */
final class SpaCapabilities {

    private SpaCapabilities() {}

    /** @param plain with the numbers that the descriptor gives with the models */
    static PluginDescription of(PluginDescription plain, FirmwareLine line) {
        Map<String, Map<String, Object>> capabilities = new LinkedHashMap<>(plain.capabilities());
        for (PhoneModel model : line.models().values()) {
            Map<String, Object> changed = new LinkedHashMap<>();
            changed.put("function_keys", (long) SpaModel.number(line, model, "functionKeys", model.functionKeys()));
            changed.put("expansion_modules", (long)
                    SpaModel.number(line, model, "expansionModules", model.expansionModules()));
            capabilities.computeIfPresent(plain.vendor() + ", " + model.name() + ", " + line.version(), (key, old) -> {
                Map<String, Object> all = new LinkedHashMap<>(old);
                all.putAll(changed);
                return all;
            });
        }
        return new PluginDescription(
                plain.id(),
                plain.family(),
                plain.version(),
                plain.vendor(),
                plain.description(),
                plain.descriptions(),
                capabilities,
                plain.quality());
    }
}
