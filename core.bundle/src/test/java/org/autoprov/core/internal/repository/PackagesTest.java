// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.autoprov.core.internal.FakeStore;
import org.autoprov.core.internal.json.Json;
import org.autoprov.core.internal.server.DataFolder;
import org.autoprov.core.internal.server.Operations;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PackageService.Installed;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {

    @TempDir
    Path data;

    private final Web web = new Web();
    private final FakeStore store = new FakeStore();
    private final byte[] rom = "the firmware".getBytes(StandardCharsets.UTF_8);
    private byte[] zip;
    private Packages packages;

    @BeforeEach
    void prepare() throws IOException {
        zip = UnpackerTest.zip("a.bin", "A", "sub/b.bin", "B");
        web.at("/fw.zip", zip).at("/x.rom", rom).at("/wrong.rom", "another file".getBytes(StandardCharsets.UTF_8));
        Files.write(data.resolve("sum"), zip);
        String sha1 = Digests.of(data.resolve("sum"), List.of("sha1")).get("sha1");
        Files.write(data.resolve("sum"), rom);
        String sha256 = Digests.of(data.resolve("sum"), List.of("sha256")).get("sha256");
        Files.delete(data.resolve("sum"));
        Map<String, Object> line = Map.of(
                "id",
                "acme-1",
                "version",
                "1.0",
                "packagesInto",
                "firmware",
                "packages",
                List.of(
                        Map.of("file", "fw.zip", "bytes", zip.length, "sha1", sha1, "download", url("/fw.zip")),
                        Map.of("file", "x.rom", "sha256", sha256, "version", "7", "download", url("/x.rom")),
                        Map.of("id", "y", "file", "wrong.rom", "sha256", sha256, "download", url("/wrong.rom")),
                        Map.of("file", "own.zip", "models", List.of("A1")),
                        Map.of("file", "gone.rom", "download", url("/gone.rom")),
                        Map.of("file", "../bad")));
        Files.writeString(
                data.resolve("plugin.json"), Json.write(Map.of("plugins", List.of(Map.of("id", "acme-2"), line))));
        packages = open();
    }

    private String url(String path) {
        return web.uri(path).toString();
    }

    private Packages open() {
        return new Packages(
                new PackageCatalog(id -> id.startsWith("acme-") ? Optional.of(descriptor()) : Optional.empty()),
                new PackageArea(new DataFolder(data)),
                new Download(new Proxies(new FixedParameters()), new Download.Limits(2000, 500, 5000, 2, 1)),
                new UnpackBudget.Limits(1 << 20, 100, 100, 1 << 20, 0),
                new Operations(),
                store);
    }

    private java.net.URL descriptor() {
        try {
            return data.resolve("plugin.json").toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        packages.close();
        web.close();
    }

    private Operation done(Operation operation) {
        await().until(operation::isDone);
        return operation;
    }

    private List<String> files() throws IOException {
        Path root = data.resolve("files");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private void refused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    private InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void listsWhatTheDescriptorDeclaresWithoutWhatCannotBeUsed() throws Exception {
        assertThat(packages.installable("acme-1"))
                .extracting(one -> one.name() + " " + one.version() + " " + one.downloadable())
                .containsExactly(
                        "fw.zip 1.0 true", "x.rom 7 true", "y 1.0 true", "own.zip 1.0 false", "gone.rom 1.0 true");
        assertThat(packages.installable("acme-1").get(3).description()).isEqualTo("own.zip for A1");
        assertThat(packages.installable("acme-2")).isEmpty();
        assertThat(packages.installed("acme-1")).isEmpty();
        refused(Reason.NOT_FOUND, () -> packages.installable("brio-1"));
        refused(Reason.NOT_FOUND, () -> packages.installed("brio-1"));
    }

    @Test
    void installsAndUninstallsWithoutATrace() throws Exception {
        Operation operation = done(packages.install("ann", "acme-1", "fw.zip"));

        assertThat(operation.text())
                .isEqualTo("install_pkg|success(download|success(success;" + zip.length + "/" + zip.length
                        + "))(install|success;2)");
        assertThat(files()).containsExactly("acme-1/firmware/a.bin", "acme-1/firmware/sub/b.bin");
        Installed installed = packages.installed("acme-1").get(0);
        assertThat(installed.files()).containsExactly("firmware/a.bin", "firmware/sub/b.bin");
        assertThat(installed.bytes()).isEqualTo(2);
        assertThat(store.allAudit().toString()).contains("ann", "install package", "fw.zip");
        done(packages.install("ann", "acme-1", "fw.zip"));

        packages.uninstall("ann", "acme-1", "fw.zip");
        assertThat(data.resolve("files/acme-1")).doesNotExist();
        assertThat(data.resolve("packages/acme-1.json")).doesNotExist();
        assertThat(packages.installed("acme-1")).isEmpty();
        refused(Reason.NOT_FOUND, () -> packages.uninstall("ann", "acme-1", "fw.zip"));
    }

    @Test
    void installsNothingWithAWrongChecksum() throws Exception {
        Operation operation = done(packages.install("ann", "acme-1", "y"));

        assertThat(operation.text()).isEqualTo("install_pkg|fail(download|fail(fail;12/12))(install|fail)");
        assertThat(operation.error()).contains("sha256 checksum");
        assertThat(done(packages.install("ann", "acme-1", "gone.rom")).error()).contains("status 404");
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereOrCannotBeFetched() {
        refused(Reason.NOT_FOUND, () -> packages.install("ann", "acme-1", "none"));
        refused(Reason.NOT_FOUND, () -> packages.install("ann", "brio-1", "fw.zip"));
        refused(Reason.INVALID, () -> packages.install("ann", "acme-1", "own.zip"));
    }

    @Test
    void worksOnAPackageOnceAtATime() throws Exception {
        java.util.concurrent.CountDownLatch latch = new java.util.concurrent.CountDownLatch(1);
        web.at("/x.rom", exchange -> {
            latch.countDown();
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Web.send(exchange, rom);
        });
        Operation first = packages.install("ann", "acme-1", "x.rom");
        latch.await();
        refused(Reason.CONFLICT, () -> packages.install("ann", "acme-1", "x.rom"));
        refused(Reason.CONFLICT, () -> packages.uninstall("ann", "acme-1", "x.rom"));
        assertThat(done(first).error()).isEmpty();
    }

    @Test
    void takesAFileThatSomebodyHas() throws Exception {
        assertThat(packages.put("ann", "acme-1", "/tmp/own.zip", stream(zip)).files())
                .containsExactly("firmware/a.bin", "firmware/sub/b.bin");
        assertThat(packages.put("ann", "acme-1", "renamed (1).rom", stream(rom)).name())
                .isEqualTo("x.rom");
        assertThat(files())
                .containsExactly("acme-1/firmware/a.bin", "acme-1/firmware/sub/b.bin", "acme-1/firmware/x.rom");
    }

    @Test
    void refusesAFileThatIsNotTheDeclaredOne() throws Exception {
        refused(Reason.INVALID, () -> packages.put("ann", "acme-1", "fw.zip", stream(rom)));
        refused(Reason.INVALID, () -> packages.put("ann", "acme-1", "x.rom", stream(zip)));
        refused(Reason.NOT_FOUND, () -> packages.put("ann", "acme-1", "unknown.rom", stream(new byte[3])));
        refused(Reason.INVALID, () -> packages.put("ann", "acme-1", "own.zip", stream(new byte[2000])));
        refused(
                Reason.INVALID,
                () -> packages.put("ann", "acme-1", "own.zip", stream(UnpackerTest.zip("../../../evil", "E"))));
        refused(
                Reason.UNAVAILABLE,
                () -> packages.put("ann", "acme-1", "own.zip", new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        throw new IOException("gone");
                    }
                }));
        assertThat(files()).isEmpty();
        assertThat(data.resolve("evil")).doesNotExist();
    }

    @Test
    void leavesTheAdministratorsOwnFileAlone() throws Exception {
        Path own = data.resolve("files/acme-1/firmware/a.bin");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "mine");

        refused(Reason.CONFLICT, () -> packages.put("ann", "acme-1", "own.zip", stream(zip)));
        assertThat(done(packages.install("ann", "acme-1", "fw.zip")).error()).contains("belongs to no package");
        assertThat(files()).containsExactly("acme-1/firmware/a.bin");
        assertThat(own).hasContent("mine");
    }

    @Test
    void neverFollowsALinkOutOfTheArea() throws Exception {
        Path outside = Files.createDirectory(data.resolve("outside"));
        Files.createDirectories(data.resolve("files/acme-1"));
        Files.createSymbolicLink(data.resolve("files/acme-1/firmware"), outside);

        refused(Reason.CONFLICT, () -> packages.put("ann", "acme-1", "own.zip", stream(zip)));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void keepsAFileThatAnotherPackageNeeds() throws Exception {
        packages.put("ann", "acme-1", "own.zip", stream(zip));
        done(packages.install("ann", "acme-1", "fw.zip"));

        packages.uninstall("ann", "acme-1", "fw.zip");
        assertThat(files()).containsExactly("acme-1/firmware/a.bin", "acme-1/firmware/sub/b.bin");
        packages.uninstall("ann", "acme-1", "own.zip");
        assertThat(data.resolve("files/acme-1")).doesNotExist();
    }

    @Test
    void removesWhatTheNextVersionNoLongerHas() throws Exception {
        packages.put("ann", "acme-1", "own.zip", stream(zip));
        packages.put("ann", "acme-1", "own.zip", stream(UnpackerTest.zip("a.bin", "A2", "c.bin", "C")));

        assertThat(files()).containsExactly("acme-1/firmware/a.bin", "acme-1/firmware/c.bin");
        assertThat(data.resolve("files/acme-1/firmware/a.bin")).hasContent("A2");
    }

    @Test
    void knowsWhatIsInstalledAfterARestart() throws Exception {
        packages.put("ann", "acme-1", "own.zip", stream(zip));

        Packages again = open();
        assertThat(again.installed("acme-1")).isEqualTo(packages.installed("acme-1"));
        again.uninstall("ann", "acme-1", "own.zip");
        assertThat(files()).isEmpty();
        again.close();
    }

    @Test
    void throwsAwayWhatACrashLeftUnfinished() throws Exception {
        Path left = Files.createDirectories(data.resolve("files/.stage/1234/content"));
        Files.writeString(left.resolve("half"), "x");

        open().close();

        assertThat(data.resolve("files/.stage")).doesNotExist();
    }

    @Test
    void finishesAnInstallationThatACrashInterrupted() throws Exception {
        Path stage = Files.createDirectories(data.resolve("files/.stage/1234/content/firmware"));
        Files.writeString(stage.resolve("b.bin"), "B");
        Path area = Files.createDirectories(data.resolve("files/acme-1/firmware"));
        Files.writeString(area.resolve("a.bin"), "A"); // moved already
        Files.writeString(area.resolve("old.bin"), "O");
        record("{\"firmware/a.bin\":1,\"firmware/b.bin\":1}", "1234/content", "\"firmware/old.bin\"");

        Packages again = open();

        assertThat(files()).containsExactly("acme-1/firmware/a.bin", "acme-1/firmware/b.bin");
        assertThat(again.installed("acme-1").get(0).files()).containsExactly("firmware/a.bin", "firmware/b.bin");
        assertThat(data.resolve("files/.stage")).doesNotExist();
        again.close();
    }

    @Test
    void finishesARemovalThatACrashInterrupted() throws Exception {
        Path area = Files.createDirectories(data.resolve("files/acme-1/firmware"));
        Files.writeString(area.resolve("b.bin"), "B");
        record("{}", "", "\"firmware/a.bin\",\"firmware/b.bin\"");

        Packages again = open();

        assertThat(again.installed("acme-1")).isEmpty();
        assertThat(data.resolve("files/acme-1")).doesNotExist();
        assertThat(data.resolve("packages/acme-1.json")).doesNotExist();
        again.close();
    }

    private void record(String files, String stage, String leaving) throws IOException {
        Files.createDirectories(data.resolve("packages"));
        Files.writeString(
                data.resolve("packages/acme-1.json"),
                "{\"schema\":1,\"packages\":[{\"name\":\"own.zip\",\"version\":\"1\",\"description\":\"\","
                        + "\"time\":\"2026-01-01T00:00:00Z\",\"files\":" + files + ",\"stage\":\"" + stage
                        + "\",\"leaving\":[" + leaving + "]}]}");
    }

    @Test
    void setsAnUnreadableOrHostileRecordAside() throws Exception {
        Files.writeString(data.resolve("victim"), "x");
        for (String text : List.of("{", "{\"packages\":[{\"name\":\"x\"}]}")) {
            Files.createDirectories(data.resolve("packages"));
            Files.writeString(data.resolve("packages/acme-1.json"), text);
            open().close();
            assertThat(data.resolve("packages/acme-1.json")).doesNotExist();
            assertThat(data.resolve("packages/acme-1.json.unreadable")).hasContent(text);
        }
        record("{}", "", "\"../../victim\"");
        open().close();
        assertThat(data.resolve("victim")).exists();
    }

    @Test
    void installsWhileTheStoreIsAway() throws Exception {
        store.away(true);

        packages.put("ann", "acme-1", "own.zip", stream(zip));

        assertThat(files()).hasSize(2);
    }
}
