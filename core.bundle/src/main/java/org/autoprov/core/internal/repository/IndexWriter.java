// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.plugin.VendorJar;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.plugin.PluginDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index of a folder of vendor bundles: the same bytes for the same jars, whatever the machine and the hour.
 * Jars that are no vendor bundles are left out.
 */
public final class IndexWriter {

    /** The index's name in its folder. */
    static final String FILE = "index.xml";

    private static final Logger LOG = LoggerFactory.getLogger(IndexWriter.class);
    private static final int MAX_MODELS = 10_000;

    private final XMLStreamWriter xml;

    private IndexWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes {@code index.xml} into the folder that the only argument names, in one step. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1 || !Files.isDirectory(Path.of(args[0]))) {
            System.err.println("usage: IndexWriter FOLDER, a folder of vendor bundles");
            System.exit(2);
        }
        DataFolder.write(Path.of(args[0], FILE), write(Path.of(args[0])));
    }

    /** The index as text. */
    static String write(Path folder) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new IndexWriter(xml).repository(folder);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the index cannot be written", e);
        }
        return text.toString();
    }

    private void repository(Path folder) throws XMLStreamException, IOException {
        xml.writeStartDocument("UTF-8", "1.0");
        newLine(0);
        xml.writeStartElement("repository");
        xml.writeDefaultNamespace(IndexReader.NAMESPACE);
        xml.writeAttribute("name", "Autoprov");
        for (Path jar : jars(folder)) {
            try {
                VendorJar bundle = VendorJar.read(jar);
                resource(
                        bundle,
                        VendorFacts.read(jar),
                        Digests.of(jar, List.of("sha1")).get("sha1"));
            } catch (VendorJar.UnusableException e) {
                LOG.info("not in the index: {}", e.getMessage());
            } catch (IllegalArgumentException e) {
                LOG.warn("not in the index: {}: {}", jar.getFileName(), e.getMessage());
            }
        }
        newLine(0);
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.writeCharacters("\n");
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private void resource(VendorJar jar, List<PluginDescription> plugins, String sha1)
            throws XMLStreamException, IOException {
        newLine(1);
        xml.writeStartElement("resource");
        begin("osgi.identity");
        attribute("osgi.identity", null, jar.symbolicName());
        attribute("type", null, "osgi.bundle");
        attribute("version", "Version", jar.version().toString());
        end();
        begin("osgi.content");
        attribute("osgi.content", null, jar.sha256());
        attribute("url", null, relative(jar.file()));
        attribute("size", "Long", Long.toString(Files.size(jar.file())));
        attribute("mime", null, "application/vnd.osgi.bundle");
        attribute("sha1", null, sha1);
        end();
        for (PluginDescription plugin : plugins) {
            plugin(plugin);
        }
        newLine(1);
        xml.writeEndElement();
    }

    private static String relative(Path jar) throws IOException {
        try {
            return new java.net.URI(null, null, jar.getFileName().toString(), null).toASCIIString();
        } catch (java.net.URISyntaxException e) {
            throw new IOException(jar.getFileName() + " cannot be written as a URL", e);
        }
    }

    private void plugin(PluginDescription plugin) throws XMLStreamException {
        begin(BundleResource.PLUGIN);
        attribute(BundleResource.PLUGIN, null, plugin.id());
        attribute("family", null, plugin.family());
        attribute("vendor", null, plugin.vendor());
        attribute("version", null, plugin.version());
        attribute("description", null, plugin.description());
        for (Map.Entry<String, String> other : new java.util.TreeMap<>(plugin.descriptions()).entrySet()) {
            attribute("description_" + other.getKey(), null, other.getValue());
        }
        List<String> models = new ArrayList<>();
        plugin.capabilities().keySet().stream().limit(MAX_MODELS).forEach(key -> models.add(model(plugin, key)));
        attribute("models", "List<String>", String.join(",", models));
        attribute("capabilities", null, Json.write(new LinkedHashMap<>(plugin.capabilities())));
        end();
    }

    /** The model's name out of {@code "Vendor, Model, Version"}, with what a list needs before its commas. */
    private static String model(PluginDescription plugin, String capability) {
        String name = capability.substring(
                Math.min(capability.length(), plugin.vendor().length() + 2),
                Math.max(
                        Math.min(capability.length(), plugin.vendor().length() + 2),
                        capability.length() - plugin.version().length() - 2));
        return name.replace("\\", "\\\\").replace(",", "\\,");
    }

    private void begin(String namespace) throws XMLStreamException {
        newLine(2);
        xml.writeStartElement("capability");
        xml.writeAttribute("namespace", namespace);
    }

    private void attribute(String name, String type, String value) throws XMLStreamException {
        newLine(3);
        xml.writeEmptyElement("attribute");
        xml.writeAttribute("name", name);
        if (type != null) {
            xml.writeAttribute("type", type);
        }
        xml.writeAttribute("value", value.replaceAll("\\p{Cntrl}", " ")); // XML has no way to write most of them
    }

    private void end() throws XMLStreamException {
        newLine(2);
        xml.writeEndElement();
    }

    private void newLine(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
