// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.config.Config;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.DeviceInfo;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.config.RawConfigs;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.internal.render.Renderer;
import org.autoprov.core.plugin.SupportLevel;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to devices as they come, change and are claimed: association with a plugin, onboarding config, and whether
 * they are configured. Thread-safe.
 */
@Component(service = {Lifecycle.class, MetricSource.class})
public final class Lifecycle implements MetricSource {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    /** So many devices are looked at on the thread that changed something; more of them in the background. */
    private static final int AT_ONCE = 50;

    private static final int CHUNK = 200;
    /** Phones come first: after each chunk the background rests for this share of the time that the chunk took. */
    private static final double REST = 1.25;

    private static final int TRIES = 5;

    private final Ledger ledger;
    private final PluginRegistry plugins;
    private final Renderer renderer;
    private final LongAdder waiting = new LongAdder();
    private final LongAdder configured = new LongAdder();
    private final LongAdder notConfigured = new LongAdder();
    /** A thread for each task: one that a plugin holds for ever must not hold the others. */
    private final ExecutorService background = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "autoprov-reconfigure");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public Lifecycle(@Reference Ledger ledger, @Reference PluginRegistry plugins, @Reference Renderer renderer) {
        this.ledger = ledger;
        this.plugins = plugins;
        this.renderer = renderer;
    }

    @Deactivate
    void close() {
        background.shutdownNow();
    }

    /**
     * The plugin that suits the device best; null when none suits it at least PROBABLY.
     *
     * @param families whose plugins come before all others when one of them suits it
     * @param scores filled with each plugin's score; may be null
     */
    public Plugin associate(DeviceInfo info, Set<String> families, Map<String, SupportLevel> scores) {
        Plugin best = null;
        boolean bestIsTheirs = false;
        SupportLevel bestLevel = SupportLevel.UNKNOWN;
        for (Plugin plugin : plugins.snapshot().all()) { // ascending id: of equals, the greatest id wins
            SupportLevel level = plugin.support(info);
            if (scores != null) {
                scores.put(plugin.id(), level);
            }
            boolean theirs = families.contains(plugin.description().family());
            boolean better = theirs == bestIsTheirs ? level.compareTo(bestLevel) >= 0 : theirs;
            if (level.compareTo(SupportLevel.PROBABLE) >= 0 && better) {
                best = plugin;
                bestIsTheirs = theirs;
                bestLevel = level;
            }
        }
        return best;
    }

    /**
     * A copy of the config with the role {@code autocreate}, not stored yet. Its account is its own, from a secure random
     * source, unless the template carries an account of a PBX.
     *
     * @throws RefusedException CONFLICT when there is no such config, or it has no {@code sip_lines.1}
     */
    public Config onboardingConfig() throws RefusedException {
        Config template = ledger.configs().get(ledger.configs().withRole(Config.ROLE_AUTOCREATE));
        if (template == null) {
            throw new RefusedException(Reason.CONFLICT, "no config has the role autocreate");
        }
        Map<String, Object> raw = RawConfigs.copy(template.rawConfig());
        Map<String, Object> lines = RawConfigs.asObject(raw.get("sip_lines"));
        Map<String, Object> account = lines == null ? null : RawConfigs.asObject(lines.get("1"));
        if (account == null) {
            throw new RefusedException(Reason.CONFLICT, "the config " + template.id() + " has no sip_lines.1");
        }
        if (isMissing(account.get("username")) && isMissing(account.get("password"))) {
            account.put("username", "ap" + Secrets.password(14));
            account.put("password", Secrets.password(20));
        }
        return new Config(
                template.id() + Secrets.uuid(),
                0,
                List.of(template.id()),
                raw,
                null,
                true,
                true,
                new LinkedHashMap<>());
    }

    private static boolean isMissing(Object value) {
        return value == null || value.equals("");
    }

    /**
     * The device as it is after its files were made, or could not be.
     *
     * @param lineage of its config, as it will be; null when its config is unknown
     */
    public Outcome configure(Device device, List<ConfigDirectory.Entry> lineage, Reach reached) {
        String problem = renderer.problem(device, lineage, reached);
        boolean works = problem == null;
        (works ? configured : notConfigured).increment();
        return new Outcome(
                works == device.configured()
                        ? device
                        : device.edit().configured(works).build(),
                problem);
    }

    /** @param problem why it is not configured; null when it is */
    public record Outcome(Device device, String problem) {}

    /** As {@link #configure(Device, List, Reach)} with its config as it is. */
    public Outcome configure(Device device) {
        DeviceDirectory.Entry entry = ledger.devices().entry(device.id());
        return configure(device, renderer.lineage(device), entry == null ? null : entry.lastServer());
    }

    /** Notes why a device is not configured, once its change is stored. */
    public void note(Outcome outcome) {
        DeviceDirectory.Entry entry = ledger.devices().entry(outcome.device().id());
        if (entry != null) {
            if (outcome.problem() != null && !outcome.problem().equals(entry.problem())) {
                LOG.warn("{} is not configured: {}", outcome.device(), outcome.problem());
            }
            entry.problem(outcome.problem());
        }
    }

    /** Deletes in the batch the config that a device leaves, if it is transient and nobody else uses it. */
    public void dropIfUnused(Batch batch, String configId, String leavingDeviceId) {
        Config config = ledger.configs().get(configId);
        if (config == null || !config.isTransient()) {
            return;
        }
        Set<String> users = ledger.devices().idsByConfig(configId);
        if (users.isEmpty() || users.size() == 1 && users.contains(leavingDeviceId)) {
            batch.delete(config);
        }
    }

    /** Looks at devices again whose config, plugin or surroundings changed: few at once, many in the background. */
    public void reconfigure(String actor, Collection<String> deviceIds) {
        List<String> ids = List.copyOf(deviceIds);
        if (ids.size() <= AT_ONCE) {
            reconfigureChunk(actor, ids);
        } else {
            LOG.info("{} devices are being configured anew", ids.size());
            waiting.add(ids.size());
            background.execute(() -> {
                long start = System.nanoTime();
                for (int from = 0; from < ids.size(); from += CHUNK) {
                    List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
                    long begun = System.nanoTime();
                    try {
                        reconfigureChunk(actor, chunk);
                    } catch (RuntimeException e) {
                        LOG.error("{} devices could not be configured anew", chunk.size(), e); // the others can
                    } finally {
                        waiting.add(-chunk.size());
                    }
                    if (from + CHUNK < ids.size() && !rest(System.nanoTime() - begun)) {
                        waiting.add(from + CHUNK - ids.size());
                        return; // the server stops; the next start looks at them again
                    }
                }
                LOG.info("{} devices configured anew in {} ms", ids.size(), (System.nanoTime() - start) / 1_000_000);
            });
        }
    }

    /** @return false when the thread shall end */
    private static boolean rest(long workNanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min((long) (workNanos * REST), TimeUnit.SECONDS.toNanos(1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** As {@link #reconfigure}, but goes on in the background when a plugin lets it take longer than that. */
    public void reconfigureWithin(String actor, Collection<String> deviceIds, long millis) {
        if (deviceIds.isEmpty()) {
            return;
        }
        Future<?> task = background.submit(() -> reconfigure(actor, deviceIds));
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("{} devices are still being configured anew", deviceIds.size());
        } catch (ExecutionException e) {
            LOG.error("devices could not be configured anew", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconfigureChunk(String actor, List<String> ids) {
        for (int attempt = 1; ; attempt++) {
            Batch batch = ledger.batch(actor);
            List<Outcome> outcomes = new java.util.ArrayList<>();
            for (String id : ids) {
                Device device = ledger.devices().get(id);
                if (device != null) {
                    Outcome outcome = configure(device);
                    outcomes.add(outcome);
                    if (outcome.device() != device) {
                        batch.put(outcome.device(), "configure", outcome.problem() == null ? "" : outcome.problem());
                    }
                }
            }
            try {
                ledger.commit(batch);
                outcomes.forEach(this::note);
                return;
            } catch (RefusedException e) {
                if (e.reason() != Reason.STALE || attempt == TRIES) {
                    LOG.warn("{} devices could not be configured anew: {}", ids.size(), e.getMessage());
                    return;
                }
            }
        }
    }

    /** Ids of the devices whose config is this one or inherits from it. */
    public Collection<String> devicesBelow(String configId) {
        Set<String> ids = new java.util.LinkedHashSet<>();
        ledger.configs()
                .descendants(configId)
                .forEach(id -> ids.addAll(ledger.devices().idsByConfig(id)));
        return ids;
    }

    @Override
    public void measure(Metrics metrics) {
        String name = "autoprov_configurations_total";
        String help = "How often all files of a device were made, or could not be.";
        metrics.counter(name, help, configured.sum(), "result", "configured");
        metrics.counter(name, help, notConfigured.sum(), "result", "unconfigured");
        metrics.gauge(
                "autoprov_configurations_waiting",
                "Devices that are still to be configured anew, in the background, after a change that concerns many.",
                Math.max(0, waiting.sum()));
    }

    public Ledger ledger() {
        return ledger;
    }

    public Renderer renderer() {
        return renderer;
    }

    public PluginRegistry plugins() {
        return plugins;
    }
}
