// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.plugin;

import java.util.List;
import java.util.Optional;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.request.PhoneRequest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The OSGi service that a plugin registers, one for each firmware line: it makes the files of its devices.
 *
 * <p>It is a function of its arguments: no state between calls, no file, no clock, no network. Core calls it from many
 * threads at once, whenever the inputs of a file changed, and keeps the result. A call has a time limit (two seconds) and
 * is interrupted after it; what it throws is fenced, logged with the plugin's id, and hurts no device of another plugin.
 *
 * <p>Most plugins extend {@link TemplateGenerator} and are registered by {@link PluginKit}.
 */
@ConsumerType
public interface ConfigGenerator {

    /** What this plugin is. The same at each call. */
    PluginDescription description();

    /** How well it suits a device of which this much is known; {@link SupportLevel#UNKNOWN} without a vendor. */
    SupportLevel support(DeviceInfo info);

    /**
     * The files that this plugin makes for (or takes from) the device. Core makes the per-device ones after each change,
     * to find errors.
     *
     * @return in the order in which the phone asks for them; empty when the device lacks what the names are made of
     */
    List<PhoneFile> files(Device device);

    /**
     * The file that a path names, for this device.
     *
     * @param path without a leading slash
     * @return empty when this plugin does not make it for this device, as with the file of another device; core then
     *     looks in the plugin's file area
     */
    default Optional<PhoneFile> file(Device device, String path) {
        for (PhoneFile file : files(device)) {
            if (file.name().equals(path)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /**
     * Makes a file.
     *
     * @param file one of {@link #files}, not writable
     * @param device the device it is for
     * @param config its parameters, complete and validated
     * @return the bytes as the phone gets them; at most 16 MiB; not changed afterwards
     * @throws InvalidConfigException when no usable file can be made; the message names parameter and range, and makes
     *     the device "not configured"
     */
    byte[] generate(PhoneFile file, Device device, PhoneConfig config) throws InvalidConfigException;

    /**
     * The path below which the requested file is found, for phones that ask by names of their own making. The default is
     * the path as it came, without a leading slash.
     */
    default String path(PhoneRequest request) {
        return request.path();
    }

    /** How the device is told to fetch its files again; empty when it cannot be told by SIP. */
    default Optional<Resync> resync(Device device) {
        return Optional.of(new Resync("check-sync", java.util.Map.of()));
    }
}
