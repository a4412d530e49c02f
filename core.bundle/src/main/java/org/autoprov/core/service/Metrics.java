// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what a {@link MetricSource} measures. Names are lower case with underscores, begin with {@code autoprov_}, and
 * end with their unit: {@code seconds}, {@code bytes}. Labels are names and values in turn. There must be few values of a
 * label: never the name or address of a device, a tenant or a file. Used by one thread.
 */
@ProviderType
public interface Metrics {

    /**
     * What only grows since the start.
     *
     * @param name ends with {@code _total}
     * @param help one sentence
     * @param labels names and values in turn, the same names for each value of the metric
     */
    void counter(String name, String help, double value, String... labels);

    /** What goes up and down. Parameters as above; the name does not end with {@code _total}. */
    void gauge(String name, String help, double value, String... labels);

    /** How often values of each size came. Parameters as above; the name does not end with {@code _total}. */
    void histogram(String name, String help, Histogram histogram, String... labels);
}
