// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own in memory; needs the rights to mount one, and skips the test without them. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    SmallDisk(Path folder, String size) throws Exception {
        this.folder = folder;
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "none", folder.toString()),
                "a small file system cannot be mounted here (not root)");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Takes all room that is left; removing the file gives it back. */
    Path fill() throws IOException {
        Path ballast = folder.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            return ballast;
        }
    }

    void writable(boolean writable) throws Exception {
        if (!run("mount", "-o", "remount," + (writable ? "rw" : "ro"), folder.toString())) {
            throw new IOException("cannot remount " + folder);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
