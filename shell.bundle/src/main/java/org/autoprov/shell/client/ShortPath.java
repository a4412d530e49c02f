// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The spelling of a socket's path that the operating system can take. */
public final class ShortPath {

    /** Linux: 108 bytes with the final zero (unix(7)); others have a little less. */
    private static final int LIMIT = 107;

    private ShortPath() {}

    /**
     * The path itself, or relative to the working folder where only that is short enough.
     *
     * @throws IOException one sentence with the length, when neither is
     */
    public static Path of(Path socket) throws IOException {
        Path absolute = socket.toAbsolutePath().normalize();
        if (bytes(absolute) <= LIMIT) {
            return absolute;
        }
        Path relative = Path.of("").toAbsolutePath().relativize(absolute);
        if (bytes(relative) <= LIMIT) {
            return relative;
        }
        throw new IOException("the path of the shell's socket has " + bytes(absolute) + " bytes, " + LIMIT
                + " are possible: " + absolute + "; use a data folder with a shorter path");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
