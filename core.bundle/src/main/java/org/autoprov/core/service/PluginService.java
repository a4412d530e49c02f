// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The vendor bundles of the running server. Thread-safe; one change at a time. */
@ProviderType
public interface PluginService {

    /** The enabled plugins by id. */
    List<PluginStatus> installed();

    /** Families of the repository folder that could be installed or upgraded, as {@code family version}. */
    List<Available> available();

    /**
     * Installs a vendor bundle, or enables one plugin of it.
     *
     * @param source a family ({@code yealink}), a plugin id ({@code yealink-v86}), or the path or file URL of a jar
     * @return ids of the plugins that are now enabled and were not before
     * @throws RefusedException NOT_FOUND, CONFLICT when it is installed, INVALID for a bundle that cannot be used
     */
    List<String> install(String actor, String source) throws RefusedException;

    /**
     * Puts another version of an installed family in its place without losing a request.
     *
     * @param source as for {@link #install}
     * @return ids of the plugins that it now serves
     * @throws RefusedException NOT_FOUND, CONFLICT when the family is not installed, INVALID; the old one stays then
     */
    List<String> upgrade(String actor, String source) throws RefusedException;

    /**
     * Disables a plugin, or all of a family; with the last one the bundle goes. Its devices become unconfigured.
     *
     * @param idOrFamily plugin id or family
     * @throws RefusedException NOT_FOUND, UNAVAILABLE
     */
    void uninstall(String actor, String idOrFamily) throws RefusedException;

    /**
     * Stops the bundle of a plugin and starts it anew, and configures the devices of all its plugins anew. Failures are
     * counted from nothing then, and nothing is suspended. Requests that come meanwhile wait for it.
     *
     * @param idOrFamily plugin id or family
     * @throws RefusedException NOT_FOUND when it is not installed; INVALID when it does not start again: its devices are
     *     unconfigured then, and it can be tried again
     */
    void reload(String actor, String idOrFamily) throws RefusedException;

    /**
     * The settings that a plugin declares, in the order of its descriptor.
     *
     * @return empty for a plugin that has none or is not installed
     */
    default List<PluginSetting> settings(String pluginId) {
        return List.of();
    }

    /**
     * Sets a setting of a plugin, durably, and configures its devices anew.
     *
     * @param value a {@link String}, {@link Long} or {@link Boolean} as the setting's type is; null for its default
     * @throws RefusedException NOT_FOUND; INVALID for a value that it may not have; UNAVAILABLE
     */
    default void set(String actor, String pluginId, String settingId, Object value) throws RefusedException {
        throw new RefusedException(RefusedException.Reason.NOT_FOUND, pluginId + " has no setting " + settingId);
    }

    /** A vendor bundle that is at hand. @param installedVersion null when the family is not installed */
    record Available(String family, String version, String installedVersion, List<String> plugins) {}
}
