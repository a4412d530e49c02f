// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.ParameterService;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.autoprov.core.store.AuditEntry;
import org.autoprov.core.store.Kind;
import org.autoprov.core.store.Store;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packages: fetched or brought, checked, unpacked aside, and put into the plugin's file area. */
@Component(service = PackageService.class, immediate = true) // what a crash left half done is done at the start
public final class Packages implements PackageService {

    private static final Logger LOG = LoggerFactory.getLogger(Packages.class);

    /** Largest file of a package, bytes: those of today's video phones are near 1 GiB. */
    private static final long MAX_BYTES = 4L << 30;

    private final PackageCatalog catalog;
    private final PackageArea area;
    private final Download download;
    private final UnpackBudget.Limits limits;
    private final OperationService operations;
    private final Store store;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService background = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "autoprov-packages");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public Packages(
            BundleContext context,
            @Reference PluginService plugins,
            @Reference ParameterService parameters,
            @Reference OperationService operations,
            @Reference Store store) {
        this(
                new PackageCatalog(id -> descriptor(context, plugins, id)),
                new PackageArea(DataFolder.of(context)),
                new Download(new Proxies(parameters), Download.Limits.USUAL),
                UnpackBudget.Limits.USUAL,
                operations,
                store);
    }

    Packages(
            PackageCatalog catalog,
            PackageArea area,
            Download download,
            UnpackBudget.Limits limits,
            OperationService operations,
            Store store) {
        this.catalog = catalog;
        this.area = area;
        this.download = download;
        this.limits = limits;
        this.operations = operations;
        this.store = store;
        area.recover();
    }

    private static Optional<URL> descriptor(BundleContext context, PluginService plugins, String pluginId) {
        return plugins.installed().stream()
                .filter(plugin -> plugin.description().id().equals(pluginId))
                .findFirst()
                .map(plugin -> context.getBundle(plugin.bundleId()))
                .map((Bundle bundle) -> bundle.getEntry("AUTOPROV-INF/plugin.json"));
    }

    @Deactivate
    void close() {
        background.shutdownNow();
    }

    private Map<String, PackageDeclaration> declared(String pluginId) throws RefusedException {
        return catalog.of(pluginId)
                .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND, pluginId + " is not installed"));
    }

    @Override
    public List<Declared> installable(String pluginId) throws RefusedException {
        return declared(pluginId).values().stream()
                .map(PackageDeclaration::declared)
                .toList();
    }

    @Override
    public List<Installed> installed(String pluginId) throws RefusedException {
        if (!area.knows(pluginId)) {
            declared(pluginId);
        }
        return area.installed(pluginId);
    }

    @Override
    public Operation install(String actor, String pluginId, String name) throws RefusedException {
        PackageDeclaration declaration = declared(pluginId).get(name);
        if (declaration == null) {
            throw new RefusedException(Reason.NOT_FOUND, "package not found: " + pluginId + " has no package " + name);
        }
        if (declaration.download() == null) {
            throw new RefusedException(
                    Reason.INVALID,
                    name + " cannot be downloaded; get "
                            + declaration.declared().file() + " from the maker and put it in");
        }
        begin(pluginId, name);
        Operation operation = new Operation("install_pkg");
        Operation fetching = operation.part("download");
        Operation unpacking = operation.part("install");
        try {
            background.execute(() -> {
                String failure = fetchAndPlace(actor, pluginId, declaration, operation, fetching, unpacking);
                running.remove(pluginId + " " + name);
                end(operation, failure);
            });
        } catch (RejectedExecutionException e) {
            running.remove(pluginId + " " + name);
            throw new RefusedException(Reason.UNAVAILABLE, "the server is being stopped", e);
        }
        operations.track("package.install", pluginId + '/' + name, null, actor, operation);
        return operation;
    }

    private void begin(String pluginId, String name) throws RefusedException {
        if (!running.add(pluginId + " " + name)) {
            throw new RefusedException(Reason.CONFLICT, "the package " + name + " is being worked on already");
        }
    }

    private static void end(Operation operation, String failure) {
        if (failure == null) {
            operation.succeed();
        } else {
            operation.fail(failure);
        }
    }

    /** @return why it failed; null when it did not */
    private String fetchAndPlace(
            String actor,
            String pluginId,
            PackageDeclaration declaration,
            Operation operation,
            Operation fetching,
            Operation unpacking) {
        Path stage = null;
        String failure = null;
        try {
            operation.begin();
            fetching.begin();
            Operation one = fetching.part("");
            stage = area.stage();
            Path file = stage.resolve("file");
            try {
                long bytes = declaration.declared().bytes();
                download.fetch(declaration.download(), file, bytes, bytes > 0 ? bytes : MAX_BYTES, one);
                check(declaration, file);
            } catch (IOException e) {
                one.fail(reason(e));
                throw e;
            }
            one.succeed();
            fetching.succeed();
            String path = String.valueOf(declaration.download().getPath());
            unpack(actor, pluginId, declaration, stage, path.substring(path.lastIndexOf('/') + 1), unpacking);
            unpacking.succeed();
        } catch (IOException e) {
            failure = reason(e);
        } catch (RuntimeException | Error e) {
            LOG.error("the package {} of {} failed", declaration.name(), pluginId, e);
            failure = "failed: " + e.getClass().getSimpleName();
        } finally {
            if (stage != null) {
                area.discard(stage);
            }
        }
        if (failure != null) {
            LOG.warn("the package {} of {} is not installed: {}", declaration.name(), pluginId, failure);
            end(fetching, failure);
            end(unpacking, failure);
        }
        return failure;
    }

    /** Unpacks the stage's {@code file} and puts what comes out into the area. */
    private Installed unpack(
            String actor,
            String pluginId,
            PackageDeclaration declaration,
            Path stage,
            String fileName,
            Operation progress)
            throws IOException {
        Path file = stage.resolve("file");
        Path content = Files.createDirectory(stage.resolve("content"));
        progress.begin();
        new Unpacker(declaration, content, new UnpackBudget(limits, Files.size(file), progress))
                .unpack(file, fileName.isEmpty() ? declaration.declared().file() : fileName);
        Installed installed = area.place(pluginId, declaration.declared(), content);
        LOG.info(
                "the package {} of {} is installed: {} files, {} bytes",
                installed.name(),
                pluginId,
                installed.files().size(),
                installed.bytes());
        audit(actor, "install package", pluginId, installed.name());
        return installed;
    }

    /** A file that is done is done: an audit log that is away does not undo it. */
    private void audit(String actor, String action, String pluginId, String name) {
        AuditEntry entry = new AuditEntry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS), actor, action, Kind.PLUGIN, pluginId, name);
        try {
            store.write(new Transaction(List.of(), List.of(entry), () -> {})).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.warn("not in the audit log: {} {} {} {}", actor, action, pluginId, name);
                }
            });
        } catch (StoreException e) {
            LOG.warn("not in the audit log: {} {} {} {}", actor, action, pluginId, name);
        }
    }

    private static void check(PackageDeclaration declaration, Path file) throws IOException {
        long bytes = declaration.declared().bytes();
        if (bytes > 0 && Files.size(file) != bytes) {
            throw new IOException(declaration.name() + " must have " + bytes + " bytes, not " + Files.size(file));
        }
        Map<String, String> found = Digests.of(file, declaration.checksums().keySet());
        for (Map.Entry<String, String> sum : declaration.checksums().entrySet()) {
            if (!sum.getValue().equals(found.get(sum.getKey()))) {
                throw new IOException(declaration.name() + ": the " + sum.getKey() + " checksum is "
                        + found.get(sum.getKey()) + " instead of " + sum.getValue());
            }
        }
    }

    @Override
    public Installed put(String actor, String pluginId, String fileName, InputStream content) throws RefusedException {
        Map<String, PackageDeclaration> declared = declared(pluginId);
        String own = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        Path stage = null;
        String busy = null;
        try {
            stage = area.stage();
            Path file = stage.resolve("file");
            take(declared.values().stream().toList(), content, file);
            PackageDeclaration declaration = match(declared, own, file);
            if (declaration == null) {
                throw new RefusedException(
                        Reason.NOT_FOUND,
                        "package not found: " + pluginId + " declares no package with the name or the checksum of "
                                + ParameterRules.masked(own));
            }
            begin(pluginId, declaration.name());
            busy = pluginId + " " + declaration.name();
            check(declaration, file);
            return unpack(actor, pluginId, declaration, stage, own, new Operation(""));
        } catch (PackageArea.ConflictException e) {
            throw new RefusedException(Reason.CONFLICT, e.getMessage(), e);
        } catch (FileSystemException | UnpackBudget.DiskException | UnfinishedException e) {
            throw new RefusedException(Reason.UNAVAILABLE, reason(e), e);
        } catch (IOException e) {
            throw new RefusedException(Reason.INVALID, reason(e), e);
        } finally {
            if (stage != null) {
                area.discard(stage);
            }
            if (busy != null) {
                running.remove(busy);
            }
        }
    }

    /** The sender broke off. */
    private static final class UnfinishedException extends IOException {
        private static final long serialVersionUID = 1;

        UnfinishedException(IOException cause) {
            super("the file broke off: " + cause.getMessage(), cause);
        }
    }

    /** Reads what somebody brings, no further than the largest file that could be meant. */
    private void take(List<PackageDeclaration> declared, InputStream content, Path file) throws IOException {
        long max = 0;
        for (PackageDeclaration one : declared) {
            max = Math.max(
                    max,
                    one.declared().bytes() == 0 ? MAX_BYTES : one.declared().bytes());
        }
        InputStream marked = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return content.read(bytes, offset, length);
                } catch (IOException e) {
                    throw new UnfinishedException(e);
                }
            }
        };
        UnpackBudget.Limits whole = new UnpackBudget.Limits(max, 1, 1, max, limits.free());
        new UnpackBudget(whole, max, new Operation("")).write(marked, file);
    }

    private static PackageDeclaration match(Map<String, PackageDeclaration> declared, String name, Path file)
            throws IOException {
        for (PackageDeclaration one : declared.values()) {
            if (name.equals(one.name()) || name.equals(one.declared().file())) {
                return one;
            }
        }
        Map<String, String> found = Digests.of(file, Digests.ALGORITHMS.keySet());
        for (PackageDeclaration one : declared.values()) {
            if (!one.checksums().isEmpty()
                    && found.entrySet().containsAll(one.checksums().entrySet())) {
                return one;
            }
        }
        for (PackageDeclaration one : declared.values()) {
            if (name.startsWith(one.declared().file() + ".")) { // many declarations leave the ending out
                return one;
            }
        }
        return null;
    }

    @Override
    public void uninstall(String actor, String pluginId, String name) throws RefusedException {
        installed(pluginId);
        begin(pluginId, name);
        try {
            if (!area.remove(pluginId, name)) {
                throw new RefusedException(Reason.NOT_FOUND, "the package " + name + " is not installed");
            }
            LOG.info("the package {} of {} is uninstalled", name, pluginId);
            audit(actor, "uninstall package", pluginId, name);
        } catch (IOException e) {
            throw new RefusedException(Reason.UNAVAILABLE, reason(e), e);
        } finally {
            running.remove(pluginId + " " + name);
        }
    }

    /** Messages of the file system are often a path and nothing else. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException || e.getMessage() == null
                ? e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage())
                : e.getMessage();
    }
}
