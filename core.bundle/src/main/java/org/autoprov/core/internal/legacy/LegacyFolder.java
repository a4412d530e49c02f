// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/**
 * The files of a wazo-provd data folder, read without trust: links are not followed, only regular files are opened, and
 * of these so many bytes.
 */
final class LegacyFolder {

    static final String CONFIGS = "configs";
    static final String DEVICES = "devices";
    static final String PLUGINS = "plugins";
    static final String PARAMETERS = "app.json";

    /** A config with 1024 lines is about 150 KiB. */
    private static final int MAX_BYTES = 4 << 20;

    private static final String[] BASE_RAW_CONFIG = {"base-raw-config.json", "base_raw_config.json"};

    private final Path root;
    private final Path documents;

    private LegacyFolder(Path root, Path documents) {
        this.root = root;
        this.documents = documents;
    }

    /** @throws RefusedException NOT_FOUND, INVALID */
    static LegacyFolder open(Path folder) throws RefusedException {
        if (!Files.isDirectory(folder)) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no folder " + folder);
        }
        Path inner = folder.resolve("jsondb");
        Path documents = !isFolder(folder.resolve(DEVICES)) && !isFolder(folder.resolve(CONFIGS)) && isFolder(inner)
                ? inner
                : folder;
        if (!isFolder(documents.resolve(DEVICES))
                && !isFolder(documents.resolve(CONFIGS))
                && !Files.isRegularFile(folder.resolve(PARAMETERS), LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(
                    Reason.INVALID,
                    folder + " is no data folder of wazo-provd: it has neither devices nor configs nor app.json");
        }
        return new LegacyFolder(folder, documents);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** One JSON file. @param file as a report names it */
    record Document(String file, String name, Map<String, Object> json, long size) {}

    /**
     * The names of the files in one of the folders, ascending; none when there is no such folder. Hidden ones are not
     * documents.
     *
     * @throws NotTakenException when it cannot be listed
     */
    List<String> names(String kind) throws NotTakenException {
        List<String> names = new ArrayList<>();
        Path folder = kind.equals(PLUGINS) ? root.resolve(kind) : documents.resolve(kind);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return names;
        }
        if (!isFolder(folder)) {
            throw new NotTakenException("", Outcome.REFUSED, "is no folder; links are not followed");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            throw new NotTakenException("", Outcome.REFUSED, "cannot be listed");
        }
        names.sort(null);
        return names;
    }

    /** @throws NotTakenException when it is anything but a readable JSON object */
    Document read(String kind, String name) throws NotTakenException {
        return read(kind + "/" + name, name, documents.resolve(kind).resolve(name));
    }

    /** The parameters' file; null when there is none. */
    Document parameters() throws NotTakenException {
        Path file = root.resolve(PARAMETERS);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(PARAMETERS, PARAMETERS, file) : null;
    }

    /** The name of the base raw config's file; null when there is none. */
    String baseRawConfigName() {
        for (String name : BASE_RAW_CONFIG) {
            if (Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                return name;
            }
        }
        return null;
    }

    Document baseRawConfig(String name) throws NotTakenException {
        return read(name, name, root.resolve(name));
    }

    boolean isPlugin(String name) {
        return isFolder(root.resolve(PLUGINS).resolve(name));
    }

    /** Whether an administrator has put templates into this plugin. */
    boolean hasCustomTemplates(String plugin) {
        Path folder = root.resolve(PLUGINS).resolve(plugin).resolve("var").resolve("templates");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return entries.iterator().hasNext();
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false;
        }
    }

    private static Document read(String label, String name, Path file) throws NotTakenException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                throw new NotTakenException("", Outcome.REFUSED, "is a link; links are not followed");
            }
            if (!attributes.isRegularFile()) { // opening a pipe would wait for ever
                throw new NotTakenException("", Outcome.REFUSED, "is no file");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                throw new NotTakenException("", Outcome.REFUSED, "is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Document(label, name, parse(text), bytes.length);
        } catch (CharacterCodingException e) {
            throw new NotTakenException("", Outcome.REFUSED, "is not UTF-8");
        } catch (IOException e) {
            throw new NotTakenException("", Outcome.REFUSED, "cannot be read");
        }
    }

    private static Map<String, Object> parse(String text) throws NotTakenException {
        try {
            return Json.readObject(text);
        } catch (IOException | RuntimeException e) {
            String why = e.getMessage() == null ? "not JSON" : e.getMessage();
            throw new NotTakenException("", Outcome.REFUSED, NotTakenException.shortened(why));
        }
    }
}
