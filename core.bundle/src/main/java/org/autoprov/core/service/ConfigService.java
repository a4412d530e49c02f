// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.autoprov.core.config.Config;
import org.osgi.annotation.versioning.ProviderType;

/** What administration does with configs. Reads come from memory; changes return when they are durable. Thread-safe. */
@ProviderType
public interface ConfigService {

    Collection<Config> all();

    Optional<Config> get(String id);

    /** The base raw config, then all ancestors, then its own parameters; empty for an unknown id. */
    Optional<Map<String, Object>> flattened(String id);

    /** @throws RefusedException CONFLICT for a taken id, INVALID, UNAVAILABLE */
    Config create(String actor, Config config) throws RefusedException;

    /**
     * Replaces a config; all devices below it are configured anew.
     *
     * @param config its revision must be the stored one, or 0 to replace whatever is stored
     * @throws RefusedException NOT_FOUND, STALE, INVALID, UNAVAILABLE
     */
    Config update(String actor, Config config) throws RefusedException;

    /** @throws RefusedException NOT_FOUND, CONFLICT when it is not deletable, UNAVAILABLE */
    void delete(String actor, String id) throws RefusedException;

    /**
     * A copy of the config with the role {@code autocreate}, stored, transient.
     *
     * @throws RefusedException CONFLICT when there is none, or it has no {@code sip_lines.1}; UNAVAILABLE
     */
    Config autocreate(String actor) throws RefusedException;
}
