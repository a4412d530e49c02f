// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.autoprov.core.store.StoreException;

/**
 * Keeps a second server away from a data folder: a lock on {@code run/lock}, which holds our process id.
 *
 * <p>The operating system drops the lock when the process ends, however it ends. The file itself stays: removing it
 * would let two servers lock two files of the same name.
 */
final class DataFolderLock implements AutoCloseable {

    static final String RUN_FOLDER = "run";

    // Closing any channel of a file drops all locks that this process has on it (POSIX). So we must not even open the
    // file again while we hold its lock, and have to remember that we do.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    // Far behind the process id, so that others can read it on systems where a lock also keeps readers out.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;

    private DataFolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a data folder; makes it when it is not there.
     *
     * @throws StoreException when another server uses it
     * @throws IOException when the folder cannot be made or written
     */
    static DataFolderLock acquire(Path dataFolder) throws IOException {
        Path run = Files.createDirectories(dataFolder.resolve(RUN_FOLDER));
        Path file = run.toRealPath().resolve("lock");
        if (!HELD.add(file)) {
            throw used(dataFolder, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw used(dataFolder, Files.readString(file).strip());
            }
            writeProcessId(channel);
            return new DataFolderLock(file, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(file);
            throw e;
        }
    }

    private static void writeProcessId(FileChannel channel) throws IOException {
        channel.truncate(0);
        String line = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }

    private static StoreException used(Path dataFolder, String pid) {
        return new StoreException(
                "data folder " + dataFolder + " is used by another Autoprov (pid " + (pid.isEmpty() ? "unknown" : pid)
                        + ")",
                null);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } finally {
            HELD.remove(file);
        }
    }
}
