// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built server as a folder; the system property {@code autoprov.dist} says where. */
final class Distribution {

    private static final Path HOME = Path.of(System.getProperty("autoprov.dist", "../dist/target/autoprov"))
            .toAbsolutePath()
            .normalize();

    private Distribution() {}

    static Path home() {
        if (!Files.isDirectory(HOME.resolve("bundle"))) {
            throw new IllegalStateException("there is no distribution in " + HOME + "; -Dautoprov.dist=DIR names one");
        }
        return HOME;
    }

    static Path script() {
        return home().resolve("autoprov");
    }

    static List<Path> bundles() throws IOException {
        try (Stream<Path> jars = Files.list(home().resolve("bundle"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** The shipped vendor bundle of a family. */
    static Path vendor(String family) throws IOException {
        try (Stream<Path> jars = Files.list(home().resolve("repository"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("org.autoprov.plugin." + family + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
