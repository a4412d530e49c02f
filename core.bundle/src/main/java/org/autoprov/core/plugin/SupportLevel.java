// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

/**
 * How well a plugin suits a device. The device is given to the plugin with the highest level, if that is at least
 * {@link #PROBABLE}; of several with the same level, to the one with the lexicographically greatest id.
 */
public enum SupportLevel {
    /** Known not to work. */
    NONE,
    /** Another vendor's device. */
    IMPROBABLE,
    /** The request said nothing of the vendor. */
    UNKNOWN,
    /** The right vendor; model or firmware unlisted. */
    PROBABLE,
    /** The right vendor and firmware line; the model is unlisted. */
    INCOMPLETE,
    /** A listed model with another firmware. */
    COMPLETE,
    /** A listed model with a firmware of this plugin's line. */
    EXACT;

    /** The level as API 0.2 and log lines give it: 0 to 600 in steps of 100. */
    public int score() {
        return ordinal() * 100;
    }
}
