// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.render;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;

/** Counts how files were made, or found made. Thread-safe, without locks. */
final class RenderTally {

    private static final class Family {
        private final Histogram duration =
                Histogram.ofSeconds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5);
        private final LongAdder failures = new LongAdder();
    }

    private final Map<String, Family> families = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void rendered(String family, long nanos, boolean failed) {
        Family one = families.computeIfAbsent(family, name -> new Family());
        one.duration.record(nanos);
        if (failed) {
            one.failures.increment();
        }
    }

    void measure(Metrics metrics, RenderCache cache) {
        families.forEach((name, family) -> {
            metrics.histogram(
                    "autoprov_render_duration_seconds",
                    "Making one file of a device, whether that worked or not.",
                    family.duration,
                    "family",
                    name);
            metrics.counter(
                    "autoprov_render_failures_total",
                    "Files of devices that could not be made.",
                    family.failures.sum(),
                    "family",
                    name);
        });
        metrics.counter(
                "autoprov_render_cache_hits_total", "Files that were found made, and nothing had changed.", hits.sum());
        metrics.counter(
                "autoprov_render_cache_misses_total", "Files that had to be made, or waited for.", misses.sum());
        metrics.gauge("autoprov_render_cache_bytes", "Memory that the kept files take.", cache.weight());
        metrics.gauge("autoprov_render_cache_max_bytes", "Memory that kept files may take.", cache.maxWeight());
        metrics.gauge("autoprov_render_cache_files", "Files that are kept.", cache.size());
    }
}
