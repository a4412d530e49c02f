// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.service.PackageService.Declared;
import org.autoprov.core.service.PackageService.Installed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file areas of plugins as far as packages fill them, and the records of that ({@code packages/<plugin id>.json} of the
 * data folder). Thread-safe; one change at a time.
 *
 * <p>A package is put together in a folder of its own, on the same disk. Then its record is written, with what is still to
 * be done, and the files are moved. After a crash {@link #recover} does the rest, so a package is there wholly or not at
 * all.
 */
final class PackageArea {

    private static final Logger LOG = LoggerFactory.getLogger(PackageArea.class);

    /** Begins with a point, as no plugin's id does: no phone reaches it. */
    private static final String STAGE = ".stage";

    private final Path files;
    private final Path records;
    private final Map<String, Map<String, PackageRecord>> byPlugin = new TreeMap<>();

    /** The files are in somebody's way, or somebody's files are in theirs. */
    static final class ConflictException extends IOException {
        private static final long serialVersionUID = 1;

        ConflictException(String message) {
            super(message);
        }
    }

    PackageArea(DataFolder data) {
        this.files = data.root().resolve("files");
        this.records = data.root().resolve("packages");
    }

    /** Reads the records, finishes what was being done, and removes what was not. Called once, first. */
    synchronized void recover() {
        if (Files.isDirectory(records)) {
            try (Stream<Path> all = Files.list(records)) {
                all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(this::recover);
            } catch (IOException e) {
                LOG.error("{} cannot be read: {}", records, e.toString());
            }
        }
        try {
            delete(files.resolve(STAGE));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", files.resolve(STAGE), e.toString());
        }
    }

    private void recover(Path file) {
        String name = file.getFileName().toString();
        String pluginId = name.substring(0, name.length() - ".json".length());
        try {
            Map<String, PackageRecord> map;
            try {
                map = PackageRecord.read(Files.readString(file, StandardCharsets.UTF_8));
            } catch (IOException e) {
                Path aside = file.resolveSibling(name + ".unreadable");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                LOG.error("the packages of {} are unreadable and set aside as {}: {}", pluginId, aside, e.getMessage());
                return;
            }
            byPlugin.put(pluginId, map);
            for (PackageRecord one : List.copyOf(map.values())) {
                if (!one.isDone()) {
                    finish(pluginId, one);
                    LOG.info("the package {} of {} was in work when the server ended; it is done now", name, pluginId);
                }
            }
        } catch (IOException e) {
            LOG.error("the packages of {} are not as they should be: {}", pluginId, e.toString());
        }
    }

    synchronized boolean knows(String pluginId) {
        return byPlugin.containsKey(pluginId);
    }

    synchronized List<Installed> installed(String pluginId) {
        return byPlugin.getOrDefault(pluginId, Map.of()).values().stream()
                .map(PackageRecord::installed)
                .toList();
    }

    /** A new empty folder to put a package together in; {@link #discard} it in the end. */
    Path stage() throws IOException {
        return Files.createDirectories(
                files.resolve(STAGE).resolve(UUID.randomUUID().toString()));
    }

    /** Removes a folder of {@link #stage}. */
    void discard(Path stage) {
        try {
            delete(stage);
        } catch (IOException e) {
            LOG.warn("{} stays until the next start: {}", stage, e.toString());
        }
    }

    /**
     * Puts a package into the area.
     *
     * @param content a folder within a {@link #stage} that holds its files
     * @throws ConflictException when a file of somebody else is there; nothing is changed then
     */
    synchronized Installed place(String pluginId, Declared declared, Path content) throws IOException {
        Map<String, Long> found = list(content);
        if (found.isEmpty()) {
            throw new IOException("nothing of it is a file that the phones need");
        }
        Map<String, PackageRecord> map = byPlugin.getOrDefault(pluginId, Map.of());
        for (String path : found.keySet()) {
            check(pluginId, map.values(), path, content.resolve(path));
        }
        PackageRecord old = map.get(declared.name());
        List<String> leaving = old == null
                ? List.of()
                : old.files().keySet().stream()
                        .filter(path -> !found.containsKey(path))
                        .toList();
        PackageRecord next = new PackageRecord(
                declared.name(),
                declared.version(),
                declared.description(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                found,
                files.resolve(STAGE).relativize(content).toString(),
                leaving);
        byPlugin.computeIfAbsent(pluginId, id -> new TreeMap<>()).put(next.name(), next);
        try {
            save(pluginId);
        } catch (IOException e) {
            if (old == null) {
                byPlugin.get(pluginId).remove(next.name());
            } else {
                byPlugin.get(pluginId).put(next.name(), old);
            }
            throw e;
        }
        finish(pluginId, next);
        return next.installed();
    }

    private void check(String pluginId, Collection<PackageRecord> all, String path, Path staged) throws IOException {
        Path root = files.resolve(pluginId);
        Path parent = root;
        String[] names = path.split("/");
        for (int i = 0; i < names.length - 1; i++) {
            parent = parent.resolve(names[i]);
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                throw new ConflictException(parent + " is a file or a link; it should be a folder");
            }
        }
        Path target = root.resolve(path);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConflictException(target + " is in the way");
        }
        boolean ours = all.stream().anyMatch(one -> one.files().containsKey(path));
        if (!ours && Files.mismatch(target, staged) >= 0) {
            throw new ConflictException(target + " is there already, is another file, and belongs to no package");
        }
    }

    /** Moves and removes what a record says is still to be done; may be called again when it was interrupted. */
    private void finish(String pluginId, PackageRecord one) throws IOException {
        Path root = files.resolve(pluginId);
        if (!one.stage().isEmpty()) {
            Path content = files.resolve(STAGE).resolve(one.stage());
            for (String path : one.files().keySet()) {
                Path staged = content.resolve(path);
                if (Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
                    Path target = root.resolve(path);
                    Files.createDirectories(target.getParent());
                    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Map<String, PackageRecord> map = byPlugin.get(pluginId);
        for (String path : one.leaving()) {
            boolean needed = one.files().containsKey(path)
                    || map.values().stream()
                            .anyMatch(other -> !other.name().equals(one.name())
                                    && other.files().containsKey(path));
            if (!needed) {
                removeFile(root, path);
            }
        }
        if (one.files().isEmpty()) {
            map.remove(one.name());
        } else {
            map.put(one.name(), one.done());
        }
        save(pluginId);
    }

    /** Removes a file, and the folders that it leaves empty. */
    private static void removeFile(Path root, String path) throws IOException {
        Path file = root.resolve(path);
        Files.deleteIfExists(file);
        for (Path parent = file.getParent(); !parent.equals(root.getParent()); parent = parent.getParent()) {
            if (!Files.isDirectory(parent)) {
                continue;
            }
            try (Stream<Path> rest = Files.list(parent)) {
                if (rest.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(parent);
        }
    }

    /** Removes a package. @return false when it is not installed */
    synchronized boolean remove(String pluginId, String name) throws IOException {
        PackageRecord old = byPlugin.getOrDefault(pluginId, Map.of()).get(name);
        if (old == null) {
            return false;
        }
        PackageRecord going = new PackageRecord(
                name,
                old.version(),
                old.description(),
                old.time(),
                Map.of(),
                "",
                List.copyOf(old.files().keySet()));
        byPlugin.get(pluginId).put(name, going);
        try {
            save(pluginId);
        } catch (IOException e) {
            byPlugin.get(pluginId).put(name, old);
            throw e;
        }
        finish(pluginId, going);
        return true;
    }

    private void save(String pluginId) throws IOException {
        Map<String, PackageRecord> map = byPlugin.get(pluginId);
        Path file = records.resolve(pluginId + ".json");
        if (map.isEmpty()) {
            Files.deleteIfExists(file);
            byPlugin.remove(pluginId);
        } else {
            DataFolder.write(file, PackageRecord.write(map.values()));
        }
    }

    private static Map<String, Long> list(Path content) throws IOException {
        Map<String, Long> found = new TreeMap<>();
        Files.walkFileTree(content, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new IOException(file + " is no plain file");
                }
                found.put(SafePath.of(content.relativize(file).toString()), attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
