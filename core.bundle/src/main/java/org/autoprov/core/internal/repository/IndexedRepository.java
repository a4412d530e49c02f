// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.autoprov.core.internal.plugin.JarInstaller;
import org.autoprov.core.internal.plugin.VendorJar;
import org.autoprov.core.internal.server.CoreSettings;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
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
 * The repository that an index describes. That of a URL is kept in the data folder's {@code repository/}, where bundles are
 * put together, too; a folder is read where it is, and may lack an index: it is made then.
 */
@Component(
        service = PluginRepository.class,
        configurationPid = CoreSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class IndexedRepository implements PluginRepository {

    private static final Logger LOG = LoggerFactory.getLogger(IndexedRepository.class);

    private final Path folder;
    private final String configured;
    private final ParameterService parameters;
    private final PluginService plugins;
    private final JarInstaller jars;
    private final OperationService operations;
    private final Download download;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService background = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "autoprov-repository");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Known known;

    /** An index, and where it came from. */
    private record Known(String location, List<BundleResource> bundles) {}

    /** Something that may be refused or fail while it runs. */
    private interface Work {
        void run(Operation operation) throws IOException, RefusedException;
    }

    @Activate
    public IndexedRepository(
            BundleContext context,
            @Reference ParameterService parameters,
            @Reference PluginService plugins,
            @Reference JarInstaller jars,
            @Reference OperationService operations,
            CoreSettings settings) {
        this(
                DataFolder.of(context).root().resolve("repository"),
                configured(context, settings),
                parameters,
                plugins,
                jars,
                operations,
                new Download(new Proxies(parameters), Download.Limits.USUAL));
    }

    /** @param configured the location when no parameter says another; empty for none */
    IndexedRepository(
            Path folder,
            String configured,
            ParameterService parameters,
            PluginService plugins,
            JarInstaller jars,
            OperationService operations,
            Download download) {
        this.folder = folder;
        this.configured = configured;
        this.parameters = parameters;
        this.plugins = plugins;
        this.jars = jars;
        this.operations = operations;
        this.download = download;
        removeParts();
    }

    private static String configured(BundleContext context, CoreSettings settings) {
        if (!settings.plugins_repository().isEmpty()) {
            return settings.plugins_repository();
        }
        String home = context.getProperty("autoprov.home");
        return home == null ? "" : Path.of(home, "repository").toString();
    }

    /** What a crash left half done. */
    private void removeParts() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".part") || name.endsWith(".jar")) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be tidied: {}", folder, e.toString());
        }
    }

    @Deactivate
    void close() {
        background.shutdownNow();
    }

    @Override
    public String location() {
        String location = locationText();
        try {
            return location.isEmpty() ? "" : RepositorySource.of(location).shown();
        } catch (IllegalArgumentException e) {
            return ParameterRules.masked(location);
        }
    }

    private String locationText() {
        return parameters.get(ParameterService.PLUGIN_SERVER).orElse(configured);
    }

    @Override
    public Operation update(String actor) throws RefusedException {
        String location = locationText();
        if (location.isEmpty()) {
            throw new RefusedException(Reason.INVALID, "'server' has no value set: there is no plugin repository");
        }
        RepositorySource source;
        try {
            source = RepositorySource.of(location);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.INVALID, e.getMessage(), e);
        }
        Operation update = start("update", "", "an update of the index is running already", operation -> {
            known = new Known(location, source.isFolder() ? ofFolder(source, operation) : fetch(source, operation));
            LOG.info("{} updated the index of {}: {} bundles", actor, source.shown(), known.bundles.size());
        });
        operations.track("repository.update", "", null, actor, update);
        return update;
    }

    /** Reads a folder's index, or what an index of it would be. */
    private static List<BundleResource> ofFolder(RepositorySource source, Operation operation) throws IOException {
        Path index = source.folder().resolve(IndexWriter.FILE);
        if (Files.isRegularFile(index)) {
            List<BundleResource> bundles = IndexReader.read(index);
            operation.progress(Files.size(index), 0);
            return bundles;
        }
        if (!Files.isDirectory(source.folder())) {
            throw new IOException("there is no folder " + source.folder());
        }
        byte[] made = IndexWriter.write(source.folder()).getBytes(StandardCharsets.UTF_8);
        operation.progress(made.length, 0);
        return IndexReader.read(new ByteArrayInputStream(made));
    }

    /** Downloads an index and keeps it if it is one. */
    private List<BundleResource> fetch(RepositorySource source, Operation operation) throws IOException {
        Files.createDirectories(folder);
        Path kept = kept(source);
        Path part = kept.resolveSibling(kept.getFileName() + ".part");
        operation.progress(0, 0);
        try {
            Operation bytes = new Operation("");
            download.fetch(source.index(), part, 0, IndexReader.MAX_BYTES, bytes);
            List<BundleResource> bundles = IndexReader.read(part);
            operation.progress(Files.size(part), 0);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return bundles;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The kept index of a URL; another URL has another file. */
    private Path kept(RepositorySource source) {
        try {
            byte[] hash = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(source.index().toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve("index-" + HexFormat.of().formatHex(hash, 0, 8) + ".xml");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    private List<BundleResource> bundles() throws RefusedException {
        String location = locationText();
        Known now = known;
        if (now != null && now.location.equals(location)) {
            return now.bundles;
        }
        if (location.isEmpty()) {
            return List.of();
        }
        try {
            RepositorySource source = RepositorySource.of(location);
            List<BundleResource> bundles;
            if (source.isFolder()) {
                bundles = Files.isDirectory(source.folder()) ? ofFolder(source, new Operation("")) : List.of();
            } else {
                Path kept = kept(source);
                bundles = Files.isRegularFile(kept) ? IndexReader.read(kept) : List.of();
            }
            known = new Known(location, bundles);
            return bundles;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException(Reason.UNAVAILABLE, location() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Offer> installable() throws RefusedException {
        Map<String, Offer> newest = new TreeMap<>();
        bundles().stream()
                .sorted(Comparator.comparing(BundleResource::version))
                .forEach(bundle -> bundle.plugins().forEach(plugin -> newest.put(plugin.pluginId(), plugin)));
        return List.copyOf(newest.values());
    }

    private BundleResource find(String pluginId) throws RefusedException {
        return bundles().stream()
                .filter(bundle -> bundle.has(pluginId))
                .max(Comparator.comparing(BundleResource::version))
                .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND, "the repository has no plugin " + pluginId));
    }

    private boolean isInstalled(String pluginId) {
        return plugins.installed().stream()
                .anyMatch(plugin -> plugin.description().id().equals(pluginId));
    }

    @Override
    public Operation install(String actor, String pluginId) throws RefusedException {
        if (isInstalled(pluginId)) {
            throw new RefusedException(Reason.CONFLICT, "plugin " + pluginId + " is already installed");
        }
        BundleResource bundle = find(pluginId);
        RepositorySource source = RepositorySource.of(locationText());
        Operation install = start("install", bundle.family(), busy(bundle), operation -> {
            if (jars.installedSha256(bundle.family()).isPresent()) {
                enable(actor, bundle, pluginId);
            } else {
                bring(source, bundle, pluginId, operation, jar -> jars.install(actor, jar, pluginId));
            }
        });
        operations.track("plugin.install", pluginId, null, actor, install);
        return install;
    }

    private static String busy(BundleResource bundle) {
        return "the family " + bundle.family() + " is being installed or upgraded already";
    }

    private void enable(String actor, BundleResource bundle, String pluginId) throws RefusedException {
        try {
            plugins.install(actor, pluginId);
        } catch (RefusedException e) {
            if (e.reason() != Reason.CONFLICT) {
                throw e;
            }
        }
        if (!isInstalled(pluginId)) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "the installed bundle of " + bundle.family() + " does not have " + pluginId
                            + "; upgrade one of its plugins first");
        }
    }

    @Override
    public Operation upgrade(String actor, String pluginId) throws RefusedException {
        BundleResource bundle = find(pluginId);
        if (!isInstalled(pluginId)) {
            throw new RefusedException(Reason.CONFLICT, "plugin " + pluginId + " is not already installed");
        }
        RepositorySource source = RepositorySource.of(locationText());
        Operation upgrade = start("install", bundle.family(), busy(bundle), operation -> {
            String installed = jars.installedSha256(bundle.family()).orElse("");
            if (!installed.equals(bundle.sha256())) {
                bring(source, bundle, pluginId, operation, jar -> jars.upgrade(actor, jar));
            }
        });
        operations.track("plugin.upgrade", pluginId, null, actor, upgrade);
        return upgrade;
    }

    /** What is done with a jar that is here and checked. */
    private interface Use {
        List<String> of(Path jar) throws RefusedException;
    }

    private void bring(RepositorySource source, BundleResource bundle, String pluginId, Operation operation, Use use)
            throws IOException, RefusedException {
        Operation bytes = operation.part("download");
        Files.createDirectories(folder);
        Path jar = folder.resolve(bundle.sha256() + ".jar.part");
        try {
            try {
                download.fetch(source.locate(bundle.url()), jar, bundle.bytes(), bundle.bytes(), bytes);
                String sha256 = Digests.of(jar, List.of("sha256")).get("sha256");
                if (!sha256.equals(bundle.sha256())) {
                    throw new IOException(bundle.symbolicName() + " " + bundle.version()
                            + " has not the SHA-256 that the index says; it is not installed");
                }
                bytes.succeed();
            } catch (IOException e) {
                bytes.fail(e.getMessage());
                throw e;
            }
            Path checked = folder.resolve(bundle.sha256() + ".jar");
            Files.move(jar, checked, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try {
                check(VendorJar.read(checked), bundle, pluginId);
                use.of(checked);
            } catch (VendorJar.UnusableException e) {
                throw new IOException(e.getMessage(), e);
            } finally {
                Files.deleteIfExists(checked);
            }
        } finally {
            Files.deleteIfExists(jar);
        }
    }

    private static void check(VendorJar jar, BundleResource bundle, String pluginId) throws IOException {
        if (!jar.family().equals(bundle.family()) || !jar.plugins().contains(pluginId)) {
            throw new IOException("the bundle is not what the index says: it is of the family " + jar.family()
                    + " and has " + new ArrayList<>(jar.plugins()));
        }
    }

    /** Does something in the background, at most once at a time for each subject. */
    private Operation start(String label, String subject, String busy, Work work) throws RefusedException {
        if (!running.add(subject)) {
            throw new RefusedException(Reason.CONFLICT, busy);
        }
        Operation operation = new Operation(label);
        Runnable task = () -> {
            String failure = null;
            try {
                operation.begin();
                work.run(operation);
            } catch (IOException | RefusedException e) {
                failure = e.getMessage();
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed", label, e);
                failure = "failed: " + e.getClass().getSimpleName();
            }
            running.remove(subject); // before it ends: whoever waited for the end may start the next
            if (failure == null) {
                operation.succeed();
            } else {
                LOG.warn("{} {}: {}", label, subject, failure);
                operation.fail(failure);
            }
        };
        try {
            background.execute(task);
        } catch (java.util.concurrent.RejectedExecutionException e) {
            running.remove(subject);
            throw new RefusedException(Reason.UNAVAILABLE, "the server is being stopped", e);
        }
        return operation;
    }
}
