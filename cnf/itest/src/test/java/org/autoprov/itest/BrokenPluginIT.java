// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.autoprov.itest.acme.Behaviour;
import org.autoprov.itest.acme.FailingActivator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vendor bundles that are no good: each is refused or fenced with one line, and a good family goes on serving. */
class BrokenPluginIT {

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private int logBefore;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.in(folder.resolve("data")).ready();
        VendorBundle.of("good", "1.0").drop(server.plugins(), "good.jar");
        Waits.until(() -> server.log().contains("family good"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void markLog() throws IOException {
        logBefore = server.log().length();
    }

    @AfterEach
    void goodPhonesAreServedAndTheBadOneGoes() throws Exception {
        assertThat(ask("good", 1).status()).isEqualTo(200);
        Files.deleteIfExists(server.plugins().resolve("bad.jar"));
        Waits.until(() -> !server.shell("plugins").ok().contains("bad-v1"));
        assertThat(ask("good", 1).status()).isEqualTo(200);
    }

    private String newLog() throws IOException {
        return server.log().substring(logBefore);
    }

    private static Phone.Reply ask(String family, int number) throws IOException {
        try (Phone phone = Phone.acme(server.phones(), VendorBundle.vendor(family), number)) {
            return phone.own(family);
        }
    }

    private List<String> complaints() throws IOException {
        return newLog().lines().filter(line -> line.contains(" ERROR ")).toList();
    }

    private void assertRefused(byte[] jar, String... words) throws Exception {
        markLog();
        VendorBundle.drop(server.plugins(), "bad.jar", jar);
        Waits.until(() -> complaints().stream().anyMatch(line -> line.contains("bad.jar")));
        Thread.sleep(800); // it is said once, not at each look
        assertThat(complaints().stream().filter(line -> line.contains("bad.jar")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(words));
        assertThat(newLog()).doesNotContain("\tat ");
        assertThat(server.shell("plugins").ok()).contains("good-v1").doesNotContain("bad");
        assertThat(server.shell("felix:lb plugin.bad").out()).doesNotContain("plugin.bad");
    }

    @Test
    void refusesATruncatedJar() throws Exception {
        byte[] jar = VendorBundle.of("bad", "1.0").bytes();
        assertRefused(Arrays.copyOf(jar, jar.length * 2 / 3), "not a complete jar");
    }

    @Test
    void refusesWhatIsNoJar() throws Exception {
        assertRefused("hello".repeat(1000).getBytes(java.nio.charset.StandardCharsets.US_ASCII), "not a complete jar");
        assertRefused(new byte[0], "bad.jar");
    }

    @Test
    void refusesAJarThatIsNoBundle() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry("readme.txt"));
            jar.closeEntry();
        }
        assertRefused(bytes.toByteArray(), "not a bundle");
    }

