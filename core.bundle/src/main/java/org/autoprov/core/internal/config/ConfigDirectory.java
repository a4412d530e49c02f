// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.config.Config;
import org.autoprov.core.internal.json.Documents;
import org.autoprov.core.internal.json.Json;

/**
 * All configs, in memory. There is about one for each device, so a config that has neither children nor a role is kept
 * as its JSON text and read when it is needed; the few that many inherit from are kept ready.
 *
 * <p>Changed only in the order of commits (by the store's writer, or while starting); read by any thread without a lock.
 */
public final class ConfigDirectory {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> children = new ConcurrentHashMap<>();
    private final Map<String, String> roles = new ConcurrentHashMap<>();
    private final Map<List<String>, List<String>> parentLists = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();

    /** One config in one stored state; equal to others of the same state. */
    public final class Entry {
        private final String id;
        private final long revision;
        private final List<String> parents;
        private final byte[] json;
        private final boolean isTransient;
        private volatile Config ready;

        private Entry(Config config) {
            id = config.id();
            revision = config.revision();
            parents = parentLists.computeIfAbsent(config.parentIds(), list -> list);
            boolean hot = config.role() != null || children.containsKey(id) || !config.isTransient();
            ready = hot ? config : null;
            isTransient = config.isTransient();
            json = hot ? null : Documents.write(config).getBytes(StandardCharsets.UTF_8);
        }

        /** As {@link Config#isTransient}, without reading the rest. */
        public boolean isTransient() {
            return isTransient;
        }

        /**
         * Whether both are the same stored state of the same config. Revisions count from 1 again when a config is deleted
         * and another takes its id, so they alone do not tell.
         */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Entry that
                            && revision == that.revision
                            && id.equals(that.id)
                            && (json != null && that.json != null
                                    ? Arrays.equals(json, that.json)
                                    : config().equals(that.config()));
        }

        @Override
        public int hashCode() {
            return id.hashCode() * 31 + Long.hashCode(revision);
        }

        public Config config() {
            Config config = ready;
            if (config != null) {
                return config;
            }
            try {
                config = Documents.config(id, revision, Json.readObject(new String(json, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e); // we wrote it
            }
            if (children.containsKey(id)) {
                ready = config;
            }
            return config;
        }
    }

    /** Puts a config in the place of what had its id. */
    public void put(Config config) {
        // What stays is never away in between: readers take no lock.
        for (String parent : config.parentIds()) {
            children.computeIfAbsent(parent, id -> ConcurrentHashMap.newKeySet())
                    .add(config.id());
        }
        Entry before = entries.put(config.id(), new Entry(config));
        if (config.role() != null) {
            roles.put(config.role(), config.id());
        }
        if (before != null) {
            forget(before, config.parentIds(), config.role());
        }
        epoch.incrementAndGet();
    }

    public void remove(String id) {
        Entry before = entries.remove(id);
        if (before != null) {
            forget(before, List.of(), null);
            epoch.incrementAndGet();
        }
    }

    private void forget(Entry before, List<String> keptParents, String keptRole) {
        for (String parent : before.parents) {
            Set<String> siblings = keptParents.contains(parent) ? null : children.get(parent);
            if (siblings != null) {
                siblings.remove(before.id);
            }
        }
        roles.entrySet()
                .removeIf(role ->
                        role.getValue().equals(before.id) && !role.getKey().equals(keptRole));
    }

    /** The config with this id; null when there is none. */
    public Config get(String id) {
        Entry entry = id == null ? null : entries.get(id);
        return entry == null ? null : entry.config();
    }

    /** The config with this id, not read yet; null when there is none. */
    public Entry entry(String id) {
        return id == null ? null : entries.get(id);
    }

    public boolean contains(String id) {
        return id != null && entries.containsKey(id);
    }

    /** The id of the config with this role; null when there is none. */
    public String withRole(String role) {
        return roles.get(role);
    }

    /** All configs, decoded one by one while iterating. */
    public Collection<Config> all() {
        List<Config> all = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> all.add(entry.config()));
        return all;
    }

    public int size() {
        return entries.size();
    }

    /** Grows with each change of any config: while it stays, no lineage changes. */
    public long epoch() {
        return epoch.get();
    }

    /**
     * The configs that make up a flattened one, in the order in which they are applied; each once, unknown ones skipped.
     *
     * @return null for an unknown id
     */
    public List<Entry> lineage(String id) {
        Entry entry = id == null ? null : entries.get(id);
        if (entry == null) {
            return null;
        }
        return lineage(entry);
    }

    /** As {@link #lineage(String)}, for a config that is not stored yet. */
    public List<Entry> lineage(Config candidate) {
        return lineage(new Entry(candidate));
    }

    /** An entry whose parents are being looked at, one after the other. */
    private record Visit(Entry entry, Iterator<String> parents) {

        Visit(Entry entry) {
            this(entry, entry.parents.iterator());
        }
    }

    /** Depth first, with a stack of its own: a chain may be as long as there are configs. */
    private List<Entry> lineage(Entry lowest) {
        List<Entry> lineage = new ArrayList<>(4);
        Set<String> visited = new HashSet<>(Set.of(lowest.id));
        Deque<Visit> open = new ArrayDeque<>(4);
        open.push(new Visit(lowest));
        while (!open.isEmpty()) {
            Visit now = open.element();
            if (!now.parents().hasNext()) {
                lineage.add(open.pop().entry());
                continue;
            }
            Entry above = entries.get(now.parents().next());
            if (above != null && visited.add(above.id)) {
                open.push(new Visit(above));
            }
        }
        return lineage;
    }

    /** Lays the lineage over a copy of the base. */
    public static Map<String, Object> flatten(Map<String, Object> base, List<Entry> lineage) {
        Map<String, Object> flat = RawConfigs.copy(base);
        lineage.forEach(entry -> RawConfigs.overlay(flat, entry.config().rawConfig()));
        return flat;
    }

    /** The config itself and all that inherit from it. */
    public Set<String> descendants(String id) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.remove();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    /** Whether a config names this one as a parent. */
    public boolean hasChildren(String id) {
        Set<String> below = children.get(id);
        return below != null && !below.isEmpty();
    }
}
