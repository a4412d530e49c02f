// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.Map;
import java.util.Objects;

/**
 * What a plugin says of itself.
 *
 * @param id names one firmware line of a family, {@code yealink-v86}; devices refer to it
 * @param family the vendor bundle's name, {@code yealink}
 * @param version the plugin's own version, shown to administrators
 * @param vendor the maker as its devices carry it, {@code Yealink}
 * @param description one sentence in English
 * @param descriptions the same in other languages, by language ({@code fr}) or locale ({@code fr_CA})
 * @param capabilities by {@code "Vendor, Model, Version"}: {@code type}, {@code protocol}, {@code lines}, …
 * @param quality {@code documented}, {@code golden} or {@code proven}
 */
public record PluginDescription(
        String id,
        String family,
        String version,
        String vendor,
        String description,
        Map<String, String> descriptions,
        Map<String, Map<String, Object>> capabilities,
        String quality) {

    public PluginDescription {
        Objects.requireNonNull(id);
        Objects.requireNonNull(family);
        Objects.requireNonNull(version);
        Objects.requireNonNull(vendor);
    }
}