    @Test
    void refusesABundleThatIsNoVendors() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0").header("Autoprov-Family", null).bytes(), "Autoprov-Family");
    }

    @Test
    void refusesAnUnresolvableBundle() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0").importing("com.example.missing").bytes(), "com.example.missing");
    }

    @Test
    void refusesABundleForAnotherCore() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0")
                        .importing("org.autoprov.core.store;version=\"[9,10)\"")
                        .bytes(),
                "org.autoprov.core.store");
    }

    @Test
    void refusesABundleThatWantsCoresInside() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0")
                        .importing("org.autoprov.core.internal.server")
                        .bytes(),
                "org.autoprov.core.internal.server");
    }

    @Test
    void refusesABundleWhoseActivatorThrows() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0")
                        .header("Bundle-Activator", FailingActivator.class.getName())
                        .bytes(),
                "bad.jar");
    }

    @Test
    void refusesABundleWhoseComponentThrows() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0")
                        .plugin("bad-v1", "1", Behaviour.THROW_COMPONENT)
                        .bytes(),
                "bad.jar");
        assertThat(newLog()).contains("this vendor cannot be made");
    }

    @Test
    void refusesAFaultyDescriptor() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0")
                        .descriptor("{ \"schema\": 1, \"family\": ")
                        .bytes(),
                "bad.jar");
        assertThat(newLog()).contains("plugin.json");
    }

    @Test
    void refusesADescriptorWithAnUnknownKey() throws Exception {
        assertRefused(
                VendorBundle.of("bad", "1.0")
                        .descriptor("{ \"schema\": 1, \"family\": \"bad\", \"vendor\": \"Bad\", \"colour\": 1 }")
                        .bytes(),
                "bad.jar");
        assertThat(newLog()).contains("plugin.json").contains("colour");
    }

    @Test
    void fencesAnIdentifierThatThrows() throws Exception {
        VendorBundle.of("bad", "1.0")
                .plugin("bad-v1", "1", Behaviour.THROW_IDENTIFY)
                .drop(server.plugins(), "bad.jar");
        Waits.until(() -> newLog().contains("family bad 1.0"));
        for (int i = 0; i < 50; i++) {
            assertThat(ask("good", 1).status()).isEqualTo(200);
        }
        assertThat(newLog()).contains("this vendor cannot read requests");
        assertThat(newLog().lines().filter(line -> line.contains(" WARN ")).count())
                .isLessThan(30);
    }

    @Test
    void fencesAGeneratorThatThrows() throws Exception {
        VendorBundle.of("bad", "1.0")
                .plugin("bad-v1", "1", Behaviour.THROW_GENERATE)
                .drop(server.plugins(), "bad.jar");
        Waits.until(() -> newLog().contains("family bad 1.0"));
        assertThat(ask("bad", 2).status()).isEqualTo(404);
        assertThat(server.shell("device 001122000002").ok())
                .contains("unconfigured")
                .contains("cannot write files");
        assertThat(server.shell("plugins").ok()).contains("cannot write files");
        // A better one takes its place and its devices.
        VendorBundle.of("bad", "1.1").drop(server.plugins(), "bad.jar");
        Waits.asserted(() -> assertThat(ask("bad", 2).status()).isEqualTo(200));
    }

    @Test
    void fencesAGeneratorThatRunsOutOfStackOrMakesTooMuch() throws Exception {
        VendorBundle.of("bad", "1.0")
                .plugin("bad-v1", "1", Behaviour.OVERFLOW_GENERATE)
                .drop(server.plugins(), "bad.jar");
        Waits.until(() -> newLog().contains("family bad 1.0"));
        assertThat(ask("bad", 3).status()).isEqualTo(404);
        VendorBundle.of("bad", "1.1")
                .plugin("bad-v1", "1", Behaviour.HUGE_GENERATE)
                .drop(server.plugins(), "bad.jar");
        Waits.until(() -> newLog().contains("family bad 1.1"));
        assertThat(ask("bad", 3).status()).isEqualTo(404);
    }

    @Test
    void fencesAGeneratorThatBlocks() throws Exception {
        VendorBundle.of("bad", "1.0")
                .plugin("bad-v1", "1", Behaviour.BLOCK_GENERATE)
                .drop(server.plugins(), "bad.jar");
        Waits.until(() -> newLog().contains("family bad 1.0"));
        long start = System.nanoTime();
        assertThat(ask("bad", 4).status()).isIn(404, 503);
        assertThat(System.nanoTime() - start).isLessThan(8_000_000_000L);
        assertThat(newLog()).contains("did not return within");
    }

    @Test
    void stopsAskingAnIdentifierThatBlocks() throws Exception {
        VendorBundle.of("bad", "1.0")
                .plugin("bad-v1", "1", Behaviour.BLOCK_IDENTIFY)
                .drop(server.plugins(), "bad.jar");
        Waits.until(() -> newLog().contains("family bad 1.0"));
        for (int i = 0; i < 4; i++) {
            assertThat(ask("good", 20 + i).status())
                    .isEqualTo(200); // slow, but served; known phones are not read again
        }
        long start = System.nanoTime();
        assertThat(ask("good", 30).status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isLessThan(500_000_000L);
        Waits.until(() -> newLog().contains("suspended"));
    }
}
