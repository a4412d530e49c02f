// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.autoprov.core.service.Operation;

/**
 * How much one archive may still write. Not thread-safe.
 *
 * <p>A bomb is small and becomes huge: so what comes out is limited absolutely, by the archive's size, and by what the disk
 * has left.
 */
final class UnpackBudget {

    /**
     * @param bytes of all files together
     * @param entries of all archives together
     * @param ratio how many times the archive's size may come out of it
     * @param floor bytes that may come out of any archive
     * @param free bytes that stay free on the disk
     */
    record Limits(long bytes, int entries, int ratio, long floor, long free) {
        static final Limits USUAL = new Limits(8L << 30, 20_000, 100, 64 << 20, 256L << 20);
    }

    private static final long LOOK_EVERY = 8 << 20;

    private final Limits limits;
    private final long maxBytes;
    private final Operation progress;
    private long written;
    private long unlooked = Long.MAX_VALUE / 2;
    private int entries;

    /** @param archiveBytes size of the archive */
    UnpackBudget(Limits limits, long archiveBytes, Operation progress) {
        this.limits = limits;
        this.maxBytes = Math.min(limits.bytes, Math.max(limits.floor, archiveBytes * limits.ratio));
        this.progress = progress;
    }

    /** The disk is full, or nearly, or broken. */
    static final class DiskException extends IOException {
        private static final long serialVersionUID = 1;

        DiskException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** So many entries are to come. */
    void announced(int count) throws IOException {
        if (count > limits.entries) {
            throw new IOException("the archive has more than " + limits.entries + " entries");
        }
    }

    /** Another entry comes. */
    void entry() throws IOException {
        announced(++entries);
    }

    /** Writes a new file and forces it to the disk. @throws IOException also when the budget is used up */
    void write(InputStream in, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[64 << 10];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                count(read, file);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                try {
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                } catch (IOException e) {
                    throw new DiskException("the disk cannot take it: " + e.getMessage(), e);
                }
            }
            out.force(true);
        }
    }

    private void count(int read, Path file) throws IOException {
        written += read;
        unlooked += read;
        if (written > maxBytes) {
            throw new IOException("it would become larger than " + maxBytes + " bytes");
        }
        if (unlooked >= LOOK_EVERY) {
            unlooked = 0;
            if (Files.getFileStore(file.getParent()).getUsableSpace() < limits.free) {
                throw new DiskException("the disk has less than " + limits.free + " bytes left", null);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("the server is being stopped");
            }
        }
        progress.progress(written, 0);
    }
}
