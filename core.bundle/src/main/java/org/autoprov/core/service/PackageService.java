// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Firmware and language packages of plugins: declared by the vendor bundle as data, kept in the plugin's own file area.
 * A package is there wholly or not at all, also after a crash. Thread-safe; one change of a package at a time.
 */
@ProviderType
public interface PackageService {

    /**
     * What the plugin's bundle declares, in its order.
     *
     * @return empty for a plugin that declares none
     * @throws RefusedException NOT_FOUND when the plugin is not installed
     */
    List<Declared> installable(String pluginId) throws RefusedException;

    /**
     * What is installed, by name. Also of a plugin that is gone, as its files are still there.
     *
     * @throws RefusedException NOT_FOUND when the plugin is not installed and nothing of it is left
     */
    List<Installed> installed(String pluginId) throws RefusedException;

    /**
     * Downloads, checks and unpacks a package; one that is installed is replaced. Its progress counts bytes.
     *
     * @param name as {@link #installable} has it
     * @throws RefusedException NOT_FOUND for plugin or package, CONFLICT while it is being worked on, INVALID when it has
     *     no download and somebody must {@link #put} its file
     */
    Operation install(String actor, String pluginId, String name) throws RefusedException;

    /**
     * Installs a package from a file that somebody has. Returns when it is installed.
     *
     * @param fileName the file's name; a folder before it is ignored. The package is the one of this name or file name, or
     *     the one whose declared checksum the content has
     * @param content read to its end; the caller closes it
     * @throws RefusedException NOT_FOUND for the plugin, or when no package takes this file; CONFLICT while it is being
     *     worked on; INVALID when size or checksum differ from what is declared, or it cannot be unpacked; UNAVAILABLE when
     *     the disk is full, or the content ends early
     */
    Installed put(String actor, String pluginId, String fileName, InputStream content) throws RefusedException;

    /**
     * Removes what an installation brought. Files that another installed package brought too stay.
     *
     * @throws RefusedException NOT_FOUND when it is not installed, CONFLICT while it is being worked on, UNAVAILABLE
     */
    void uninstall(String actor, String pluginId, String name) throws RefusedException;

    /**
     * A package as the vendor bundle declares it.
     *
     * @param name its id: {@code id} of the declaration, else the file's name
     * @param version its own, else the plugin's
     * @param description one line
     * @param file the file's name
     * @param bytes the file's size; 0 when it is not known
     * @param downloadable whether {@link #install} can fetch it
     */
    record Declared(String name, String version, String description, String file, long bytes, boolean downloadable) {}

    /**
     * A package that is installed.
     *
     * @param files paths in the plugin's file area
     * @param bytes of these files together
     * @param time when it was installed
     */
    record Installed(String name, String version, String description, List<String> files, long bytes, Instant time) {}
}
