// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;

/** The only folder that the server writes to. */
public record DataFolder(Path root) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** The folder that the launcher chose. */
    public static DataFolder of(BundleContext context) {
        String property = context.getProperty("autoprov.data");
        if (property == null) {
            throw new IllegalStateException("the framework property autoprov.data is not set");
        }
        return new DataFolder(Path.of(property).toAbsolutePath().normalize());
    }

    public Path plugins() {
        return root.resolve("plugins");
    }

    /** The file area of a plugin. */
    public Path files(String pluginId) {
        return root.resolve("files").resolve(pluginId);
    }

    /** What a device has uploaded. */
    public Path uploads(String deviceId) {
        return root.resolve("uploads").resolve(PLAIN.matcher(deviceId).matches() ? deviceId : encoded(deviceId));
    }

    /** An id that a client chose may be any text, also one that leads out of the folder. */
    private static String encoded(String id) {
        return "~" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    public Path run() {
        return root.resolve("run");
    }

    /** Writes a text file whole or not at all: beside it, forced to the disk, then moved over it. */
    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        write(file, text, new FileAttribute<?>[0]);
    }

    /** As {@link #write}, for the owner's eyes alone from the first byte on, in a folder that is too. */
    public static void writeSecret(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            write(file, text);
            return;
        }
        if (!Files.isDirectory(file.getParent())) {
            Files.createDirectories(file.getParent().getParent());
            Files.createDirectory(file.getParent(), permissions("rwx------"));
        }
        Files.deleteIfExists(part(file)); // whoever left it there may have left it open to all
        write(file, text, permissions("rw-------"));
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        Path part = part(file);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try (FileChannel channel = FileChannel.open(part, options, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
