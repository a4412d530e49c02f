// SPDX-License-Identifier: Apache-2.0
package org.autoprov.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The settings that the bundles of a distribution understand, read from the metatype documents (OSGi Compendium, chapter
 * 105) in their jars: a bundle that comes along brings its settings with it.
 */
final class SettingCatalog {

    private final Map<String, Setting> settings = new TreeMap<>();

    private SettingCatalog() {}

    static SettingCatalog of(Collection<Path> jars) throws IOException {
        SettingCatalog catalog = new SettingCatalog();
        catalog.add(new Setting(
                "log.level",
                "String",
                "info",
                "error, warn, info or debug",
                null,
                null,
                List.of("error", "warn", "info", "debug")));
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        for (Path jar : jars) {
            if (!jar.getFileName().toString().startsWith("org.autoprov.")) {
                continue;
            }
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (entry.getName().startsWith("OSGI-INF/metatype/")
                            && entry.getName().endsWith(".xml")) {
                        try (InputStream in = file.getInputStream(entry)) {
                            catalog.read(factory.createXMLStreamReader(in));
                        }
                    }
                }
            } catch (XMLStreamException e) {
                throw new IOException(jar.getFileName() + ": " + e.getMessage(), e);
            }
        }
        return catalog;
    }

    private void add(Setting setting) {
        settings.putIfAbsent(setting.name(), setting);
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        String id = null;
        String type = null;
        String value = null;
        String description = null;
        Long min = null;
        Long max = null;
        List<String> options = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("AD")) {
                id = xml.getAttributeValue(null, "id");
                type = xml.getAttributeValue(null, "type");
                value = xml.getAttributeValue(null, "default");
                description = xml.getAttributeValue(null, "description");
                min = number(xml.getAttributeValue(null, "min"));
                max = number(xml.getAttributeValue(null, "max"));
                options = new ArrayList<>();
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Option")) {
                options.add(xml.getAttributeValue(null, "value"));
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("AD")) {
                add(new Setting(
                        id,
                        type,
                        value == null ? "" : value,
                        description == null ? "" : description,
                        min,
                        max,
                        List.copyOf(options)));
            }
        }
    }

    private static Long number(String text) {
        return text == null ? null : Long.valueOf(text);
    }

    Setting get(String name) {
        return settings.get(name);
    }

    Collection<Setting> all() {
        return settings.values();
    }
}
