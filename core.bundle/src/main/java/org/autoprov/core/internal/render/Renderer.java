// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32C;
import org.autoprov.core.config.InvalidConfigException;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.device.Tenant;
import org.autoprov.core.internal.config.BaseRawConfig;
import org.autoprov.core.internal.config.ConfigDirectory;
import org.autoprov.core.internal.device.DeviceDirectory;
import org.autoprov.core.internal.device.Reach;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.plugin.PluginRegistry;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.OpenListeners;
import org.autoprov.core.internal.template.CustomTemplates;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Makes devices' files, and keeps them as long as nothing that they are made of has changed. What is kept is checked against
 * its inputs at each use, so nothing has to be invalidated, and nothing stale can be served. Requests for one file that
 * come together render it once.
 */
@Component(
        service = {Renderer.class, MetricSource.class},
        configurationPid = CoreSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Renderer implements MetricSource {

    private final Ledger ledger;
    private final PluginRegistry plugins;
    private final BaseRawConfig base;
    private final Parameters parameters;
    private final ToLongFunction<String> templateVersion;
    private final RenderCache cache;
    private final RenderTally tally = new RenderTally();
    private final OpenListeners listeners;
    private final Consumer<PluginRegistry.Snapshot> pluginsChanged = this::forgetOthers;
    private final Map<RenderCache.Key, Rendering> underWay = new ConcurrentHashMap<>();

    /** A file that is being made. */
    private static final class Rendering {
        private final Rendered wanted;
        private final CompletableFuture<Rendered> made = new CompletableFuture<>();

        /** @param wanted what it is made of, still without bytes */
        Rendering(Rendered wanted) {
            this.wanted = wanted;
        }
    }

    @Activate
    public Renderer(
            @org.osgi.service.component.annotations.Reference Ledger ledger,
            @org.osgi.service.component.annotations.Reference PluginRegistry plugins,
            @org.osgi.service.component.annotations.Reference BaseRawConfig base,
            @org.osgi.service.component.annotations.Reference CustomTemplates templates,
            @org.osgi.service.component.annotations.Reference OpenListeners listeners,
            CoreSettings settings) {
        this.listeners = listeners;
        this.ledger = ledger;
        this.plugins = plugins;
        this.base = base;
        this.parameters = new Parameters(ledger, base, settings, listeners);
        this.templateVersion = templates::version;
        this.cache = new RenderCache((long) settings.cache_size() << 20);
        plugins.observe(pluginsChanged);
    }

    @Deactivate
    void close() {
        plugins.unobserve(pluginsChanged);
    }

    /** How the sender reaches us, for what goes into its files; null when unknown. */
    public Reach reached(PhoneRequest request) {
        return listeners.reach(request);
    }

    /** A file cannot be made; the message says why, in one sentence without secrets. */
    public static final class UnrenderableException extends Exception {
        private static final long serialVersionUID = 1;

        UnrenderableException(String message) {
            super(message);
        }
    }

    /** A file that is ready. @param configState what {@link DeviceDirectory.Entry#fetchedBefore} takes */
    public record Kept(PhoneFile file, FileContent content, Object configState) {}

    /** When the lineage was last found unchanged: while no config changes it need not be looked at again. */
    private static final class EpochMark {
        private volatile long epoch = -1;
    }

    /**
     * A file of a device, if it was made before and nothing that it is made of has changed. Calls no plugin.
     *
     * @param path as the phone asked for it
     * @return null when it must be made
     */
    public Kept kept(Plugin plugin, String path, Device device, Reach reached) {
        Rendered kept = cache.get(new RenderCache.Key(device.id(), path));
        if (kept == null) {
            return null;
        }
        long epoch = ledger.configs().epoch();
        List<ConfigDirectory.Entry> lineage = kept.mark.epoch == epoch ? kept.lineage : lineage(device);
        if (lineage == null || !isCurrent(kept, plugin, device, lineage, reached)) {
            return null;
        }
        kept.mark.epoch = epoch;
        return new Kept(kept.file, content(kept), kept.lineage.get(kept.lineage.size() - 1));
    }

    /** A file of {@link #kept} was sent: it counts as found in the cache. */
    public void noteServed() {
        tally.hit();
    }

    @Override
    public void measure(Metrics metrics) {
        tally.measure(metrics, cache);
    }

    private boolean isCurrent(
            Rendered kept, Plugin plugin, Device device, List<ConfigDirectory.Entry> lineage, Reach reached) {
        return kept.madeOf(
                plugin,
                device,
                lineage,
                base.parameters(),
                parameters.baseUrl(reached),
                key(device),
                templateVersion.applyAsLong(plugin.id()),
                Parameters.year());
    }

    private String key(Device device) {
        Tenant tenant = ledger.tenants().get(device.tenant());
        return tenant == null ? null : tenant.provisioningKey();
    }

    private static FileContent content(Rendered rendered) {
        return FileContent.generated(
                rendered.file.name(), rendered.file.contentType(), rendered.packed.unpack(), rendered.etag);
    }

    /**
     * A file with everything it was made of.
     *
     * @param device what {@link Device#generatesAs} compares
     */
    record Rendered(
            PhoneFile file,
            Plugin plugin,
            Device device,
            List<ConfigDirectory.Entry> lineage,
            Map<String, Object> base,
            BaseUrl baseUrl,
            String key,
            long templates,
            int year,
            Reference.Packed packed,
            String etag,
            EpochMark mark) {

        Rendered with(Reference.Packed bytes, String tag) {
            return new Rendered(file, plugin, device, lineage, base, baseUrl, key, templates, year, bytes, tag, mark);
        }

        boolean madeOf(
                Plugin nowPlugin,
                Device nowDevice,
                List<ConfigDirectory.Entry> nowLineage,
                Map<String, Object> nowBase,
                BaseUrl nowUrl,
                String nowKey,
                long nowTemplates,
                int nowYear) {
            return plugin == nowPlugin
                    && templates == nowTemplates
                    && base == nowBase
                    && year == nowYear
                    && baseUrl.equals(nowUrl)
                    && Objects.equals(key, nowKey)
                    && device.generatesAs(nowDevice)
                    && lineage.equals(nowLineage);
        }
    }

    private void forgetOthers(PluginRegistry.Snapshot now) {
        cache.retain(now.all());
    }

    public Parameters parameters() {
        return parameters;
    }

    /** Where the device's parameters come from; null when its config is unknown. */
    public List<ConfigDirectory.Entry> lineage(Device device) {
        return ledger.configs().lineage(device.config());
    }

    /**
     * A device's file, made now or kept from before.
     *
     * @param lineage of the device's config, as it is or as it will be
     * @param reached the address of ours that the device uses; null when unknown
     */
    public FileContent content(
            Plugin plugin, PhoneFile file, Device device, List<ConfigDirectory.Entry> lineage, Reach reached)
            throws UnrenderableException {
        return content(rendered(plugin, file, device, lineage, reached));
    }

    /**
     * A device's file as it would be with other parameters; nothing of it is kept.
     *
     * @param changes a merge patch on the flattened parameters
     */
    public FileContent contentWith(
            Map<String, Object> changes,
            Plugin plugin,
            PhoneFile file,
            Device device,
            List<ConfigDirectory.Entry> lineage,
            Reach reached)
            throws UnrenderableException {
        try {
            PhoneConfig config =
                    parameters.phoneConfig(device, lineage, parameters.baseUrl(reached), Parameters.year(), changes);
            byte[] bytes = plugin.generate(file, device, config);
            return FileContent.generated(file.name(), file.contentType(), bytes, etag(bytes));
        } catch (InvalidConfigException | Plugin.FailedException e) {
            throw new UnrenderableException(e.getMessage());
        }
    }

    private Rendered rendered(
            Plugin plugin, PhoneFile file, Device device, List<ConfigDirectory.Entry> lineage, Reach reached)
            throws UnrenderableException {
        BaseUrl baseUrl = parameters.baseUrl(reached);
        Map<String, Object> basis = base.parameters();
        String key = key(device);
        long templates = templateVersion.applyAsLong(plugin.id());
        int year = Parameters.year();
        RenderCache.Key cacheKey = new RenderCache.Key(device.id(), file.name());
        Rendered kept = cache.get(cacheKey);
        if (kept != null && kept.madeOf(plugin, device, lineage, basis, baseUrl, key, templates, year)) {
            tally.hit();
            return kept;
        }
        tally.miss();
        Rendered wanted = new Rendered(
                file, plugin, device, lineage, basis, baseUrl, key, templates, year, null, null, new EpochMark());
        Rendering mine = new Rendering(wanted);
        Rendering others = underWay.putIfAbsent(cacheKey, mine);
        if (others != null && others.wanted.madeOf(plugin, device, lineage, basis, baseUrl, key, templates, year)) {
            return await(others.made); // of something older it would be, or fail, differently: then we make our own
        }
        try {
            byte[] bytes = render(plugin, file, device, lineage, baseUrl, year);
            Reference.Packed packed = cache.pack(plugin, device.model(), file.template(), bytes);
            Rendered made = wanted.with(packed, etag(bytes));
            cache.put(cacheKey, made);
            mine.made.complete(made);
            return made;
        } catch (UnrenderableException | RuntimeException e) {
            mine.made.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(cacheKey, mine);
            mine.made.completeExceptionally(
                    new IllegalStateException("the rendering thread ended")); // unless it is done
        }
    }

    private static Rendered await(CompletableFuture<Rendered> others) throws UnrenderableException {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnrenderableException cause) {
                throw new UnrenderableException(cause.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private byte[] render(
            Plugin plugin,
            PhoneFile file,
            Device device,
            List<ConfigDirectory.Entry> lineage,
            BaseUrl baseUrl,
            int year)
            throws UnrenderableException {
        long start = System.nanoTime();
        boolean made = false;
        try {
            PhoneConfig config = parameters.phoneConfig(device, lineage, baseUrl, year);
            byte[] bytes = plugin.generate(file, device, config);
            made = true;
            return bytes;
        } catch (InvalidConfigException | Plugin.FailedException e) {
            throw new UnrenderableException(e.getMessage());
        } finally {
            tally.rendered(plugin.description().family(), Math.max(0, System.nanoTime() - start), !made);
        }
    }

    private static String etag(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return '"' + Long.toHexString(crc.getValue()) + '-' + Integer.toHexString(bytes.length) + '"';
    }

    /**
     * Makes all files that are the device's own, to find errors.
     *
     * @return null when that worked; else why not, one sentence
     */
    public String problem(Device device, List<ConfigDirectory.Entry> lineage, Reach reached) {
        if (device.plugin() == null || device.plugin().isEmpty()) {
            return "it has no plugin";
        }
        plugins.awaitSettled();
        Plugin plugin = plugins.snapshot().get(device.plugin());
        if (plugin == null) {
            return "its plugin " + device.plugin() + " is not installed";
        }
        if (lineage == null) {
            return device.config() == null ? "it has no config" : "its config " + device.config() + " does not exist";
        }
        try {
            boolean any = false;
            for (PhoneFile file : plugin.files(device)) {
                if (!file.writable() && file.perDevice()) {
                    rendered(plugin, file, device, lineage, reached);
                    any = true;
                }
            }
            return any ? null : "its plugin makes no file for it: the device lacks what the file names are made of";
        } catch (UnrenderableException | Plugin.FailedException e) {
            return e.getMessage();
        }
    }
}
