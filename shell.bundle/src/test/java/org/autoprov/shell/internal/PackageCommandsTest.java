// SPDX-License-Identifier: Apache-2.0
package org.autoprov.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCommandsTest {

    @TempDir
    Path folder;

    private final FakeShell shell = new FakeShell();
    private final List<String> calls = new ArrayList<>();
    private String failure;

    private Operation operation(String call) {
        calls.add(call);
        Operation operation = new Operation("");
        if (failure == null) {
            operation.succeed();
        } else {
            operation.fail(failure);
        }
        return operation;
    }

    private final class Packages implements PackageService {
        @Override
        public List<Declared> installable(String pluginId) throws RefusedException {
            if (!pluginId.equals("acme-1")) {
                throw new RefusedException(Reason.NOT_FOUND, pluginId + " is not installed");
            }
            return List.of(
                    new Declared("fw.zip", "2", "Firmware", "fw.zip", 12, true),
                    new Declared("own \u001b[2J", "1", "Own", "own", 0, false));
        }

        @Override
        public List<Installed> installed(String pluginId) throws RefusedException {
            if (pluginId.equals("none")) {
                throw new RefusedException(Reason.NOT_FOUND, "none is not installed");
            }
            return List.of(new Installed("fw.zip", "1", "Firmware", List.of("a"), 5, Instant.EPOCH));
        }

        @Override
        public Operation install(String actor, String pluginId, String name) {
            return operation(actor + " install " + pluginId + " " + name);
        }

        @Override
        public Installed put(String actor, String pluginId, String fileName, InputStream content)
                throws RefusedException {
            try {
                calls.add("put " + fileName + " " + new String(content.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new Installed("fw.zip", "1", "Firmware", List.of("a", "b"), 5, Instant.EPOCH);
        }

        @Override
        public void uninstall(String actor, String pluginId, String name) {
            calls.add("remove " + name);
        }
    }

    private final class Repository implements PluginRepository {
        @Override
        public Operation update(String actor) {
            return operation("update");
        }

        @Override
        public List<Offer> installable() {
            return List.of(new Offer(
                    "acme-1", "acme", "Acme", "1.0", "1.2.3", "Phones", Map.of(), Map.of(), List.of(), 9, "", ""));
        }

        @Override
        public Operation install(String actor, String pluginId) {
            return operation("install " + pluginId);
        }

        @Override
        public Operation upgrade(String actor, String pluginId) {
            return operation("upgrade " + pluginId);
        }

        @Override
        public String location() {
            return "";
        }
    }

    @BeforeEach
    void addCommands() {
        shell.registry.addGroup(new PackageCommands(new Packages(), new Repository()));
        shell.completion.packages = new Packages();
        shell.completion.repository = new Repository();
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void listsPackagesAndWhatBecameOfThem() {
        assertThat(shell.out("packages acme-1").lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .containsExactly(
                        "PACKAGE|VERSION|BYTES|STATE|DESCRIPTION",
                        "fw.zip|2|12|installed 1|Firmware",
                        "own \\x1b[2J|1|-|to be put in|Own");
        assertThat(shell.out("packages gone-1")).contains("installed, no longer declared");
        assertThat(shell.run("packages none").err()).contains("none is not installed");
    }

    @Test
    void installsPutsAndRemoves() throws IOException {
        Path file = Files.writeString(folder.resolve("fw.zip"), "content");

        assertThat(shell.out("package install acme-1 'a b.zip'")).isEqualTo("installed a b.zip\n");
        assertThat(shell.out("package put acme-1 '" + file + "'")).isEqualTo("installed fw.zip: 2 files, 5 bytes\n");
        assertThat(shell.out("package remove acme-1 fw.zip")).isEqualTo("removed fw.zip\n");
        assertThat(calls).containsExactly("shell install acme-1 a b.zip", "put fw.zip content", "remove fw.zip");
        assertThat(shell.run("package put acme-1 /no/such").err()).contains("there is no file /no/such");
        assertThat(shell.run("package").err()).contains("install or put or remove");
    }

    @Test
    void usesTheRepositoryAndTellsWhatFailed() {
        assertThat(shell.out("repository")).contains("acme-1", "1.2.3", "Phones");
        assertThat(shell.out("repository update")).isEqualTo("updated; it has 1 plugins\n");
        assertThat(shell.out("repository install acme-1")).isEqualTo("installed acme-1\n");
        assertThat(shell.out("repository upgrade acme-1")).isEqualTo("upgraded acme-1\n");
        failure = "the disk is full";
        assertThat(shell.run("repository update").err()).isEqualTo("autoprov: the disk is full\n");
        assertThat(calls).containsExactly("update", "install acme-1", "upgrade acme-1", "update");
    }

    @Test
    void completesPackagesAndOffers() {
        assertThat(shell.complete("package ")).containsExactly("install", "put", "remove");
        assertThat(shell.complete("package install acme-1 f")).containsExactly("fw.zip");
        assertThat(shell.complete("package install gone-1 ")).isEmpty();
        assertThat(shell.complete("repository install a")).containsExactly("acme-1");
        assertThat(shell.complete("repository u")).containsExactly("update", "upgrade");
        assertThat(shell.complete("packages y")).containsExactly("yealink-v86");
    }
}
