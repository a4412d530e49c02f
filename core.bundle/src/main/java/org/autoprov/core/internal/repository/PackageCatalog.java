// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.autoprov.core.internal.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packages that the descriptors of installed bundles declare. Thread-safe. */
final class PackageCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(PackageCatalog.class);

    private final Function<String, Optional<URL>> descriptors;

    /** @param descriptors finds the descriptor of the bundle that has a plugin; empty for one that is not installed */
    PackageCatalog(Function<String, Optional<URL>> descriptors) {
        this.descriptors = descriptors;
    }

    /**
     * The packages of a plugin by name, in the order of the descriptor; a faulty declaration is reported and left out.
     *
     * @return empty when the plugin is not installed
     */
    Optional<Map<String, PackageDeclaration>> of(String pluginId) {
        return descriptors.apply(pluginId).map(url -> read(pluginId, url));
    }

    private static Map<String, PackageDeclaration> read(String pluginId, URL url) {
        Map<String, PackageDeclaration> result = new LinkedHashMap<>();
        try (InputStream in = url.openStream()) {
            Map<String, Object> descriptor = Json.readObject(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (Object plugin : (List<?>) descriptor.get("plugins")) {
                if (plugin instanceof Map<?, ?> line && pluginId.equals(line.get("id"))) {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    line.forEach((key, value) -> facts.put(String.valueOf(key), value));
                    if (line.get("packages") instanceof List<?> packages) {
                        packages.forEach(item -> add(result, pluginId, facts, item));
                    }
                }
            }
        } catch (IOException | ClassCastException | NullPointerException e) {
            LOG.error("the packages of {} cannot be read: {}", pluginId, e.toString());
        }
        return result;
    }

    private static void add(
            Map<String, PackageDeclaration> result, String pluginId, Map<String, Object> line, Object item) {
        try {
            PackageDeclaration one = PackageDeclaration.read(line, (Map<?, ?>) item);
            if (result.putIfAbsent(one.name(), one) != null) {
                LOG.warn("{} declares the package {} twice", pluginId, one.name());
            }
        } catch (IllegalArgumentException | ClassCastException e) {
            LOG.warn("{} declares a package that cannot be used: {}", pluginId, e.getMessage());
        }
    }
}
