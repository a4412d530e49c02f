// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;
import java.util.Map;

/**
 * A setting of a plugin, as its bundle declares it and as it is now.
 *
 * @param id its name among those of its plugin
 * @param description one sentence, in English
 * @param descriptions the same by language ({@code fr}) or locale ({@code fr_CA}); may be empty
 * @param type of its values
 * @param choices the only values that it may have; empty for any
 * @param standard what it is when nobody has set it; null for nothing
 * @param value what it is now: a {@link String}, {@link Long} or {@link Boolean} as its type says; null for nothing
 */
public record PluginSetting(
        String id,
        String description,
        Map<String, String> descriptions,
        Type type,
        List<Object> choices,
        Object standard,
        Object value) {

    /** What values are. */
    public enum Type {
        TEXT,
        INTEGER,
        BOOLEAN
    }
}
