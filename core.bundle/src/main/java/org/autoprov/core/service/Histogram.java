// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values by size. Thread-safe, without locks; recording a value makes no garbage and takes some tens of
 * nanoseconds.
 */
public final class Histogram {

    private static final double NANOS = 1e9;

    private final double unit;
    private final long[] limits;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Histogram(double unit, double... bounds) {
        this.unit = unit;
        limits = new long[bounds.length];
        counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
        for (int i = 0; i < bounds.length; i++) {
            limits[i] = Math.round(bounds[i] * unit);
            if (i > 0 && limits[i] <= limits[i - 1]) {
                throw new IllegalArgumentException("bounds must ascend");
            }
        }
    }

    /** Of durations. @param bounds greatest durations of each class, seconds, ascending; one class more has no bound */
    public static Histogram ofSeconds(double... bounds) {
        return new Histogram(NANOS, bounds);
    }

    /** Of numbers. @param bounds greatest numbers of each class, ascending; one class more has no bound */
    public static Histogram ofNumbers(double... bounds) {
        return new Histogram(1, bounds);
    }

    /** @param value a duration in nanoseconds, or a number; not negative */
    public void record(long value) {
        int i = 0;
        while (i < limits.length && value > limits[i]) {
            i++;
        }
        counts[i].increment();
        sum.add(value);
    }

    /** What was recorded: seconds, or numbers. Values that come while this runs are in it or not. */
    public Snapshot snapshot() {
        double[] bounds = new double[counts.length];
        long[] numbers = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            bounds[i] = i < limits.length ? limits[i] / unit : Double.POSITIVE_INFINITY;
            numbers[i] = counts[i].sum();
        }
        return new Snapshot(bounds, numbers, sum.sum() / unit);
    }

    /**
     * What was recorded so far.
     *
     * @param bounds greatest value of each class, ascending; the last one is infinite
     * @param counts values of each class alone
     * @param sum of all values
     */
    public record Snapshot(double[] bounds, long[] counts, double sum) {

        /** How many values. */
        public long count() {
            long count = 0;
            for (long one : counts) {
                count += one;
            }
            return count;
        }
    }
}
