// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.server.DataFolder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root of all inheritance: {@code base-raw-config.json} in the data folder, read at the start and when it changed. A
 * faulty file stops the start; once running, it is reported and the last good one stays in force.
 */
@Component(service = BaseRawConfig.class)
public final class BaseRawConfig {

    private static final Logger LOG = LoggerFactory.getLogger(BaseRawConfig.class);

    private final Path file;
    private volatile Map<String, Object> parameters;
    private FileTime modified;

    @Activate
    public BaseRawConfig(BundleContext context) throws IOException {
        file = DataFolder.of(context).root().resolve("base-raw-config.json");
        try {
            if (!Files.exists(file)) {
                DataFolder.write(file, "{}\n");
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
        try {
            parameters = read();
        } catch (InvalidConfigException e) {
            System.setProperty("autoprov.failure", e.getMessage());
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Not to be changed. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    /** Reads the file again if it changed; true when the parameters are others now. */
    public synchronized boolean refresh() {
        try {
            FileTime now = Files.getLastModifiedTime(file);
            if (now.equals(modified)) {
                return false;
            }
            Map<String, Object> before = parameters;
            parameters = read();
            return !before.equals(parameters);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | InvalidConfigException e) {
            LOG.error("{}; the parameters read before stay in force", e.getMessage());
            return false;
        }
    }

    private Map<String, Object> read() throws InvalidConfigException {
        try {
            modified = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
            Map<String, Object> read = modified == null ? Map.of() : Json.readObject(Files.readString(file));
            ConfigValidation.check(read);
            return read;
        } catch (IOException | InvalidConfigException e) {
            throw new InvalidConfigException(file + ": " + e.getMessage(), e);
        }
    }
}
