// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The repository that the distribution ships, and the plugins and packages in it. */
class ShippedRepositoryIT {

    private static final String NAMESPACE = "http://www.osgi.org/xmlns/repository/v1.0.0";

    @TempDir
    Path folder;

    private static Path repository() {
        return Distribution.home().resolve("repository");
    }

    private static Document index() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(repository().resolve("index.xml").toFile());
    }

    /** Attributes of the first capability of a namespace. */
    private static Map<String, String> attributes(Element resource, String namespace) {
        NodeList capabilities = resource.getElementsByTagNameNS(NAMESPACE, "capability");
        for (int i = 0; i < capabilities.getLength(); i++) {
            Element capability = (Element) capabilities.item(i);
            if (capability.getAttribute("namespace").equals(namespace)) {
                Map<String, String> result = new TreeMap<>();
                NodeList attributes = capability.getElementsByTagNameNS(NAMESPACE, "attribute");
                for (int j = 0; j < attributes.getLength(); j++) {
                    Element one = (Element) attributes.item(j);
                    result.put(one.getAttribute("name"), one.getAttribute("value"));
                }
                return result;
            }
        }
        throw new AssertionError("no capability " + namespace);
    }

    private static Map<String, Path> jarsByFamily() throws IOException {
        Map<String, Path> jars = new TreeMap<>();
        try (Stream<Path> files = Files.list(repository())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".jar")) {
                    try (JarFile jar = new JarFile(file.toFile())) {
                        jars.put(jar.getManifest().getMainAttributes().getValue("Autoprov-Family"), file);
                    }
                }
            }
        }
        return jars;
    }

    @Test
    void theIndexHasEachFamilyWithTheChecksumOfTheFileBesideIt() throws Exception {
        Map<String, Path> jars = jarsByFamily();
        assertThat(jars.keySet()).contains("yealink", "snom", "cisco-sccp", "cisco-sip", "cisco-spa");
        NodeList resources = index().getElementsByTagNameNS(NAMESPACE, "resource");
        Map<String, Path> indexed = new TreeMap<>();
        for (int i = 0; i < resources.getLength(); i++) {
            Element resource = (Element) resources.item(i);
            Map<String, String> content = attributes(resource, "osgi.content");
            Path file = Path.of(repository().toUri().resolve(URI.create(content.get("url"))));
            byte[] bytes = Files.readAllBytes(file);
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
            assertThat(content.get("osgi.content")).isEqualTo(HexFormat.of().formatHex(sha256));
            assertThat(content.get("size")).isEqualTo(Long.toString(bytes.length));
            indexed.put(attributes(resource, "autoprov.plugin").get("family"), file);
        }
        assertThat(indexed).isEqualTo(jars);
    }

    @Test
    void eachPluginAndPackageOfItIsThereAndUsable() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.preinstall=all")
                .ready()) {
            Administrator administrator = new Administrator(server);
            JsonObject offered =
                    administrator.get("/0.2/pg_mgr/install/installable").getAsJsonObject("pkgs");
            JsonObject installed = administrator.get("/0.2/pg_mgr/plugins").getAsJsonObject("plugins");
            assertThat(new TreeSet<>(installed.keySet())).isEqualTo(new TreeSet<>(offered.keySet()));
            int packages = 0;
            for (String id : installed.keySet()) {
                if (administrator.get("/0.2/pg_mgr/plugins/" + id).toString().contains("srv.install")) {
                    packages += administrator
                            .get("/0.2/pg_mgr/plugins/" + id + "/install/installable")
                            .getAsJsonObject("pkgs")
                            .size();
                }
            }
            assertThat(packages).isGreaterThan(100);
            assertThat(server.log()).doesNotContain("declares a package", "ERROR");
        }
    }

    @Test
    void preinstallingFromAUrlIsRefusedWithOneLine() throws Exception {
        try (ServerProcess server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.preinstall=all", "plugins.repository=http://127.0.0.1:9/")
                .ready()) {
            assertThat(server.log().lines().filter(line -> line.contains("ERROR")))
                    .singleElement()
                    .asString()
                    .contains("plugins.preinstall: nothing is installed", "URL");
        }
    }
}
