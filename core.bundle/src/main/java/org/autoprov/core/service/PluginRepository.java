// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where vendor bundles come from: an OSGi repository index (Repository 1.1, {@code repository-1.0.0}) in a folder or behind
 * a URL. The parameter {@code plugin_server} says where, else the setting {@code plugins.repository}, else it is the
 * shipped folder. Thread-safe; what takes long runs in the background.
 */
@ProviderType
public interface PluginRepository {

    /**
     * Fetches the index anew; the one that is known stays when that fails. Its progress counts bytes.
     *
     * @throws RefusedException CONFLICT while it is being fetched, INVALID when no repository is set
     */
    Operation update(String actor) throws RefusedException;

    /**
     * The plugins of the index that is known, installed or not, by id, the newest of each. Comes from memory or, once
     * after a start, from a file; touches no network.
     *
     * @return empty before the first update of a repository behind a URL
     * @throws RefusedException UNAVAILABLE when the kept index is broken
     */
    List<Offer> installable() throws RefusedException;

    /**
     * Installs the bundle that has the plugin, checked against its SHA-256, and enables this plugin; where the bundle is
     * installed already, only the latter.
     *
     * @throws RefusedException NOT_FOUND for an id that the index does not have, CONFLICT when the plugin is installed or
     *     its family is being worked on
     */
    Operation install(String actor, String pluginId) throws RefusedException;

    /**
     * Puts the index's bundle into the place of the installed one. Downloads nothing when they are the same.
     *
     * @throws RefusedException NOT_FOUND for an id that the index does not have, CONFLICT when the plugin is not installed
     *     or its family is being worked on
     */
    Operation upgrade(String actor, String pluginId) throws RefusedException;

    /** Where it is, without a password; empty when none is set. */
    String location();

    /**
     * A plugin as the index describes it.
     *
     * @param family the bundle's family
     * @param version the plugin's own version, for administrators
     * @param bundleVersion the bundle's version
     * @param descriptions in other languages, by language or locale
     * @param capabilities by {@code "Vendor, Model, Version"}, as the installed plugin would show them
     * @param models names of the models that it serves
     * @param bytes size of the bundle's file
     * @param sha256 of that file, lower-case hexadecimal digits
     * @param sha1 the same with SHA-1, for clients that show it; empty when the index has none
     */
    record Offer(
            String pluginId,
            String family,
            String vendor,
            String version,
            String bundleVersion,
            String description,
            Map<String, String> descriptions,
            Map<String, Map<String, Object>> capabilities,
            List<String> models,
            long bytes,
            String sha256,
            String sha1) {}
}
