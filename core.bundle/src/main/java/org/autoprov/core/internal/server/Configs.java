// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.config.Config;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.internal.config.BaseRawConfig;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.config.ConfigValidation;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.render.Parameters;
import org.autoprov.core.service.ConfigService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Configs as administration sees and changes them; also watches the base raw config's file. */
@Component(immediate = true)
public final class Configs implements ConfigService {

    private static final Set<String> ROLES = Set.of(Config.ROLE_DEFAULT, Config.ROLE_AUTOCREATE);
    private static final long CHECK_SECONDS = 1;

    private final Lifecycle lifecycle;
    private final Ledger ledger;
    private final Parameters parameters;
    private final BaseRawConfig base;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "autoprov-base-raw-config");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public Configs(@Reference Lifecycle lifecycle, @Reference BaseRawConfig base) {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
        this.parameters = lifecycle.renderer().parameters();
        this.base = base;
        clock.scheduleWithFixedDelay(this::refreshBase, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        clock.shutdownNow();
    }

    private void refreshBase() {
        if (base.refresh()) {
            lifecycle.reconfigure(
                    "base-raw-config.json",
                    ledger.devices().all().stream()
                            .map(entry -> entry.device().id())
                            .toList());
        }
    }

    @Override
    public Collection<Config> all() {
        return ledger.configs().all();
    }

    @Override
    public Optional<Config> get(String id) {
        return Optional.ofNullable(ledger.configs().get(id));
    }

    @Override
    public Optional<Map<String, Object>> flattened(String id) {
        return Optional.ofNullable(ledger.configs().lineage(id))
                .map(lineage -> ConfigDirectory.flatten(parameters.base(parameters.baseUrl(null)), lineage));
    }

    @Override
    public Config create(String actor, Config config) throws RefusedException {
        if (ledger.configs().contains(config.id())) {
            throw new RefusedException(Reason.CONFLICT, "a config with the id " + config.id() + " exists");
        }
        return store(actor, checked(config.withRevision(0)), "create");
    }

    @Override
    public Config update(String actor, Config config) throws RefusedException {
        Config before = existing(config.id());
        if (config.revision() != 0 && config.revision() != before.revision()) {
            throw new RefusedException(Reason.STALE, "the config was changed meanwhile");
        }
        Config next = checked(config.withRevision(before.revision()));
        return next.equals(before) ? before : store(actor, next, "update");
    }

    private Config store(String actor, Config config, String action) throws RefusedException {
        Batch batch = ledger.batch(actor);
        Config stored = batch.put(config, action, "");
        ledger.commit(batch);
        lifecycle.reconfigure(actor, lifecycle.devicesBelow(stored.id()));
        return stored;
    }

    /** The config as it is stored: validated, and without nulls where it is a template for devices. */
    private Config checked(Config config) throws RefusedException {
        Map<String, Object> raw =
                "device".equals(config.type()) ? RawConfigs.withoutNulls(config.rawConfig()) : config.rawConfig();
        try {
            ConfigValidation.check(raw);
        } catch (InvalidConfigException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        }
        if (config.role() != null) {
            String holder = ledger.configs().withRole(config.role());
            if (!ROLES.contains(config.role())) {
                throw new RefusedException(Reason.INVALID, "role must be one of default, autocreate");
            }
            if (holder != null && !holder.equals(config.id())) {
                throw new RefusedException(
                        Reason.CONFLICT, "the role " + config.role() + " is held by the config " + holder);
            }
        }
        if (config.isTransient() && ledger.configs().hasChildren(config.id())) {
            throw new RefusedException(Reason.INVALID, "a transient config must not be a parent");
        }
        for (String parent : config.parentIds()) {
            Config above = ledger.configs().get(parent);
            if (above != null && above.isTransient()) {
                throw new RefusedException(Reason.INVALID, "the parent " + parent + " is transient");
            }
        }
        return config.withRawConfig(raw);
    }

    private Config existing(String id) throws RefusedException {
        Config config = ledger.configs().get(id);
        if (config == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no config " + id);
        }
        return config;
    }

    @Override
    public void delete(String actor, String id) throws RefusedException {
        Config config = existing(id);
        if (!config.deletable()) {
            throw new RefusedException(Reason.CONFLICT, "the config " + id + " is not deletable");
        }
        Collection<String> affected = lifecycle.devicesBelow(id);
        Batch batch = ledger.batch(actor);
        batch.delete(config);
        ledger.commit(batch);
        lifecycle.reconfigure(actor, affected);
    }

    @Override
    public Config autocreate(String actor) throws RefusedException {
        Batch batch = ledger.batch(actor);
        Config stored = batch.put(lifecycle.onboardingConfig(), "create", "onboarding");
        ledger.commit(batch);
        return stored;
    }
}
