// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.service.PluginRepository.Offer;
import org.osgi.framework.Version;

/**
 * Reads the vendor bundles of an OSGi repository index, XML or XML packed with gzip; other resources are passed over.
 * Document types and entities are refused, sizes are limited.
 */
final class IndexReader {

    static final String NAMESPACE = "http://www.osgi.org/xmlns/repository/v1.0.0";

    /** Largest index, bytes, packed or not. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_RESOURCES = 10_000;
    private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern FAMILY = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern UNESCAPED_COMMA = Pattern.compile("(?<!\\\\),");

    private final XMLStreamReader xml;
    private final List<BundleResource> resources = new ArrayList<>();

    private IndexReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** @throws IOException when it is no usable index; one sentence that says what is wrong and where */
    static List<BundleResource> read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("the index is larger than " + MAX_BYTES + " bytes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** As {@link #read(Path)}; does not close the stream. */
    static List<BundleResource> read(InputStream in) throws IOException {
        String text = text(unpacked(in));
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("an index may not refer to other files");
        });
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
            try {
                return new IndexReader(xml).repository();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            String place =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNumber();
            throw new IOException("the index is not well-formed" + place, e);
        } catch (RuntimeException e) { // what the parser throws on broken encodings, too
            throw new IOException("the index is faulty: " + ParameterRules.masked(String.valueOf(e.getMessage())), e);
        }
    }

    /** The specification says UTF-8; the parser would print its opinion of anything else. */
    private static String text(byte[] bytes) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("the index is not UTF-8", e);
        }
    }

    private static byte[] unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(2);
        boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        InputStream plain = packed ? new GZIPInputStream(buffered) : buffered;
        byte[] bytes = plain.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the index is larger than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }

    private List<BundleResource> repository() throws XMLStreamException, IOException {
        boolean root = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw error("document types and entities are not allowed");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!root) {
                    root = true;
                    if (!is("repository")) {
                        throw error("it does not begin with <repository> of " + NAMESPACE);
                    }
                } else if (is("resource")) {
                    resource();
                }
            }
        }
        return List.copyOf(resources);
    }

    private boolean is(String name) {
        return xml.getLocalName().equals(name) && NAMESPACE.equals(xml.getNamespaceURI());
    }

    private IOException error(String message) {
        return new IOException("the index, line " + xml.getLocation().getLineNumber() + ": " + message);
    }

    private record Capability(String namespace, Map<String, String> attributes) {
        String get(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    private void resource() throws XMLStreamException, IOException {
        List<Capability> capabilities = new ArrayList<>();
        Capability current = null;
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw error("entities are not allowed");
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                current = depth > 1 ? current : null;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth == 2 && is("capability")) {
                    current = new Capability(String.valueOf(xml.getAttributeValue(null, "namespace")), new HashMap<>());
                    capabilities.add(current);
                } else if (depth == 3 && current != null && is("attribute")) {
                    String value = xml.getAttributeValue(null, "value");
                    current.attributes.put(
                            String.valueOf(xml.getAttributeValue(null, "name")), value == null ? "" : value);
                }
            }
        }
        if (capabilities.stream().anyMatch(capability -> capability.namespace.equals(BundleResource.PLUGIN))) {
            if (resources.size() >= MAX_RESOURCES) {
                throw error("more than " + MAX_RESOURCES + " resources");
            }
            resources.add(bundle(capabilities));
        }
    }

    private BundleResource bundle(List<Capability> capabilities) throws IOException {
        Capability identity = first(capabilities, "osgi.identity");
        Capability content = first(capabilities, "osgi.content");
        String name = required(identity, "osgi.identity");
        Version version;
        URI url;
        long bytes;
        try {
            version = Version.parseVersion(identity.get("version"));
            url = URI.create(required(content, "url"));
            bytes = Long.parseLong(required(content, "size"));
        } catch (IllegalArgumentException e) {
            throw error(name + ": the version, URL or size is no such thing");
        }
        String sha256 = required(content, "osgi.content");
        if (!SHA256.matcher(sha256).matches()) {
            throw error(name + ": osgi.content is no SHA-256");
        }
        if (bytes <= 0 || bytes > BundleResource.MAX_BYTES) {
            throw error(name + ": the size must be 1 to " + BundleResource.MAX_BYTES);
        }
        sha256 = sha256.toLowerCase(java.util.Locale.ROOT);
        List<Offer> plugins = new ArrayList<>();
        for (Capability capability : capabilities) {
            if (capability.namespace.equals(BundleResource.PLUGIN)) {
                plugins.add(plugin(capability, version, bytes, sha256, content.get("sha1")));
            }
        }
        String family = plugins.get(0).family();
        if (plugins.stream().anyMatch(plugin -> !plugin.family().equals(family))) {
            throw error(name + ": its plugins are of different families");
        }
        return new BundleResource(name, family, version, url, bytes, sha256, List.copyOf(plugins));
    }

    private Capability first(List<Capability> capabilities, String namespace) throws IOException {
        for (Capability capability : capabilities) {
            if (capability.namespace.equals(namespace)) {
                return capability;
            }
        }
        throw error("a resource with plugins has no capability " + namespace);
    }

    private String required(Capability capability, String attribute) throws IOException {
        if (capability.get(attribute).isEmpty()) {
            throw error("the capability " + capability.namespace + " has no attribute " + attribute);
        }
        return capability.get(attribute);
    }

    private Offer plugin(Capability capability, Version bundle, long bytes, String sha256, String sha1)
            throws IOException {
        String id = required(capability, BundleResource.PLUGIN);
        String family = required(capability, "family");
        if (!PLUGIN_ID.matcher(id).matches() || !FAMILY.matcher(family).matches()) {
            throw error("\"" + ParameterRules.masked(id) + "\" or its family is no usable id");
        }
        Map<String, String> descriptions = new LinkedHashMap<>();
        capability.attributes.forEach((name, value) -> {
            if (name.startsWith("description_")) {
                descriptions.put(name.substring("description_".length()), value);
            }
        });
        return new Offer(
                id,
                family,
                capability.get("vendor"),
                required(capability, "version"),
                bundle.toString(),
                required(capability, "description"),
                Map.copyOf(descriptions),
                capabilities(id, capability.get("capabilities")),
                list(capability.get("models")),
                bytes,
                sha256,
                sha1);
    }

    private Map<String, Map<String, Object>> capabilities(String id, String json) throws IOException {
        Map<String, Map<String, Object>> result = new LinkedHashMap<>();
        if (!json.isEmpty()) {
            try {
                Json.readObject(json).forEach((key, value) -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    if (value instanceof Map<?, ?> map) {
                        map.forEach((k, v) -> one.put(String.valueOf(k), v));
                    }
                    result.put(key, one);
                });
            } catch (IOException e) {
                throw error(id + ": capabilities: " + e.getMessage());
            }
        }
        return result;
    }

    /** A list as the specification writes it: commas between, a back slash before one that belongs to an element. */
    private static List<String> list(String value) {
        List<String> result = new ArrayList<>();
        for (String element : UNESCAPED_COMMA.split(value)) {
            if (!element.isBlank()) {
                result.add(element.strip().replaceAll("\\\\(.)", "$1"));
            }
        }
        return List.copyOf(result);
    }
}
