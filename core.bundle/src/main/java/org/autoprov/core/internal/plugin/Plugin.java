// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.util.List;
import java.util.Optional;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.plugin.ConfigGenerator;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.request.PhoneRequest;
import org.osgi.framework.Bundle;

/** A generator behind its fence. Its identity tells whether a plugin is still the same. */
public final class Plugin {

    /** Larger files than any phone's configuration. */
    private static final int MAX_BYTES = 16 << 20;

    private final ConfigGenerator generator;
    private final PluginDescription description;
    private final Bundle bundle;
    private final long serviceId;
    private final Fence fence;

    Plugin(ConfigGenerator generator, Bundle bundle, long serviceId, Watchdog watchdog) throws Fence.FencedException {
        this.generator = generator;
        this.bundle = bundle;
        this.serviceId = serviceId;
        this.fence = new Fence(bundle.getSymbolicName() + " " + bundle.getVersion(), watchdog);
        this.description = fence.call("description", Fence.FencedException.class, generator::description);
        if (description == null) {
            throw new Fence.FencedException(bundle.getSymbolicName() + ": description() is null");
        }
    }

    private Plugin(Plugin of) {
        this.generator = of.generator;
        this.bundle = of.bundle;
        this.serviceId = of.serviceId;
        this.fence = of.fence;
        this.description = of.description;
    }

    /** The same generator behind the same fence, but another plugin for whoever keeps what it made. */
    Plugin renewed() {
        return new Plugin(this);
    }

    public String id() {
        return description.id();
    }

    public PluginDescription description() {
        return description;
    }

    Bundle bundle() {
        return bundle;
    }

    long serviceId() {
        return serviceId;
    }

    Fence fence() {
        return fence;
    }

    /** NONE when its code fails. */
    public SupportLevel support(DeviceInfo info) {
        try {
            SupportLevel level = fence.call("support", Fence.FencedException.class, () -> generator.support(info));
            return level == null ? SupportLevel.NONE : level;
        } catch (Fence.FencedException e) {
            return SupportLevel.NONE;
        }
    }

    /** @throws FailedException when its code fails */
    public List<PhoneFile> files(Device device) throws FailedException {
        try {
            return fence.call("files", Fence.FencedException.class, () -> {
                List<PhoneFile> files = generator.files(device);
                return files == null
                        ? List.of()
                        : List.copyOf(files); // read, and found free of nulls, inside the fence
            });
        } catch (Fence.FencedException e) {
            throw new FailedException(e.getMessage());
        }
    }

    /** @throws FailedException when its code fails */
    public Optional<PhoneFile> file(Device device, String path) throws FailedException {
        try {
            Optional<PhoneFile> file =
                    fence.call("file", Fence.FencedException.class, () -> generator.file(device, path));
            return file == null ? Optional.empty() : file;
        } catch (Fence.FencedException e) {
            throw new FailedException(e.getMessage());
        }
    }

    /** @throws FailedException when its code fails */
    public String path(PhoneRequest request) throws FailedException {
        try {
            String path = fence.call("path", Fence.FencedException.class, () -> generator.path(request));
            return path == null ? request.path() : path;
        } catch (Fence.FencedException e) {
            throw new FailedException(e.getMessage());
        }
    }

    /**
     * Makes a file.
     *
     * @throws InvalidConfigException the plugin's answer: it cannot be made from this
     * @throws FailedException when its code fails
     */
    public byte[] generate(PhoneFile file, Device device, PhoneConfig config)
            throws InvalidConfigException, FailedException {
        try {
            byte[] bytes = fence.call(
                    "generating " + file.name(),
                    InvalidConfigException.class,
                    () -> generator.generate(file, device, config));
            if (bytes == null || bytes.length > MAX_BYTES) {
                throw new FailedException(id() + ": " + file.name() + " is "
                        + (bytes == null ? "null" : bytes.length + " bytes long, more than " + MAX_BYTES));
            }
            return bytes;
        } catch (Fence.FencedException e) {
            throw new FailedException(e.getMessage());
        }
    }

    @Override
    public String toString() {
        return id();
    }

    /** A plugin's code failed; already logged and counted. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }
}
