// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.autoprov.itest.acme.Acme;
import org.autoprov.itest.acme.Behaviour;

/**
 * Makes vendor bundles for the tests: one family each, whose phones {@code <Vendor> A10 <firmware> <mac>} ask for
 * {@code <mac>.<family>}. What may go wrong with a bundle can be asked for.
 */
final class VendorBundle {

    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s" immediate="true"
                deactivate="withdraw" init="2">
              <reference name="kit" interface="org.autoprov.core.plugin.PluginKit" parameter="1"/>
              <implementation class="%1$s"/>
            </scr:component>
            """;

    private final String family;
    private final String version;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<String> plugins = new ArrayList<>();
    private String imports =
            "org.autoprov.core.config;version=\"[1.0,2)\",org.autoprov.core.device;version=\"[1.0,2)\","
                    + "org.autoprov.core.plugin;version=\"[1.0,2)\",org.autoprov.core.request;version=\"[1.0,2)\","
                    + "org.osgi.framework";
    private String descriptor;

    private VendorBundle(String family, String version) {
        this.family = family;
        this.version = version;
        texts.put("AUTOPROV-INF/templates/phone.cfg.ftl", """
                bundle=${bundle}
                plugin=${plugin}
                mac=${device.mac}
                <#list lines as line>
                user=${line.user}
                password=${line.password}
                </#list>
                """);
        texts.put("AUTOPROV-INF/templates/common.cfg.ftl", "bundle=${bundle}\n");
    }

    static VendorBundle of(String family, String version) {
        return new VendorBundle(family, version);
    }

    /** A firmware line. @param firmware regular expression at the beginning of the version */
    VendorBundle plugin(String id, String firmware, Behaviour behaviour) {
        plugins.add("""
                { "id": "%s", "version": "%s", "description": "for tests", "firmware": "%s", "models": ["A10"],
                  "bundle": "%s", "behaviour": "%s" }""".formatted(
                        id, firmware.replaceAll("[^0-9a-z]", ""), firmware.replace("\\", "\\\\"), version, behaviour));
        return this;
    }

    /** Adds to the last plugin of the descriptor. @param json a key and its value */
    VendorBundle fact(String json) {
        String last = plugins.remove(plugins.size() - 1);
        plugins.add(last.substring(0, last.lastIndexOf('}')) + ", " + json + " }");
        return this;
    }

    VendorBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    VendorBundle importing(String packages) {
        imports = imports + "," + packages;
        return this;
    }

    VendorBundle descriptor(String text) {
        descriptor = text;
        return this;
    }

    VendorBundle template(String name, String text) {
        texts.put("AUTOPROV-INF/templates/" + name, text);
        return this;
    }

    private String vendor() {
        return vendor(family);
    }

    static String vendor(String family) {
        return Character.toUpperCase(family.charAt(0)) + family.substring(1);
    }

    private String descriptor() {
        if (descriptor != null) {
            return descriptor;
        }
        if (plugins.isEmpty()) {
            plugin(family + "-v1", "[0-9]", Behaviour.SERVE);
        }
        return """
                { "schema": 1, "family": "%1$s", "vendor": "%2$s", "quality": "documented", "sources": {},
                  "ouis": ["001122"],
                  "identify": [
                    { "from": "userAgent",
                      "pattern": "^%2$s (?<model>A[0-9]+) (?<version>[0-9.]+) (?<mac>[0-9a-f]{12})$" },
                    { "from": "path", "pattern": "(?:^|/)(?<mac>[0-9a-f]{12})\\\\.%1$s$" } ],
                  "files": [
                    { "name": "common.%1$s", "template": "common.cfg.ftl", "access": "open" },
                    { "name": "{mac}.%1$s", "template": "phone.cfg.ftl", "access": "secret", "trigger": true } ],
                  "models": { "A10": { "type": "deskphone", "lines": 2, "functionKeys": 0, "expansionModules": 0 } },
                  "plugins": [ %3$s ] }
                """.formatted(family, vendor(), String.join(",", plugins));
    }

    byte[] bytes() {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.autoprov.plugin." + family);
        main.putValue("Bundle-Version", version);
        main.putValue("Autoprov-Family", family);
        main.putValue("Import-Package", imports);
        main.putValue("Service-Component", "OSGI-INF/acme.xml");
        headers.forEach((name, value) -> {
            if (value == null) {
                main.remove(new Attributes.Name(name));
            } else {
                main.putValue(name, value);
            }
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            manifest.write(head); // by hand, for the same bytes at any time
            add(jar, "META-INF/MANIFEST.MF", head.toByteArray());
            String folder = Acme.class.getPackageName().replace('.', '/');
            try (Stream<Path> classes =
                    Files.list(Path.of(Acme.class.getResource("").toURI()))) {
                for (Path type : (Iterable<Path>) classes.sorted()::iterator) {
                    add(jar, folder + "/" + type.getFileName(), Files.readAllBytes(type));
                }
            }
            add(
                    jar,
                    "OSGI-INF/acme.xml",
                    COMPONENT.formatted(Acme.class.getName()).getBytes(StandardCharsets.UTF_8));
            add(jar, "AUTOPROV-INF/plugin.json", descriptor().getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, String> text : texts.entrySet()) {
                add(jar, text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    /** Writes the jar aside. @return the file */
    Path at(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes());
    }

    /** Copies aside, then renames: as an administrator should. */
    void drop(Path folder, String name) throws IOException {
        drop(folder, name, bytes());
    }

    static void drop(Path folder, String name, byte[] bytes) throws IOException {
        Path part = folder.resolve(name + ".copying");
        try (OutputStream out = Files.newOutputStream(part)) {
            out.write(bytes);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
