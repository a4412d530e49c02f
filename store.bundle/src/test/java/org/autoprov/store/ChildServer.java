// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A {@link CrashChild} in a JVM of its own. */
final class ChildServer implements AutoCloseable {

    final Process process;
    final BufferedReader output;

    ChildServer(Path data, int writers) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        data.toString(),
                        Integer.toString(writers))
                .redirectErrorStream(true)
                .start();
        output = process.inputReader();
        for (String line = output.readLine(); !"open".equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the child did not open its store");
            }
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
