// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.util.List;

/**
 * One setting as a bundle's metatype describes it.
 *
 * @param type {@code String}, {@code Integer}, {@code Long} or {@code Boolean}
 * @param defaultValue as text; empty for none
 * @param min smallest value; null for none
 * @param max largest value; null for none
 * @param options allowed values; empty for any
 */
record Setting(
        String name, String type, String defaultValue, String description, Long min, Long max, List<String> options) {

    /** Why a value cannot be used, naming what is allowed; null when it can. */
    String fault(String value) {
        switch (type) {
            case "Boolean":
                return value.equals("true") || value.equals("false") ? null : "must be true or false";
            case "Integer", "Long":
                try {
                    long number = Long.parseLong(value);
                    boolean inside = (min == null || number >= min) && (max == null || number <= max);
                    return inside ? null : "must be a whole number from " + min + " to " + max;
                } catch (NumberFormatException e) {
                    return "must be a whole number" + (min == null ? "" : " from " + min + " to " + max);
                }
            default:
                return options.isEmpty() || options.contains(value) ? null : "must be one of " + options;
        }
    }

    /** The environment variable that sets it. */
    String environmentName() {
        return "AUTOPROV_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }
}
