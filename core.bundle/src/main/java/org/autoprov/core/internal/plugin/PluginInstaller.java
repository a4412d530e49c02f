// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.internal.server.Lifecycle;
import org.autoprov.core.internal.vendor.PluginSettings;
import org.autoprov.core.plugin.PluginKit;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginSetting;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vendor bundles come and go while phones are served: by this service, and by files that appear in, change in or vanish
 * from the data folder's {@code plugins/}, which is what is installed. One change at a time.
 */
@Component(
        service = {PluginService.class, JarInstaller.class},
        configurationPid = CoreSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PluginInstaller implements PluginService, JarInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(PluginInstaller.class);

    /** How long a change of plugins waits for its devices; the rest happens in the background. */
    private static final long RECONFIGURE_MILLIS = 2000;

    /** End of the name of a jar that is being put into the folder. */
    private static final String PART = ".installing";

    private final Lifecycle lifecycle;
    private final Ledger ledger;
    private final PluginRegistry registry;
    private final FamilyBundles bundles;
    private final EnabledPlugins enabled;
    private final Path folder;
    private final Path repository;
    private final PluginSettings settings;
    private final PluginAudit audit;
    private final FolderWatch watch;

    @Activate
    public PluginInstaller(
            BundleContext context,
            @Reference Lifecycle lifecycle,
            @Reference PluginKit kit, // the vendors' components want it as soon as their bundles start
            @Reference PluginSettings pluginSettings,
            CoreSettings settings)
            throws IOException {
        this.lifecycle = lifecycle;
        this.ledger = lifecycle.ledger();
        this.registry = lifecycle.plugins();
        this.bundles = new FamilyBundles(context, registry);
        this.enabled = new EnabledPlugins(ledger);
        this.folder = DataFolder.of(context).plugins();
        this.repository = repository(context, settings);
        this.settings = pluginSettings;
        this.audit = new PluginAudit(ledger.store());
        boolean firstStart = !Files.isDirectory(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            LOG.error("{} cannot be made: {}", folder, e.toString());
        }
        registry.enable(enabled::isEnabled);
        removeParts();
        this.watch = new FolderWatch(folder, this::appeared, this::vanished);
        watch.scanNow();
        bundles.uninstallOthers();
        if (firstStart) {
            preinstall(settings.plugins_preinstall());
        }
        watch.start();
    }

    @Deactivate
    void close() {
        watch.close();
    }

    /** What a crash left half done. */
    private void removeParts() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().endsWith(".jar" + PART)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be tidied: {}", folder, e.toString());
        }
    }

    private static Path repository(BundleContext context, CoreSettings settings) {
        String shipped = context.getProperty("autoprov.home");
        String own = settings.plugins_repository();
        if (own.startsWith("file:")) {
            return Path.of(URI.create(own));
        }
        if (own.contains("://")) {
            return null; // its index is what PluginRepository reads
        }
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        return shipped == null ? null : Path.of(shipped, "repository");
    }

    private void preinstall(String list) {
        Collection<String> wanted = new LinkedHashSet<>();
        if (repository == null && !list.isBlank()) {
            LOG.error(
                    "plugins.preinstall: nothing is installed: plugins.repository is not a folder but a URL, which has"
                            + " bundles only once its index is updated; install plugins when the server runs");
            return;
        }
        for (String item : list.split(",")) {
            if (item.trim().equals("all")) {
                VendorJar.list(repository).forEach(jar -> wanted.add(jar.family()));
            } else if (!item.isBlank()) {
                wanted.add(item.trim());
            }
        }
        for (String source : wanted) {
            try {
                install("plugins.preinstall", source);
            } catch (RefusedException e) {
                LOG.error("plugins.preinstall: {}: {}", source, e.getMessage());
            }
        }
    }

    @Override
    public List<PluginStatus> installed() {
        List<PluginStatus> result = new ArrayList<>();
        for (Plugin plugin : registry.snapshot().all()) {
            result.add(new PluginStatus(
                    plugin.description(),
                    plugin.bundle().getBundleId(),
                    plugin.bundle().getVersion().toString(),
                    ledger.devices().idsByPlugin(plugin.id()).size(),
                    plugin.fence().failures(),
                    plugin.fence().lastFailure(),
                    plugin.fence().suspended()));
        }
        return result;
    }

    @Override
    public List<Available> available() {
        Map<String, Available> newest = new TreeMap<>();
        VendorJar.list(repository).stream()
                .sorted(Comparator.comparing(VendorJar::version))
                .forEach(jar -> {
                    FamilyBundles.Installed installed = bundles.get(jar.family());
                    String version =
                            installed == null ? null : installed.jar().version().toString();
                    newest.put(
                            jar.family(),
                            new Available(jar.family(), jar.version().toString(), version, jar.plugins()));
                });
        return List.copyOf(newest.values());
    }

    @Override
    public List<String> install(String actor, String source) throws RefusedException {
        return install(actor, find(source), source);
    }

    @Override
    public List<String> install(String actor, Path file, String pluginId) throws RefusedException {
        VendorJar jar = find(file.toAbsolutePath().toString());
        if (!jar.plugins().contains(pluginId)) {
            throw new RefusedException(Reason.INVALID, file.getFileName() + " has no plugin " + pluginId);
        }
        return install(actor, jar, pluginId);
    }

    @Override
    public List<String> upgrade(String actor, Path file) throws RefusedException {
        return upgrade(actor, file.toAbsolutePath().toString());
    }

    @Override
    public synchronized Optional<String> installedSha256(String family) {
        return Optional.ofNullable(bundles.get(family))
                .map(installed -> installed.jar().sha256());
    }

    private synchronized List<String> install(String actor, VendorJar jar, String source) throws RefusedException {
        boolean onePlugin = !source.equals(jar.family()) && jar.plugins().contains(source);
        Set<String> before = new TreeSet<>(registry.snapshot().plugins().keySet());
        if (bundles.get(jar.family()) == null) {
            enabled.set(actor, jar.family(), onePlugin ? Set.of(source) : Set.copyOf(jar.plugins()), jar.plugins());
            try {
                bringIn(jar, null);
            } catch (RefusedException e) {
                enabled.clear(actor, jar.family());
                throw e;
            }
        } else if (onePlugin && !enabled.isEnabled(source)) {
            Set<String> now = new TreeSet<>(enabled.of(jar.plugins()));
            now.add(source);
            enabled.set(actor, jar.family(), now, jar.plugins());
            registry.enable(enabled::isEnabled);
        } else if (!onePlugin && enabled.isNarrowed(jar.family())) {
            enabled.set(actor, jar.family(), Set.copyOf(jar.plugins()), jar.plugins());
            registry.enable(enabled::isEnabled);
        } else {
            throw new RefusedException(Reason.CONFLICT, source + " is installed already");
        }
        audit.note(
                actor,
                "install",
                onePlugin ? source : jar.family(),
                jar.version().toString());
        reconfigure(actor, jar.plugins());
        return registry.snapshot().plugins().keySet().stream()
                .filter(id -> !before.contains(id))
                .toList();
    }

    @Override
    public synchronized List<String> upgrade(String actor, String source) throws RefusedException {
        VendorJar jar = find(source);
        FamilyBundles.Installed old = bundles.get(jar.family());
        if (old == null) {
            throw new RefusedException(Reason.CONFLICT, jar.family() + " is not installed");
        }
        if (old.jar().sha256().equals(jar.sha256())) {
            throw new RefusedException(
                    Reason.CONFLICT, jar.family() + " " + jar.version() + " is what is installed already");
        }
        bringIn(jar, old);
        audit.note(actor, "upgrade", jar.family(), old.jar().version() + " to " + jar.version());
        Set<String> ids = new TreeSet<>(old.jar().plugins());
        ids.addAll(jar.plugins());
        reconfigure(actor, ids);
        return registry.snapshot().plugins().keySet().stream()
                .filter(jar.plugins()::contains)
                .toList();
    }

    @Override
    public synchronized void uninstall(String actor, String idOrFamily) throws RefusedException {
        FamilyBundles.Installed family = bundles.get(idOrFamily);
        if (family == null) {
            family = bundles.all().stream()
                    .filter(installed -> installed.plugins().contains(idOrFamily))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND, idOrFamily + " is not installed"));
            Set<String> rest = new TreeSet<>(enabled.of(family.plugins()));
            if (!rest.remove(idOrFamily)) {
                throw new RefusedException(Reason.NOT_FOUND, idOrFamily + " is not installed");
            }
            if (!rest.isEmpty()) {
                enabled.set(actor, family.jar().family(), rest, family.plugins());
                registry.enable(enabled::isEnabled);
                reconfigure(actor, List.of(idOrFamily));
                LOG.info("plugin {} is uninstalled", idOrFamily);
                audit.note(actor, "uninstall", idOrFamily, "");
                return;
            }
        }
        Path file = family.jar().file();
        watch.forget(file);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RefusedException(Reason.UNAVAILABLE, file + " cannot be removed: " + e.getMessage(), e);
        }
        leave(actor, family);
    }

    private void leave(String actor, FamilyBundles.Installed family) throws RefusedException {
        bundles.uninstall(family);
        enabled.clear(actor, family.jar().family());
        registry.enable(enabled::isEnabled);
        LOG.info("family {} is uninstalled", family.jar().family());
        audit.note(actor, "uninstall", family.jar().family(), "");
        reconfigure(actor, family.plugins());
    }

    @Override
    public synchronized void reload(String actor, String idOrFamily) throws RefusedException {
        FamilyBundles.Installed family = bundles.get(idOrFamily);
        if (family == null) {
            family = bundles.all().stream()
                    .filter(installed -> installed.plugins().contains(idOrFamily) && enabled.isEnabled(idOrFamily))
                    .findFirst()
                    .orElseThrow(
                            () -> new RefusedException(Reason.NOT_FOUND, "plugin " + idOrFamily + " is not installed"));
        }
        try {
            bundles.restart(family);
            LOG.info("family {} is reloaded by {}", family.jar().family(), actor);
            audit.note(actor, "reload", family.jar().family(), "");
        } catch (VendorJar.UnusableException e) {
            LOG.error("reload: {}", e.getMessage());
            audit.note(actor, "reload", family.jar().family(), "failed");
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        } finally {
            reconfigure(actor, family.plugins());
        }
    }

    @Override
    public List<PluginSetting> settings(String pluginId) {
        return registry.snapshot().get(pluginId) == null ? List.of() : settings.of(pluginId);
    }

    @Override
    public void set(String actor, String pluginId, String settingId, Object value) throws RefusedException {
        if (registry.snapshot().get(pluginId) == null) {
            throw new RefusedException(Reason.NOT_FOUND, "plugin " + pluginId + " is not installed");
        }
        if (settings.set(actor, pluginId, settingId, value)) {
            registry.renew(pluginId);
            reconfigure(actor, List.of(pluginId));
        }
    }

    private void reconfigure(String actor, Collection<String> pluginIds) {
        Set<String> devices = new LinkedHashSet<>();
        pluginIds.forEach(id -> devices.addAll(ledger.devices().idsByPlugin(id)));
        lifecycle.reconfigureWithin(actor, devices, RECONFIGURE_MILLIS);
    }

    /** The newest jar that a family, a plugin id, a path or a file URL names. */
    private VendorJar find(String source) throws RefusedException {
        Path path = asPath(source);
        try {
            if (path != null) {
                return VendorJar.read(path);
            }
        } catch (VendorJar.UnusableException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        }
        List<VendorJar> candidates = new ArrayList<>(VendorJar.list(repository));
        bundles.all().forEach(installed -> candidates.add(installed.jar()));
        return candidates.stream()
                .filter(jar -> jar.family().equals(source) || jar.plugins().contains(source))
                .max(Comparator.comparing(VendorJar::version))
                .orElseThrow(() -> new RefusedException(
                        Reason.NOT_FOUND,
                        "no family, plugin or file " + source
                                + (repository == null
                                        ? ""
                                        : "; the repository " + repository + " has "
                                                + available().stream()
                                                        .map(Available::family)
                                                        .toList())));
    }

    private static Path asPath(String source) {
        try {
            Path path = source.startsWith("file:") ? Path.of(URI.create(source)) : Path.of(source);
            boolean named = source.startsWith("file:") || source.contains("/") || source.endsWith(".jar");
            return named && Files.isRegularFile(path) ? path : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Puts a jar into the folder and its bundle into service, in the place of the old one if there is one. */
    private void bringIn(VendorJar source, FamilyBundles.Installed old) throws RefusedException {
        Path target = old == null
                ? folder.resolve(source.symbolicName() + ".jar")
                : old.jar().file();
        Path part = target.resolveSibling(target.getFileName() + PART);
        try {
            Files.copy(source.file(), part, StandardCopyOption.REPLACE_EXISTING);
            VendorJar copy = VendorJar.read(part);
            FamilyBundles.Started started = bundles.start(copy, target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            VendorJar placed = new VendorJar(
                    target, copy.family(), copy.symbolicName(), copy.version(), copy.plugins(), copy.sha256());
            watch.known(target);
            bundles.takeOver(started, placed, old);
            LOG.info(
                    "family {} {} is {}: {}",
                    placed.family(),
                    placed.version(),
                    old == null ? "installed" : "upgraded",
                    started.plugins());
        } catch (VendorJar.UnusableException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        } catch (IOException e) {
            throw new RefusedException(Reason.UNAVAILABLE, "cannot be installed: " + e, e);
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                LOG.debug("{} stays", part, e);
            }
        }
    }

    /** A jar appeared or changed in the folder. */
    private synchronized void appeared(Path file) throws VendorJar.UnusableException {
        VendorJar jar = VendorJar.read(file);
        FamilyBundles.Installed old = bundles.get(jar.family());
        if (old != null && old.jar().sha256().equals(jar.sha256())) {
            return;
        }
        if (old != null
                && !old.jar().file().equals(file)
                && Files.exists(old.jar().file())
                && old.jar().version().compareTo(jar.version()) > 0) {
            throw new VendorJar.UnusableException(file.getFileName() + " is ignored: " + jar.family() + " "
                    + old.jar().version() + " is newer and installed from "
                    + old.jar().file().getFileName());
        }
        FamilyBundles.Started started = bundles.start(jar, file);
        bundles.takeOver(started, jar, old);
        LOG.info(
                "family {} {} is {} from {}: {}",
                jar.family(),
                jar.version(),
                old == null ? "installed" : "upgraded",
                file.getFileName(),
                started.plugins());
        Set<String> ids = new TreeSet<>(started.plugins());
        if (old != null) {
            ids.addAll(old.plugins());
        }
        reconfigure("plugins folder", ids);
    }

    /** A jar vanished from the folder. */
    private synchronized void vanished(Path file) {
        for (FamilyBundles.Installed family : List.copyOf(bundles.all())) {
            if (family.jar().file().equals(file)) {
                try {
                    leave("plugins folder", family);
                } catch (RefusedException e) {
                    LOG.error("{} is gone, but: {}", file.getFileName(), e.getMessage());
                }
            }
        }
    }
}
