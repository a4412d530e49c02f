// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's templates, {@code <data>/templates/<plugin id>/**.ftl}, as last seen. Folders are looked at when
 * somebody asks, at most once a second each; in between no file is touched. Thread-safe.
 */
@Component(service = CustomTemplates.class)
public final class CustomTemplates {

    private static final Logger LOG = LoggerFactory.getLogger(CustomTemplates.class);
    private static final long CHECK_NANOS = 1_000_000_000;
    private static final int DEPTH = 4;
    private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Snapshot NONE = new Snapshot(0, Map.of());

    private final Path root;
    private final LongSupplier nanoTime;
    private final AtomicLong changes = new AtomicLong();
    private final Map<String, Folder> folders = new ConcurrentHashMap<>();

    /** Reads the data folder from the framework property {@code autoprov.data}; without it there are no templates. */
    @Activate
    public CustomTemplates(BundleContext context) {
        this(below(context.getProperty("autoprov.data")), System::nanoTime);
    }

    /** @param root need not exist; null for no custom templates at all */
    public CustomTemplates(Path root) {
        this(root, System::nanoTime);
    }

    CustomTemplates(Path root, LongSupplier nanoTime) {
        this.root = root;
        this.nanoTime = nanoTime;
    }

    private static Path below(String data) {
        return data == null || data.isBlank() ? null : Path.of(data, "templates");
    }

    /**
     * Changes whenever a custom template of the plugin came, went or changed, up to a second late; 0 as long as there
     * never was one. Has no meaning after a restart.
     */
    public long version(String pluginId) {
        return current(pluginId).version();
    }

    Snapshot current(String pluginId) {
        if (root == null) {
            return NONE;
        }
        Folder folder = folders.get(pluginId);
        if (folder == null) {
            if (!PLUGIN_ID.matcher(pluginId).matches()) {
                return NONE;
            }
            folder = folders.computeIfAbsent(pluginId, Folder::new);
        }
        return folder.current();
    }

    /**
     * What a folder held at one moment.
     *
     * @param files by their path below the folder, with slashes
     */
    record Snapshot(long version, Map<String, Mark> files) {
        boolean isEmpty() {
            return files.isEmpty();
        }
    }

    /** Tells one state of a file from another. */
    record Mark(Path path, long modified, long size, Object key) {}

    private final class Folder {
        private final String pluginId;
        private final AtomicLong nextCheck = new AtomicLong(nanoTime.getAsLong());
        private volatile Snapshot snapshot;
        private String lastProblem;

        Folder(String pluginId) {
            this.pluginId = pluginId;
        }

        Snapshot current() {
            Snapshot seen = snapshot;
            long due = nextCheck.get();
            long now = nanoTime.getAsLong();
            if (seen == null) {
                return look();
            }
            return now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS) ? look() : seen;
        }

        private synchronized Snapshot look() {
            nextCheck.set(nanoTime.getAsLong() + CHECK_NANOS);
            Snapshot before = snapshot == null ? NONE : snapshot;
            Map<String, Mark> files = read(before.files());
            Snapshot now = files.equals(before.files()) ? before : new Snapshot(changes.incrementAndGet(), files);
            snapshot = now;
            return now;
        }

        private Map<String, Mark> read(Map<String, Mark> before) {
            Path named = root.resolve(pluginId);
            try {
                Path folder = named.toRealPath();
                if (!folder.startsWith(root.toRealPath())) {
                    throw new IOException("it leads out of the templates folder");
                }
                Listing listing = new Listing(folder);
                Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEPTH, listing);
                lastProblem = null;
                return listing.files;
            } catch (NoSuchFileException e) {
                return Map.of();
            } catch (IOException e) {
                String problem = e.toString();
                if (!problem.equals(lastProblem)) {
                    LOG.warn(
                            "Custom templates of {} stay as they were: {} cannot be read: {}",
                            pluginId,
                            named,
                            problem);
                    lastProblem = problem;
                }
                return before;
            }
        }
    }

    /** Collects templates; a symbolic link counts when it stays within the plugin's folder. */
    private static final class Listing extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Map<String, Mark> files = new TreeMap<>();

        Listing(Path folder) {
            this.folder = folder;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String fileName = file.getFileName().toString();
            if (!fileName.endsWith(".ftl") || fileName.startsWith(".")) {
                return FileVisitResult.CONTINUE;
            }
            Path real = file;
            BasicFileAttributes found = attributes;
            if (attributes.isSymbolicLink()) {
                try {
                    real = file.toRealPath();
                    found = Files.readAttributes(real, BasicFileAttributes.class);
                } catch (IOException e) {
                    return FileVisitResult.CONTINUE; // leads nowhere
                }
            }
            if (found.isRegularFile() && real.startsWith(folder)) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                long modified = found.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                files.put(name, new Mark(real, modified, found.size(), found.fileKey()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // deleted meanwhile, or not ours to read
        }
    }
}
