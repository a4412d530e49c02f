// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All metrics of one moment, on their way into a text. Used by one thread. */
final class Exposition implements Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(Exposition.class);

    /** The format's writer adds it to the name of each counter by itself. */
    private static final String TOTAL = "_total";

    private final Map<String, MetricSnapshot.Builder<?>> metrics = new TreeMap<>();

    /** Asks a source. One that fails costs its own metrics only. */
    void add(MetricSource source) {
        try {
            source.measure(this);
        } catch (RuntimeException e) {
            LOG.warn("Some metrics are missing: {} failed", source.getClass().getName(), e);
        }
    }

    @Override
    public void counter(String name, String help, double value, String... labels) {
        if (!name.endsWith(TOTAL)) {
            throw new IllegalArgumentException(name + ": a counter ends with " + TOTAL);
        }
        String stem = name.substring(0, name.length() - TOTAL.length());
        builder(stem, help, CounterSnapshot.Builder.class, CounterSnapshot::builder)
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        builder(name, help, GaugeSnapshot.Builder.class, GaugeSnapshot::builder)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    @Override
    public void histogram(String name, String help, Histogram histogram, String... labels) {
        Histogram.Snapshot now = histogram.snapshot();
        builder(name, help, HistogramSnapshot.Builder.class, HistogramSnapshot::builder)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(now.bounds(), now.counts()))
                        .sum(now.sum())
                        .labels(Labels.of(labels))
                        .build());
    }

    /** How often something happened and how much it was together. Parameters as of the others. */
    void summary(String name, String help, long count, double sum, String... labels) {
        builder(name, help, SummarySnapshot.Builder.class, SummarySnapshot::builder)
                .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .count(count)
                        .sum(sum)
                        .labels(Labels.of(labels))
                        .build());
    }

    private <B extends MetricSnapshot.Builder<B>> B builder(
            String name, String help, Class<B> type, java.util.function.Supplier<B> fresh) {
        return type.cast(
                metrics.computeIfAbsent(name, absent -> fresh.get().name(name).help(help)));
    }

    byte[] write(ExpositionFormatWriter writer) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        metrics.forEach((name, builder) -> {
            try {
                all.metricSnapshot(builder.build());
            } catch (RuntimeException e) { // two values with the same labels
                LOG.warn("The metric {} is missing: {}", name, e.getMessage());
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream(32_768);
        try {
            writer.write(out, all.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory raises none
        }
        return out.toByteArray();
    }
}
