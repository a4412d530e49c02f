// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.net.URI;
import java.util.List;
import org.autoprov.core.service.PluginRepository.Offer;
import org.osgi.framework.Version;

/**
 * A vendor bundle as an index describes it.
 *
 * @param url absolute, or relative to the index
 * @param bytes size of the jar
 * @param sha256 of the jar, lower-case hexadecimal digits
 * @param plugins its firmware lines; at least one
 */
record BundleResource(
        String symbolicName, String family, Version version, URI url, long bytes, String sha256, List<Offer> plugins) {

    /** Namespace of our own capabilities, one for each plugin; the attribute of this name is the plugin's id. */
    static final String PLUGIN = "autoprov.plugin";

    /** Larger jars are refused, bytes. */
    static final long MAX_BYTES = 512L << 20;

    boolean has(String pluginId) {
        return plugins.stream().anyMatch(plugin -> plugin.pluginId().equals(pluginId));
    }
}
