// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;

/** Measures the process, under the names that dashboards for Java know. */
final class ProcessState {

    private static final double MILLIS = 1_000;

    private final String version;

    /** @param version of the server */
    ProcessState(String version) {
        this.version = version;
    }

    void measure(Exposition metrics) {
        metrics.gauge(
                "autoprov_build_info",
                "1; what runs.",
                1,
                "version",
                version,
                "java",
                Runtime.version().toString());
        metrics.gauge(
                "process_start_time_seconds",
                "When the server was started, since 1970.",
                ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(used -> metrics.counter(
                        "process_cpu_seconds_total",
                        "Processor time that the server has used.",
                        used.toMillis() / MILLIS));
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        measure(metrics, "heap", memory.getHeapMemoryUsage());
        measure(metrics, "nonheap", memory.getNonHeapMemoryUsage());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        metrics.gauge("jvm_threads_current", "Threads.", threads.getThreadCount());
        metrics.gauge("jvm_threads_peak", "Most threads there were at a time.", threads.getPeakThreadCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            metrics.summary(
                    "jvm_gc_collection_seconds",
                    "Collections of garbage and the time they took.",
                    Math.max(0, collector.getCollectionCount()),
                    Math.max(0, collector.getCollectionTime()) / MILLIS,
                    "gc",
                    collector.getName());
        }
    }

    private static void measure(Exposition metrics, String area, MemoryUsage usage) {
        metrics.gauge("jvm_memory_used_bytes", "Memory in use.", usage.getUsed(), "area", area);
        metrics.gauge(
                "jvm_memory_committed_bytes", "Memory taken from the system.", usage.getCommitted(), "area", area);
        metrics.gauge(
                "jvm_memory_max_bytes", "Memory that may be taken; -1 without a limit.", usage.getMax(), "area", area);
    }
}
