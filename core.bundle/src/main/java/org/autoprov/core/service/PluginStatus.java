// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.autoprov.core.plugin.PluginDescription;

/**
 * An installed plugin as administration sees it.
 *
 * @param description what it says of itself
 * @param bundleId the OSGi bundle that brought it
 * @param bundleVersion that bundle's version
 * @param devices how many devices it manages
 * @param failures how often its code failed since it was started
 * @param lastFailure one line; null when it never failed
 * @param suspended whether core no longer asks it, because it did not return in time
 */
public record PluginStatus(
        PluginDescription description,
        long bundleId,
        String bundleVersion,
        int devices,
        long failures,
        String lastFailure,
        boolean suspended) {}
