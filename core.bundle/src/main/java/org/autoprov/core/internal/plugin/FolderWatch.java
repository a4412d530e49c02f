// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for jars in a folder, a few times a second. A file is taken when its size and time have stayed for one interval, so
 * one that is still being copied is left alone; one that is refused is reported once, until it changes.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final long INTERVAL_MILLIS = 300;

    private final Path folder;
    private final Taker taker;
    private final Consumer<Path> vanished;
    private final Map<Path, State> states = new HashMap<>();
    private final Thread thread = new Thread(this::patrol, "autoprov-plugins-folder");

    /** Takes a file, or says why not. */
    interface Taker {
        void take(Path file) throws VendorJar.UnusableException;
    }

    private record State(String stamp, boolean taken) {}

    FolderWatch(Path folder, Taker taker, Consumer<Path> vanished) {
        this.folder = folder;
        this.taker = taker;
        this.vanished = vanished;
        thread.setDaemon(true);
    }

    /** Takes what is there, without waiting for it to settle. */
    void scanNow() {
        scan(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** The file is ours and taken as it is now. */
    void known(Path file) {
        synchronized (states) {
            states.put(file, new State(stamp(file), true));
        }
    }

    /** The file is about to go, and nobody need be told. */
    void forget(Path file) {
        synchronized (states) {
            states.remove(file);
        }
    }

    private void patrol() {
        try {
            while (true) {
                Thread.sleep(INTERVAL_MILLIS);
                try {
                    scan(false);
                } catch (RuntimeException e) {
                    LOG.error("looking into {} failed", folder, e);
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void scan(boolean atOnce) {
        Map<Path, String> now = list();
        if (now == null) {
            return;
        }
        List<Path> take = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        synchronized (states) {
            now.forEach((file, stamp) -> {
                State before = states.get(file);
                boolean settled = atOnce || before != null && before.stamp.equals(stamp);
                boolean due = settled && (before == null || !before.taken || !before.stamp.equals(stamp));
                if (due) {
                    take.add(file);
                }
                states.put(file, new State(stamp, due || before != null && before.taken && before.stamp.equals(stamp)));
            });
            states.keySet().removeIf(file -> {
                boolean missing = !now.containsKey(file);
                if (missing) {
                    gone.add(file);
                }
                return missing;
            });
        }
        gone.forEach(vanished);
        for (Path file : take) {
            try {
                taker.take(file);
            } catch (VendorJar.UnusableException e) {
                LOG.error("plugins/{}", e.getMessage());
            }
        }
    }

    private Map<Path, String> list() {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().endsWith(".jar")).forEach(file -> {
                String stamp = stamp(file);
                if (stamp != null) {
                    files.put(file, stamp);
                }
            });
            return files;
        } catch (IOException e) {
            return null; // for a moment, or for good: nothing is uninstalled because a disk hangs
        }
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? attributes.size() + "@" + attributes.lastModifiedTime().toMillis() + "#" + attributes.fileKey()
                    : null;
        } catch (IOException e) {
            return null;
        }
    }
}
