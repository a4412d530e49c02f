// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.autoprov.core.internal.plugin.Plugin;

/**
 * Generated files in memory, up to a weight; beyond it the oldest go. Oldest first serves a boot storm, which asks once for
 * each file, as well as any cleverer order, and needs no bookkeeping at a hit.
 */
final class RenderCache {

    /** Which file of which device. */
    record Key(String deviceId, String fileName) {}

    private record Kind(Plugin plugin, String model, String template) {}

    private static final int MAX_KINDS = 1000;
    private static final int KEY_WEIGHT = 200;

    private final long maxWeight;
    private final AtomicLong weight = new AtomicLong();
    private final Map<Key, Renderer.Rendered> files = new ConcurrentHashMap<>();
    private final Queue<Key> order = new ConcurrentLinkedQueue<>();
    private final Map<Kind, Reference> references = new ConcurrentHashMap<>();

    RenderCache(long maxWeightBytes) {
        this.maxWeight = maxWeightBytes;
    }

    /** Bytes. */
    long weight() {
        return weight.get();
    }

    /** Bytes. */
    long maxWeight() {
        return maxWeight;
    }

    int size() {
        return files.size();
    }

    Renderer.Rendered get(Key key) {
        return files.get(key);
    }

    /** Packs a file against another of its kind. */
    Reference.Packed pack(Plugin plugin, String model, String template, byte[] bytes) {
        Kind kind = new Kind(plugin, model, template);
        Reference reference = references.get(kind);
        if (reference == null) {
            if (references.size() >= MAX_KINDS) {
                references.clear(); // those in use stay with the files that need them
            }
            Reference first = new Reference(bytes);
            reference = references.putIfAbsent(kind, first);
            if (reference == null) {
                return first.self();
            }
        }
        return reference.pack(bytes);
    }

    /** Forgets what files of plugins that are gone were packed against. */
    void retain(Collection<Plugin> plugins) {
        references.keySet().removeIf(kind -> !plugins.contains(kind.plugin()));
    }

    void put(Key key, Renderer.Rendered rendered) {
        Renderer.Rendered before = files.put(key, rendered);
        if (before == null) {
            order.add(key);
            weight.addAndGet(KEY_WEIGHT + rendered.packed().weight());
        } else {
            weight.addAndGet(rendered.packed().weight() - before.packed().weight());
        }
        while (weight.get() > maxWeight) {
            Key oldest = order.poll();
            if (oldest == null) {
                break;
            }
            drop(oldest);
        }
    }

    private void drop(Key key) {
        Renderer.Rendered gone = files.remove(key);
        if (gone != null) {
            weight.addAndGet(-KEY_WEIGHT - gone.packed().weight());
        }
    }
}
