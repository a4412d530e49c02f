// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.autoprov.core.config.Config;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** Configs in memory; a parameter {@code bad} is invalid. */
final class FakeConfigs implements ConfigService {

    final Map<String, Config> configs = new ConcurrentHashMap<>();
    volatile RefusedException refusal;

    /** How many changes yet are overtaken by another call's. */
    final AtomicInteger overtaken = new AtomicInteger();

    @Override
    public Collection<Config> all() {
        return configs.values();
    }

    @Override
    public Optional<Config> get(String id) {
        return Optional.ofNullable(configs.get(id));
    }

    @Override
    public Optional<Map<String, Object>> flattened(String id) {
        return get(id).map(config -> {
            Map<String, Object> raw = new LinkedHashMap<>();
            raw.put("http_base_url", "http://192.0.2.1:8667");
            raw.putAll(config.rawConfig());
            return raw;
        });
    }

    @Override
    public Config create(String actor, Config config) throws RefusedException {
        fail();
        if (configs.containsKey(config.id())) {
            throw new RefusedException(Reason.CONFLICT, "a config with the id " + config.id() + " exists");
        }
        return put(config);
    }

    private void fail() throws RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        if (overtaken.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new RefusedException(Reason.STALE, "the config was changed meanwhile");
        }
    }

    private Config put(Config config) throws RefusedException {
        if (config.rawConfig().containsKey("bad")) {
            throw new RefusedException(Reason.INVALID, "bad: Custom fields must start with `X_`");
        }
        configs.put(config.id(), config);
        return config;
    }

    @Override
    public Config update(String actor, Config config) throws RefusedException {
        fail();
        return put(config);
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        fail();
        if (!configs.get(id).deletable()) {
            throw new RefusedException(Reason.CONFLICT, "the config " + id + " is not deletable");
        }
        configs.remove(id);
    }

    @Override
    public Config autocreate(String actor) throws RefusedException {
        fail();
        if (!configs.containsKey("autoprov")) {
            throw new RefusedException(Reason.CONFLICT, "no config has the role autocreate");
        }
        return put(Config.of("autoprov7f9c", List.of("autoprov"), Map.of()));
    }
}
