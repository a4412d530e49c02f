// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.autoprov.core.plugin.PluginDescription;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.PackageService;
import org.autoprov.core.service.PluginRepository;
import org.autoprov.core.service.PluginService;
import org.autoprov.core.service.PluginStatus;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** The plugins {@code acme-1} with the package {@code fw}, and {@code brio-1}; a note of each change that was asked for. */
final class FakePlugins implements PluginService {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final CountDownLatch reloading = new CountDownLatch(1);
    private final List<PackageService.Installed> installedPackages = new ArrayList<>();

    private static PluginStatus status(String id, String family) {
        PluginDescription description = new PluginDescription(
                id, family, "1.0", family, "Phones of " + family, Map.of(), Map.of(), "documented");
        return new PluginStatus(description, 7, "1.2.3", 99, 2, "NullPointerException at foreign device", true);
    }

    @Override
    public List<PluginStatus> installed() {
        return List.of(status("acme-1", "acme"), status("brio-1", "brio"));
    }

    @Override
    public List<Available> available() {
        return List.of();
    }

    @Override
    public List<String> install(String actor, String source) {
        throw new UnsupportedOperationException("the repository installs");
    }

    @Override
    public List<String> upgrade(String actor, String source) {
        throw new UnsupportedOperationException("the repository upgrades");
    }

    @Override
    public void uninstall(String actor, String idOrFamily) throws RefusedException {
        calls.add(actor + " uninstall " + idOrFamily);
    }

    @Override
    public void reload(String actor, String idOrFamily) throws RefusedException {
        try {
            reloading.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        calls.add(actor + " reload " + idOrFamily);
        if (idOrFamily.equals("brio-1")) {
            throw new RefusedException(Reason.INVALID, "it does not start again");
        }
    }

    /** Its packages. */
    final class Packages implements PackageService {
        @Override
        public List<Declared> installable(String pluginId) throws RefusedException {
            if (!pluginId.endsWith("-1")) {
                throw new RefusedException(Reason.NOT_FOUND, "there is no plugin " + pluginId);
            }
            return pluginId.equals("acme-1")
                    ? List.of(new Declared("fw", "2", "Firmware", "fw.zip", 0, true))
                    : List.<Declared>of();
        }

        @Override
        public List<Installed> installed(String pluginId) throws RefusedException {
            installable(pluginId);
            return installedPackages;
        }

        @Override
        public Operation install(String actor, String pluginId, String name) throws RefusedException {
            if (!name.equals("fw")) {
                throw new RefusedException(Reason.NOT_FOUND, "there is no package " + name);
            }
            return begun(actor + " install " + pluginId + " " + name);
        }

        @Override
        public Installed put(String actor, String pluginId, String fileName, InputStream content)
                throws RefusedException {
            installable(pluginId);
            try {
                String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                if (text.equals("bad")) {
                    throw new RefusedException(Reason.INVALID, "the checksum differs");
                }
                calls.add(actor + " put " + fileName + " " + text);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            Installed put = new Installed("fw", "2", "Firmware", List.of("firmware/a.rom"), 7, Instant.EPOCH);
            installedPackages.add(put);
            return put;
        }

        @Override
        public void uninstall(String actor, String pluginId, String name) {
            calls.add(actor + " uninstall " + pluginId + " " + name);
        }
    }

    private Operation begun(String call) {
        calls.add(call);
        Operation operation = new Operation("");
        operation.progress(3, 7);
        return operation;
    }

    /** Its repository. */
    final class Offers implements PluginRepository {
        @Override
        public Operation update(String actor) {
            return begun(actor + " update");
        }

        @Override
        public List<Offer> installable() {
            return List.of(offer("acme-1", "acme", "1.3.0"), offer("cool-1", "cool", "1.0.0"));
        }

        private Offer offer(String id, String family, String bundle) {
            return new Offer(id, family, family, "1.1", bundle, "", Map.of(), Map.of(), List.of("A20"), 9, "ab", "cd");
        }

        @Override
        public Operation install(String actor, String pluginId) throws RefusedException {
            if (pluginId.equals("acme-1")) {
                throw new RefusedException(Reason.CONFLICT, "it is installed");
            }
            if (!pluginId.equals("cool-1")) {
                throw new RefusedException(Reason.NOT_FOUND, "the repository has no " + pluginId);
            }
            return begun(actor + " install " + pluginId);
        }

        @Override
        public Operation upgrade(String actor, String pluginId) {
            return begun(actor + " upgrade " + pluginId);
        }

        @Override
        public String location() {
            return "folder";
        }
    }
}
