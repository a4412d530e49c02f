// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.autoprov.core.internal.plugin.JarInstaller;
import org.autoprov.core.internal.server.Operations;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PluginRepository.Offer;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedRepositoryTest {

    private static final String DESCRIPTOR = """
            {"schema":1,"family":"acme","vendor":"Acme","quality":"documented","sources":{},"identify":[],"files":[],
            "models":{"A1, big":{"type":"deskphone","lines":2},"A2":{"type":"ata","lines":1}},
            "plugins":[{"id":"acme-1","version":"1.0","description":"Acme <1> & \\"more\\"",
            "descriptions":{"fr":"Téléphones"},"models":"*"},
            {"id":"acme-2","version":"2.0","description":"Acme 2","models":["A2"]}]}
            """;

    @TempDir
    Path folder;

    private final Web web = new Web();
    private final FixedParameters parameters = new FixedParameters();
    private final Set<String> installed = new TreeSet<>();
    private final List<String> calls = new ArrayList<>();
    private Path jars;
    private IndexedRepository repository;

    /** Takes note of what is asked of it. */
    private final class Bundles implements PluginService, JarInstaller {
        private String sha256;

        @Override
        public List<PluginStatus> installed() {
            return installed.stream()
                    .map(id -> new PluginStatus(
                            new PluginDescription(id, "acme", "1", "Acme", "", Map.of(), Map.of(), ""),
                            1,
                            "1",
                            0,
                            0,
                            null,
                            false))
                    .toList();
        }

        @Override
        public List<Available> available() {
            return List.of();
        }

        @Override
        public List<String> install(String actor, String source) {
            calls.add("enable " + source);
            installed.add(source);
            return List.of(source);
        }

        @Override
        public List<String> upgrade(String actor, String source) {
            throw new AssertionError();
        }

        @Override
        public void uninstall(String actor, String idOrFamily) {
            throw new AssertionError();
        }

        @Override
        public void reload(String actor, String idOrFamily) {
            throw new AssertionError();
        }

        @Override
        public List<String> install(String actor, Path file, String pluginId) {
            assertThat(file).exists();
            calls.add("install " + pluginId);
            installed.add(pluginId);
            sha256 = "old";
            return List.of(pluginId);
        }

        @Override
        public List<String> upgrade(String actor, Path file) {
            assertThat(file).exists();
            calls.add("upgrade");
            return List.of();
        }

        @Override
        public Optional<String> installedSha256(String family) {
            return Optional.ofNullable(sha256);
        }
    }

    private final Bundles bundles = new Bundles();

    @BeforeEach
    void prepare() throws IOException {
        jars = Files.createDirectory(folder.resolve("jars"));
        jar("acme 1.jar", "1.2.3");
        Files.writeString(jars.resolve("other.jar"), "no jar");
        repository = open(jars.toString());
    }

    private Path jar(String name, String version) throws IOException {
        Path file = jars.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            put(
                    jar,
                    "META-INF/MANIFEST.MF",
                    "Manifest-Version: 1.0\nBundle-SymbolicName: org.acme\n" + "Autoprov-Family: acme\nBundle-Version: "
                            + version + "\n\n");
            put(jar, "AUTOPROV-INF/plugin.json", DESCRIPTOR);
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, String text) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private IndexedRepository open(String location) {
        return new IndexedRepository(
                folder.resolve("data"),
                location,
                parameters,
                bundles,
                bundles,
                new Operations(),
                new Download(new Proxies(parameters), new Download.Limits(2000, 500, 5000, 2, 1)));
    }

    private void serve() throws IOException {
        web.at("/r/index.xml", IndexWriter.write(jars).getBytes(StandardCharsets.UTF_8));
        web.at("/r/acme 1.jar", Files.readAllBytes(jars.resolve("acme 1.jar")));
        parameters.set("test", "plugin_server", web.uri("/r").toString());
    }

    @AfterEach
    void close() {
        repository.close();
        web.close();
    }

    private static Operation done(Operation operation) {
        await().until(operation::isDone);
        return operation;
    }

    private void refused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    @Test
    void readsWhatItWrites() throws Exception {
        String text = IndexWriter.write(jars);
        assertThat(IndexWriter.write(jars)).isEqualTo(text);

        List<BundleResource> read = IndexReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(read).hasSize(1);
        BundleResource bundle = read.get(0);
        assertThat(bundle.symbolicName()).isEqualTo("org.acme");
        assertThat(bundle.version()).hasToString("1.2.3");
        assertThat(bundle.url()).hasToString("acme%201.jar");
        assertThat(bundle.bytes()).isEqualTo(Files.size(jars.resolve("acme 1.jar")));
        Offer offer = bundle.plugins().get(0);
        assertThat(offer.description()).isEqualTo("Acme <1> & \"more\"");
        assertThat(offer.descriptions()).containsEntry("fr", "Téléphones");
        assertThat(offer.models()).containsExactly("A1, big", "A2");
        assertThat(offer.capabilities().get("Acme, A2, 1.0"))
                .containsEntry("type", "ata")
                .containsEntry("lines", 1L);
        assertThat(offer.sha1()).hasSize(40);
        assertThat(text).contains("namespace=\"osgi.identity\"").contains("xmlns=\"" + IndexReader.NAMESPACE + "\"");
    }

    @Test
    void readsAPackedIndex() throws Exception {
        byte[] packed = UnpackerTest.gzip(IndexWriter.write(jars).getBytes(StandardCharsets.UTF_8));

        assertThat(IndexReader.read(new ByteArrayInputStream(packed))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<repository/>",
                "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><repository"
                        + " xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'>&x;</repository>",
                "<!DOCTYPE r><repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'/>",
                "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'><resource>",
                "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0'><resource>"
                        + "<capability namespace='autoprov.plugin'/></resource></repository>"
            })
    void refusesWhatIsNoIndex(String text) {
        assertThatThrownBy(() -> IndexReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("index");
    }

    @Property(tries = 200)
    void aChangedByteMakesNoOtherErrorThanAnUnusableIndex(@ForAll int at, @ForAll byte value) throws IOException {
        byte[] bytes = ("<repository xmlns='" + IndexReader.NAMESPACE
                        + "'><resource><capability namespace='osgi.identity'><attribute name='osgi.identity'"
                        + " value='x'/></capability></resource></repository>")
                .getBytes(StandardCharsets.UTF_8);
        bytes[Math.floorMod(at, bytes.length)] = value;
        try {
            assertThat(IndexReader.read(new ByteArrayInputStream(bytes))).isEmpty();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Test
    void offersWhatAFolderHasWithOrWithoutAnIndex() throws Exception {
        assertThat(repository.installable()).extracting(Offer::pluginId).containsExactly("acme-1", "acme-2");

        IndexWriter.main(new String[] {jars.toString()});
        Operation update = done(repository.update("ann"));

        assertThat(update.text()).isEqualTo("update|success;" + Files.size(jars.resolve("index.xml")));
        assertThat(repository.installable()).hasSize(2);
        assertThat(repository.location()).isEqualTo(jars.toString());
    }

    @Test
    void installsUpgradesAndEnables() throws Exception {
        long size = Files.size(jars.resolve("acme 1.jar"));
        assertThat(done(repository.install("ann", "acme-1")).text())
                .isEqualTo("install|success(download|success;" + size + "/" + size + ")");
        assertThat(done(repository.install("ann", "acme-2")).text()).isEqualTo("install|success");
        done(repository.upgrade("ann", "acme-1"));
        bundles.sha256 = repository.installable().get(0).sha256();
        assertThat(done(repository.upgrade("ann", "acme-1")).text()).isEqualTo("install|success");

        assertThat(calls).containsExactly("install acme-1", "enable acme-2", "upgrade");
        assertThat(folder.resolve("data")).isEmptyDirectory();
        refused(Reason.CONFLICT, () -> repository.install("ann", "acme-1"));
        refused(Reason.NOT_FOUND, () -> repository.install("ann", "brio-1"));
        installed.clear();
        refused(Reason.CONFLICT, () -> repository.upgrade("ann", "acme-1"));
        refused(Reason.NOT_FOUND, () -> repository.upgrade("ann", "brio-1"));
    }

    @Test
    void installsFromAServerAndKnowsItsIndexAfterARestart() throws Exception {
        serve();
        assertThat(repository.installable()).isEmpty();
        assertThat(done(repository.update("ann")).error()).isEmpty();
        assertThat(done(repository.install("ann", "acme-2")).error()).isEmpty();
        assertThat(calls).containsExactly("install acme-2");

        web.close();
        IndexedRepository again = open("");
        assertThat(again.installable()).hasSize(2);
        assertThat(done(again.update("ann")).state()).isEqualTo(Operation.State.FAIL);
        assertThat(again.installable()).hasSize(2);
        parameters.set("test", "plugin_server", "http://127.0.0.1:1/elsewhere");
        assertThat(again.installable()).isEmpty();
        again.close();
    }

    @Test
    void installsNothingThatIsNotWhatTheIndexSays() throws Exception {
        serve();
        done(repository.update("ann"));
        byte[] other = Files.readAllBytes(jars.resolve("acme 1.jar"));
        other[other.length / 2] ^= 1;
        web.at("/r/acme 1.jar", other);

        Operation operation = done(repository.install("ann", "acme-1"));

        assertThat(operation.text()).startsWith("install|fail(download|fail;" + other.length);
        assertThat(operation.error()).contains("SHA-256");
        assertThat(calls).isEmpty();
        web.at("/r/acme 1.jar", Web.truncated(new byte[10], other.length));
        assertThat(done(repository.install("ann", "acme-1")).text()).startsWith("install|fail(download|fail");
        web.at("/r/acme 1.jar", Web.status(500));
        assertThat(done(repository.install("ann", "acme-1")).error()).contains("status 500");
        assertThat(calls).isEmpty();
    }

    @Test
    void neverLeavesTheFolderOrTheNetwork() throws Exception {
        Files.copy(jars.resolve("acme 1.jar"), folder.resolve("outside.jar"));
        String index = IndexWriter.write(jars).replace("acme%201.jar", "../outside.jar");
        Files.writeString(jars.resolve("index.xml"), index);
        assertThat(done(repository.install("ann", "acme-1")).error()).contains("not in its folder");

        parameters.set("test", "plugin_server", web.uri("/i/x.xml").toString());
        String file = IndexWriter.write(jars)
                .replace("acme%201.jar", folder.resolve("outside.jar").toUri().toString());
        web.at("/i/x.xml", file.getBytes(StandardCharsets.UTF_8));
        done(repository.update("ann"));
        assertThat(done(repository.install("ann", "acme-1")).error()).contains("scheme file");
        assertThat(calls).isEmpty();
    }

    @Test
    void keepsTheIndexItHasWhenTheNewOneIsBroken() throws Exception {
        serve();
        done(repository.update("ann"));
        web.at("/r/index.xml", "<html>".getBytes(StandardCharsets.UTF_8));

        assertThat(done(repository.update("ann")).error()).contains("index");
        assertThat(repository.installable()).hasSize(2);
        assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void updatesOnceAtATimeAndNeedsARepository() throws Exception {
        serve();
        java.util.concurrent.CountDownLatch asked = new java.util.concurrent.CountDownLatch(1);
        web.at("/r/index.xml", exchange -> {
            asked.countDown();
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(404, -1);
        });
        Operation first = repository.update("ann");
        asked.await();
        refused(Reason.CONFLICT, () -> repository.update("bob"));
        done(first);

        parameters.values.clear();
        IndexedRepository none = open("");
        refused(Reason.INVALID, () -> none.update("ann"));
        assertThat(none.installable()).isEmpty();
        assertThat(none.location()).isEmpty();
        none.close();
    }

    @Test
    void tidiesUpAfterACrash() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/x.jar.part"), "half");
        Files.writeString(folder.resolve("data/x.jar"), "whole");

        open("").close();

        assertThat(folder.resolve("data")).isEmptyDirectory();
    }
}
