// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.autoprov.core.config.PhoneConfig;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.vendor.VendorFiles;
import org.autoprov.core.plugin.FirmwareLine;
import org.autoprov.core.plugin.PhoneFile;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.plugin.TemplateGenerator;

/** What the plugins of a vendor bundle say of themselves, read from the jar alone; none of its code runs. */
final class VendorFacts {

    private static final int MAX_ENTRY = 4 << 20;

    private VendorFacts() {}

    /** @throws IllegalArgumentException when the descriptor is missing or faulty */
    static List<PluginDescription> read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            VendorFiles family = VendorFiles.read(name -> entry(file, name), null);
            List<PluginDescription> result = new ArrayList<>();
            family.lines().forEach(line -> result.add(new Described(family, line).description()));
            return result;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        }
    }

    /** An entry as a URL that no cache of jars keeps open; null when there is none. */
    private static URL entry(JarFile jar, String name) {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            return null;
        }
        try {
            return new URL(null, "entry:/" + name, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new EntryConnection(url, jar, entry);
                }
            });
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class EntryConnection extends URLConnection {
        private final JarFile jar;
        private final ZipEntry entry;

        EntryConnection(URL url, JarFile jar, ZipEntry entry) {
            super(url);
            this.jar = jar;
            this.entry = entry;
        }

        @Override
        public void connect() {
            // nothing to connect to
        }

        @Override
        public InputStream getInputStream() throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(MAX_ENTRY + 1);
                if (bytes.length > MAX_ENTRY) {
                    throw new FileNotFoundException(entry.getName() + " is larger than " + MAX_ENTRY + " bytes");
                }
                return new ByteArrayInputStream(bytes);
            }
        }
    }

    /** Only describes. */
    private static final class Described extends TemplateGenerator {
        Described(VendorFiles family, FirmwareLine line) {
            super(family, line);
        }

        @Override
        protected Map<String, Object> model(PhoneFile file, Device device, PhoneConfig config) {
            return Map.of();
        }
    }
}
