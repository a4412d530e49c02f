// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autoprov.core.internal.config.BaseRawConfig;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.service.ImportReport;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.ImportService;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what a wazo-provd has kept, in the order in which documents refer to each other. */
@Component
public final class LegacyImport implements ImportService {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyImport.class);

    private final Lifecycle lifecycle;
    private final BaseRawConfig base;
    private final ParameterService parameters;
    private final PluginService plugins;
    private final Path baseFile;
    private final AtomicBoolean running = new AtomicBoolean();

    @Activate
    public LegacyImport(
            BundleContext context,
            @Reference Lifecycle lifecycle,
            @Reference BaseRawConfig base,
            @Reference ParameterService parameters,
            @Reference PluginService plugins) {
        this.lifecycle = lifecycle;
        this.base = base;
        this.parameters = parameters;
        this.plugins = plugins;
        this.baseFile = DataFolder.of(context).root().resolve("base-raw-config.json");
    }

    @Override
    public ImportReport run(String actor, Path folder, boolean dryRun, boolean overwrite) throws RefusedException {
        LegacyFolder source = LegacyFolder.open(folder);
        if (!running.compareAndSet(false, true)) {
            throw new RefusedException(Reason.CONFLICT, "another import is running");
        }
        long start = System.nanoTime();
        Tally tally = new Tally();
        try {
            ImportReport report = take(source, actor, dryRun, overwrite, tally);
            LOG.info(
                    "import {}: {} documents {}, {} remarks; {} ms",
                    folder,
                    tally.stored(),
                    dryRun ? "would be stored" : "stored",
                    report.remarks().size() + report.moreRemarks(),
                    (System.nanoTime() - start) / 1_000_000);
            return report;
        } catch (RefusedException e) {
            throw new RefusedException(
                    e.reason(),
                    "the import stopped after " + tally.stored() + " stored documents: " + e.getMessage(),
                    e);
        } finally {
            running.set(false);
        }
    }

    private ImportReport take(LegacyFolder source, String actor, boolean dryRun, boolean overwrite, Tally tally)
            throws RefusedException {
        Set<String> touched = new HashSet<>();
        PluginIds pluginIds = new PluginIds(lifecycle, pluginsAtHand());
        TenantImport tenants = new TenantImport(lifecycle.ledger(), overwrite);
        DeviceImport devices = new DeviceImport(lifecycle, source, dryRun, overwrite, tenants, pluginIds);
        ConfigImport configs = new ConfigImport(lifecycle, source, overwrite);
        ParameterImport server = new ParameterImport(parameters, base, baseFile, actor, dryRun, overwrite, tally);

        devices.look();
        LegacyFolder.Document app = null;
        try {
            app = source.parameters();
        } catch (NotTakenException e) {
            tally.notTaken(Tally.PARAMETERS, LegacyFolder.PARAMETERS, e);
        }
        Object keys = app == null ? null : app.json().get("tenants");
        tenants.run(keys, chunk(actor, dryRun, Tally.TENANTS, tally), tally, touched);
        if (app != null) {
            server.parameters(app.json());
        }
        server.base(source);
        configs.run(chunk(actor, dryRun, Tally.CONFIGS, tally), tally, touched);
        devices.run(chunk(actor, dryRun, Tally.DEVICES, tally), tally, actor);
        if (!dryRun) {
            lifecycle.reconfigure(actor, touched);
        }
        plugins(source, pluginIds, tally);
        return tally.report(dryRun, pluginIds.uses());
    }

    private Chunk chunk(String actor, boolean dryRun, String kind, Tally tally) {
        return new Chunk(lifecycle.ledger(), actor, dryRun, kind, tally);
    }

    private Set<String> pluginsAtHand() {
        Set<String> ids = new HashSet<>();
        for (Plugin plugin : lifecycle.plugins().snapshot().all()) {
            ids.add(plugin.id());
        }
        plugins.installed().forEach(status -> ids.add(status.description().id()));
        plugins.available().forEach(family -> ids.addAll(family.plugins()));
        return ids;
    }

    /** Their plugins are programs of another kind and stay behind; only which ones they are is of use. */
    private static void plugins(LegacyFolder source, PluginIds pluginIds, Tally tally) {
        try {
            for (String name : source.names(LegacyFolder.PLUGINS)) {
                if (source.isPlugin(name)) {
                    pluginIds.installed(name);
                    if (source.hasCustomTemplates(name)) {
                        tally.remark(
                                LegacyFolder.PLUGINS + "/" + name,
                                "var/templates",
                                Outcome.ALTERED,
                                "custom templates are left out: they are written in another language here");
                    }
                }
            }
        } catch (NotTakenException e) {
            tally.remark(LegacyFolder.PLUGINS, "", Outcome.ALTERED, e.getMessage());
        }
    }
}
