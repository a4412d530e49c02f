// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second server out of {@code run/} from before the framework touches it until this JVM ends. The store has a lock
 * of its own, but it opens too late for that.
 */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param run the data folder's {@code run/}, which exists
     * @return null when another server has it
     * @throws IOException when the folder cannot be written
     */
    static FolderLock acquire(Path run) throws IOException {
        FileChannel channel =
                FileChannel.open(run.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return null;
        }
        return new FolderLock(channel);
    }

    /** The process id that the running server left; empty when it left none. */
    static String owner(Path run) {
        try {
            return Files.readString(run.resolve("lock")).strip().replaceAll("[^0-9].*", "");
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
