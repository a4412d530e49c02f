// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.vendor;

import java.util.List;
import java.util.Map;
import org.autoprov.core.plugin.FileRule;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.service.PluginSetting;

/**
 * What a vendor bundle's {@code plugin.json} says, checked. Immutable.
 *
 * @param settings by plugin id, with the values that they have when nobody sets them
 * @param all the whole file
 */
record Descriptor(
        String family,
        String vendor,
        List<IdentifyRule> rules,
        List<FileRule> files,
        List<FirmwareLine> lines,
        Map<String, List<PluginSetting>> settings,
        Map<String, Object> all) {

    /** Where it lies in a bundle, and how errors call it. */
    static final String FILE = "AUTOPROV-INF/plugin.json";
}
