// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A stored document of parameters with parents. Immutable; maps and lists inside are not to be changed.
 *
 * @param id unique
 * @param revision counts stored changes from 1; 0 means not stored
 * @param parentIds ids of the configs it inherits from, in the order in which they are applied; unknown ones are skipped
 * @param rawConfig its own parameters: text, {@link Long}, {@link Double}, {@link Boolean}, null, lists and maps
 * @param role {@code default} or {@code autocreate}, each of at most one config; null for no role
 * @param isTransient whether it goes when the last device leaves it
 * @param deletable false protects it from being deleted
 * @param others further keys of the document, such as {@code X_type} and {@code displayname}, in stored order
 */
public record Config(
        String id,
        long revision,
        List<String> parentIds,
        Map<String, Object> rawConfig,
        String role,
        boolean isTransient,
        boolean deletable,
        Map<String, Object> others) {

    public static final String ROLE_DEFAULT = "default";
    public static final String ROLE_AUTOCREATE = "autocreate";

    public Config {
        Objects.requireNonNull(id, "id");
        parentIds = List.copyOf(parentIds);
        Objects.requireNonNull(rawConfig, "rawConfig");
        others = others == null ? Map.of() : others;
    }

    /** A plain config: no role, not transient, deletable. */
    public static Config of(String id, List<String> parentIds, Map<String, Object> rawConfig) {
        return new Config(id, 0, parentIds, rawConfig, null, false, true, Map.of());
    }

    public Config withRevision(long value) {
        return new Config(id, value, parentIds, rawConfig, role, isTransient, deletable, others);
    }

    public Config withRawConfig(Map<String, Object> value) {
        return new Config(id, revision, parentIds, value, role, isTransient, deletable, others);
    }

    /** {@code registrar}, {@code device} or {@code internal}; null for none. */
    public String type() {
        return others.get("X_type") instanceof String text ? text : null;
    }

    /** Without the parameters, which may hold passwords. */
    @Override
    public String toString() {
        return "config " + id + " of " + parentIds;
    }
}
