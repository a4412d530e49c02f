// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what a source measured, by name and label values: {@code autoprov_requests_total http acme served}. */
public final class RecordedMetrics implements Metrics {

    public final Map<String, Double> values = new LinkedHashMap<>();

    public static RecordedMetrics of(MetricSource source) {
        RecordedMetrics recorded = new RecordedMetrics();
        source.measure(recorded);
        return recorded;
    }

    /** NaN when it was not measured. */
    public double get(String key) {
        return values.getOrDefault(key, Double.NaN);
    }

    private void put(String name, double value, String... labels) {
        StringBuilder key = new StringBuilder(name);
        for (int i = 1; i < labels.length; i += 2) {
            key.append(' ').append(labels[i]);
        }
        if (values.put(key.toString(), value) != null) {
            throw new AssertionError("measured twice: " + key);
        }
    }

    @Override
    public void counter(String name, String help, double value, String... labels) {
        put(name, value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        put(name, value, labels);
    }

    /** Kept as the number of values. */
    @Override
    public void histogram(String name, String help, Histogram histogram, String... labels) {
        put(name, histogram.snapshot().count(), labels);
    }
}
