// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autoprov.core.service.RefusedException;

/** Installs vendor bundles from files that somebody has fetched and checked. Thread-safe; one change at a time. */
public interface JarInstaller {

    /**
     * Installs a jar that is not installed yet.
     *
     * @param file may go afterwards
     * @param pluginId the only one of its plugins that is enabled
     * @return ids of the plugins that are now enabled and were not before
     * @throws RefusedException CONFLICT when the plugin is installed, INVALID for a bundle that cannot be used or does not
     *     have the plugin, UNAVAILABLE
     */
    List<String> install(String actor, Path file, String pluginId) throws RefusedException;

    /**
     * Puts a jar in the place of the installed one of its family.
     *
     * @param file may go afterwards
     * @throws RefusedException CONFLICT when the family is not installed or this is what is installed, INVALID,
     *     UNAVAILABLE; the old one stays then
     */
    List<String> upgrade(String actor, Path file) throws RefusedException;

    /** SHA-256 of the installed jar of a family, lower-case hexadecimal digits; empty when it is not installed. */
    Optional<String> installedSha256(String family);
}
