// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.autoprov.core.internal.json.Json;
import org.osgi.framework.Version;

/**
 * A vendor bundle's jar as its manifest and descriptor give it, before anything of it runs.
 *
 * @param plugins ids of its plugins; empty when it has no readable descriptor
 * @param sha256 of the file, lower-case hexadecimal digits
 */
public record VendorJar(
        Path file, String family, String symbolicName, Version version, List<String> plugins, String sha256) {

    static final String FAMILY_HEADER = "Autoprov-Family";

    private static final Pattern FAMILY = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int MAX_DESCRIPTOR = 4 << 20;

    /** The jar cannot be used; the message is one sentence that names it. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    public static VendorJar read(Path file) throws UnusableException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new UnusableException(file.getFileName() + " is not a bundle: it has no manifest");
            }
            Attributes headers = manifest.getMainAttributes();
            String name = headers.getValue("Bundle-SymbolicName");
            String family = headers.getValue(FAMILY_HEADER);
            if (name == null || family == null) {
                throw new UnusableException(file.getFileName() + " is not a vendor bundle: its manifest has no "
                        + (name == null ? "Bundle-SymbolicName" : FAMILY_HEADER));
            }
            if (!FAMILY.matcher(family.trim()).matches()) {
                throw new UnusableException(
                        file.getFileName() + ": " + FAMILY_HEADER + " must be lower-case letters, digits and hyphens");
            }
            String version = headers.getValue("Bundle-Version");
            return new VendorJar(
                    file,
                    family.trim(),
                    name.split(";", 2)[0].trim(),
                    version == null ? Version.emptyVersion : Version.parseVersion(version.trim()),
                    pluginIds(jar),
                    sha256(file));
        } catch (ZipException e) {
            throw new UnusableException(file.getFileName() + " is not a complete jar: " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableException(file.getFileName() + " cannot be read: " + e.getMessage());
        }
    }

    private static List<String> pluginIds(JarFile jar) throws IOException {
        List<String> ids = new ArrayList<>();
        ZipEntry entry = jar.getEntry("AUTOPROV-INF/plugin.json");
        if (entry == null || entry.getSize() > MAX_DESCRIPTOR) {
            return ids;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            Map<String, Object> descriptor;
            try {
                descriptor = Json.readObject(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IOException("AUTOPROV-INF/plugin.json: " + e.getMessage(), e);
            }
            if (descriptor.get("plugins") instanceof List<?> plugins) {
                for (Object plugin : plugins) {
                    if (plugin instanceof Map<?, ?> map && map.get("id") instanceof String id) {
                        ids.add(id);
                    }
                }
            }
        }
        return ids;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 << 10];
            int read;
            while ((read = in.read(buffer)) > 0) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    /** The vendor bundles of a folder; what is none is left out. */
    static List<VendorJar> list(Path folder) {
        List<VendorJar> jars = new ArrayList<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return jars;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (file.getFileName().toString().endsWith(".jar")) {
                    try {
                        jars.add(read(file));
                    } catch (UnusableException e) {
                        // a repository may hold other bundles too
                    }
                }
            }
        } catch (IOException e) {
            // an unreadable repository offers nothing
        }
        return jars;
    }
}
