// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.autoprov.core.request.FileContent;
import org.autoprov.core.request.PhoneReply;

/** Files on disk that phones may reach: below one folder, never outside of it, no folders themselves. */
final class FileArea {

    private static final Map<String, String> TYPES = Map.of(
            "xml", "application/xml",
            "cfg", "text/plain; charset=utf-8",
            "txt", "text/plain; charset=utf-8",
            "htm", "text/html; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "jpg", "image/jpeg",
            "wav", "audio/x-wav",
            "zip", "application/zip");

    private static final int MAX_FILES = 64;
    private static final int BUFFER = 64 << 10;

    private FileArea() {}

    /** The file at a path that a listener has cleaned; NOT_FOUND for whatever is not a plain file inside the folder. */
    static PhoneReply read(Path folder, String path) {
        try {
            if (path.isEmpty()) {
                return PhoneReply.of(PhoneReply.Status.DIRECTORY, "a folder was asked for");
            }
            Path root = folder.toRealPath();
            Path file = root.resolve(path).normalize();
            if (!file.startsWith(root)) {
                return PhoneReply.notFound("the path leaves the folder");
            }
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!file.toRealPath().startsWith(root)) {
                return PhoneReply.notFound("a link leaves the folder");
            }
            if (attributes.isDirectory()) {
                return PhoneReply.of(PhoneReply.Status.DIRECTORY, "a folder was asked for");
            }
            if (!attributes.isRegularFile()) {
                return PhoneReply.notFound("not a plain file");
            }
            return PhoneReply.served(FileContent.onDisk(
                    path,
                    contentType(path),
                    file,
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        } catch (IOException | InvalidPathException e) {
            return PhoneReply.notFound("no such file");
        }
    }

    static String contentType(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    /**
     * Keeps what a phone sends: whole or not at all.
     *
     * @param folder the device's own
     * @param name a file name without slashes
     * @param maxBytes largest file; the folder holds at most eight times as much, in at most 64 files
     */
    static PhoneReply write(Path folder, String name, InputStream body, long length, long maxBytes) throws IOException {
        if (length > maxBytes) {
            return PhoneReply.of(PhoneReply.Status.TOO_LARGE, length + " bytes are more than " + maxBytes);
        }
        Path part;
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            if (occupied(folder, name) > 7 * maxBytes) {
                return PhoneReply.of(PhoneReply.Status.TOO_LARGE, "the device's area is full");
            }
            part = Files.createTempFile(folder, ".upload", ".part");
            channel = FileChannel.open(part, StandardOpenOption.WRITE);
        } catch (IOException | InvalidPathException e) {
            return PhoneReply.of(PhoneReply.Status.UNAVAILABLE, "cannot be kept: " + e);
        }
        try {
            long written = copy(body, channel, maxBytes);
            if (written > maxBytes) {
                return PhoneReply.of(PhoneReply.Status.TOO_LARGE, "more than " + maxBytes + " bytes");
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return PhoneReply.of(PhoneReply.Status.STORED, "");
        } catch (DiskException e) {
            return PhoneReply.of(PhoneReply.Status.UNAVAILABLE, "cannot be kept: " + e.getMessage());
        } finally {
            channel.close();
            Files.deleteIfExists(part);
        }
    }

    /** The disk's failure, told from the phone's. */
    private static final class DiskException extends Exception {
        private static final long serialVersionUID = 1;

        DiskException(IOException cause) {
            super(cause.toString());
        }
    }

    private static long copy(InputStream body, FileChannel channel, long maxBytes) throws IOException, DiskException {
        byte[] buffer = new byte[BUFFER];
        long written = 0;
        int read;
        while ((read = body.read(buffer)) >= 0) {
            written += read;
            if (written > maxBytes) {
                return written;
            }
            try {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw new DiskException(e);
            }
        }
        try {
            channel.force(true);
        } catch (IOException e) {
            throw new DiskException(e);
        }
        return written;
    }

    private static long occupied(Path folder, String except) throws IOException {
        long bytes = 0;
        int files = 0;
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (!file.getFileName().toString().equals(except)) {
                    bytes += Files.size(file);
                    files++;
                }
            }
        }
        return files >= MAX_FILES ? Long.MAX_VALUE : bytes;
    }
}
