// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.autoprov.itest.acme.Behaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while it installs: afterwards a package or plugin is there wholly, or not at all. */
class InstallCrashIT {

    /** So many that moving them takes a while. */
    private static final int FILES = 2000;

    private static final int FILE_BYTES = 2000;
    private static final String PACKAGES = "/0.2/pg_mgr/plugins/acme-v1/install";
    private static final String FIRMWARE = "{\"id\":\"fw\"}";
    private static final String PLUGINS = "/0.2/pg_mgr/install";
    private static final String LATE = "{\"id\":\"late-v1\"}";

    @TempDir
    Path folder;

    private final Random random = new Random(4);
    private final Map<String, byte[]> content = new TreeMap<>();
    private SlowWeb web;
    private ServerProcess server;
    private Administrator administrator;

    @BeforeEach
    void openTheWeb() throws IOException {
        web = new SlowWeb();
    }

    @AfterEach
    void stop() {
        web.close();
        server.close();
    }

    private void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data"))
                .set("plugins.repository=" + web.url("/"))
                .ready();
        administrator = new Administrator(server);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As often as a core can look; the moment passes quickly. */
    private static void watchFor(Callable<Boolean> moment) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!moment.call()) {
            assertThat(System.nanoTime()).as("the moment never came").isLessThan(end);
        }
    }

    private byte[] firmware() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < FILES; i++) {
                byte[] file = new byte[FILE_BYTES];
                random.nextBytes(file);
                String name = "d" + i % 20 + "/f" + i + ".bin";
                zip.putNextEntry(new ZipEntry(name));
                zip.write(file);
                content.put("firmware/" + name, file);
            }
        }
        return bytes.toByteArray();
    }

    private Path files() {
        return server.data().resolve("files");
    }

    private static long count(Path tree) throws IOException {
        if (!Files.isDirectory(tree)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(Files::isRegularFile).count();
        } catch (java.io.UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(NoSuchFileException.class); // it went while we looked
            return count(tree);
        }
    }

    /** Nothing is half done, and nothing temporary is left. */
    private void checkTidy() throws IOException {
        Path stage = files().resolve(".stage");
        if (Files.exists(stage)) {
            assertThat(stage).isEmptyDirectory();
        }
        try (Stream<Path> all = Files.walk(server.data())) {
            assertThat(all.filter(file -> !file.startsWith(server.data().resolve("run"))))
                    .noneMatch(file -> file.toString().matches(".*\\.(part|tmp|installing)"))
                    .noneMatch(file -> file.getParent().endsWith("repository")
                            && file.toString().endsWith(".jar"));
        }
    }

    private boolean isInstalled() throws Exception {
        return administrator.get(PACKAGES + "/installed").toString().contains("\"fw\"");
    }

    private void checkWhole() throws IOException {
        Path area = files().resolve("acme-v1");
        assertThat(count(area)).isEqualTo(FILES);
        for (Map.Entry<String, byte[]> file : content.entrySet()) {
            assertThat(Arrays.equals(Files.readAllBytes(area.resolve(file.getKey())), file.getValue()))
                    .as(file.getKey())
                    .isTrue();
        }
    }

    /** @return whether it is there */
    private boolean killedAndStarted() throws Exception {
        server.kill();
        web.halt(false);
        server.restart();
        checkTidy();
        boolean installed = isInstalled();
        if (installed) {
            checkWhole();
        } else {
            assertThat(count(files())).isZero();
        }
        return installed;
    }

    private void installsAndLeavesNoTrace() throws Exception {
        administrator.complete(PACKAGES + "/install", FIRMWARE);
        checkWhole();
        checkTidy();
        try (Phone phone = Phone.acme(server.phones(), "Acme", 1)) {
            assertThat(phone.own("acme").status()).isEqualTo(200);
            assertThat(phone.get("/firmware/d1/f1.bin").bytes()).isEqualTo(content.get("firmware/d1/f1.bin"));
        }
        assertThat(administrator.send("POST", PACKAGES + "/uninstall", FIRMWARE).statusCode())
                .isEqualTo(204);
        assertThat(files().resolve("acme-v1")).doesNotExist();
    }

    @Test
    void aPackageIsThereWhollyOrNotAtAll() throws Exception {
        byte[] zip = firmware();
        web.put("/fw.zip", zip);
        start();
        VendorBundle.of("acme", "1.0")
                .plugin("acme-v1", "1", Behaviour.SERVE)
                .fact("\"packages\": [{ \"id\": \"fw\", \"file\": \"fw.zip\", \"into\": \"firmware\", \"bytes\": "
                        + zip.length + ", \"sha256\": \"" + sha256(zip) + "\", \"download\": \"" + web.url("/fw.zip")
                        + "\" }]")
                .drop(server.plugins(), "acme.jar");
        Waits.until(() -> server.log().contains("family acme"));
        Path stage = files().resolve(".stage");
        Path record = server.data().resolve("packages/acme-v1.json");

        web.halt(true);
        administrator.start(PACKAGES + "/install", FIRMWARE);
        watchFor(web::isHalted);
        assertThat(killedAndStarted()).as("in the download").isFalse();

        administrator.start(PACKAGES + "/install", FIRMWARE);
        watchFor(() -> count(stage) > FILES / 10);
        killedAndStarted(); // in the middle of unpacking; or later, on a slow machine
        installsAndLeavesNoTrace();

        administrator.start(PACKAGES + "/install", FIRMWARE);
        watchFor(() -> Files.exists(record));
        assertThat(killedAndStarted()).as("what is to be done was written down").isTrue();

        administrator.send("POST", PACKAGES + "/uninstall", FIRMWARE);
        administrator.start(PACKAGES + "/install", FIRMWARE);
        watchFor(() -> count(files().resolve("acme-v1")) > FILES / 4);
        assertThat(killedAndStarted()).as("while files were moved").isTrue();

        administrator.begin("POST", PACKAGES + "/uninstall", FIRMWARE);
        watchFor(() -> count(files().resolve("acme-v1")) < FILES);
        assertThat(killedAndStarted()).as("while files were removed").isFalse();

        installsAndLeavesNoTrace();
        assertThat(server.log()).doesNotContain("ERROR");
    }

    private static String index(byte[] jar) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <repository xmlns="http://www.osgi.org/xmlns/repository/v1.0.0" name="Tests">
                  <resource>
                    <capability namespace="osgi.identity">
                      <attribute name="osgi.identity" value="org.autoprov.plugin.late"/>
                      <attribute name="type" value="osgi.bundle"/>
                      <attribute name="version" type="Version" value="1.0"/>
                    </capability>
                    <capability namespace="osgi.content">
                      <attribute name="osgi.content" value="%s"/>
                      <attribute name="url" value="late.jar"/>
                      <attribute name="size" type="Long" value="%d"/>
                    </capability>
                    <capability namespace="autoprov.plugin">
                      <attribute name="autoprov.plugin" value="late-v1"/>
                      <attribute name="family" value="late"/>
                      <attribute name="vendor" value="Late"/>
                      <attribute name="version" value="1"/>
                      <attribute name="description" value="for tests"/>
                    </capability>
                  </resource>
                </repository>
                """.formatted(sha256(jar), jar.length);
    }

    /** @return whether the plugin is there */
    private boolean pluginAfterKill(String moment) throws Exception {
        server.kill();
        web.halt(false);
        server.restart();
        checkTidy();
        boolean listed = administrator.get(PLUGINS + "/installed").toString().contains("\"late-v1\"");
        assertThat(server.plugins()
                        .resolve("org.autoprov.plugin.late.jar")
                        .toFile()
                        .exists())
                .as(moment)
                .isEqualTo(listed);
        assertThat(server.shell("felix:lb plugin.late").out().contains("plugin.late"))
                .as(moment)
                .isEqualTo(listed);
        if (!listed) {
            administrator.complete(PLUGINS + "/install", LATE);
        }
        try (Phone phone = Phone.acme(server.phones(), "Late", 7)) {
            assertThat(phone.own("late").status()).as(moment).isEqualTo(200);
        }
        assertThat(administrator.send("POST", PLUGINS + "/uninstall", LATE).statusCode())
                .isEqualTo(204);
        checkTidy();
        return listed;
    }

    @Test
    void aPluginIsThereOrNot() throws Exception {
        byte[] filler = new byte[6 << 20];
        random.nextBytes(filler);
        byte[] jar = VendorBundle.of("late", "1.0")
                .template("filler", Base64.getEncoder().encodeToString(filler))
                .bytes();
        web.put("/index.xml", index(jar).getBytes(StandardCharsets.UTF_8));
        web.put("/late.jar", jar);
        start();
        administrator.complete(PLUGINS + "/update", "{}");
        Path part = server.plugins().resolve("org.autoprov.plugin.late.jar.installing");
        Path placed = server.plugins().resolve("org.autoprov.plugin.late.jar");

        web.halt(true);
        administrator.start(PLUGINS + "/install", LATE);
        watchFor(web::isHalted);
        assertThat(pluginAfterKill("in the download")).isFalse();

        administrator.start(PLUGINS + "/install", LATE);
        watchFor(() -> Files.exists(part));
        pluginAfterKill("while the jar was put into the folder");

        for (long millis : new long[] {20, 60, 150}) {
            administrator.start(PLUGINS + "/install", LATE);
            watchFor(() -> Files.exists(part) || Files.exists(placed));
            Thread.sleep(Duration.ofMillis(millis).toMillis());
            pluginAfterKill(millis + " ms later");
        }

        administrator.start(PLUGINS + "/install", LATE);
        watchFor(() -> Files.exists(placed));
        assertThat(pluginAfterKill("when the jar was in its place")).isTrue();
        assertThat(server.log()).doesNotContain("ERROR");
    }
}
