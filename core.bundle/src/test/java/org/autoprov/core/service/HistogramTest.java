// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void putsADurationIntoTheFirstClassThatHoldsIt() {
        Histogram histogram = Histogram.ofSeconds(0.001, 0.1);
        histogram.record(0);
        histogram.record(TimeUnit.MILLISECONDS.toNanos(1));
        histogram.record(TimeUnit.MILLISECONDS.toNanos(1) + 1);
        histogram.record(TimeUnit.SECONDS.toNanos(5));
        Histogram.Snapshot now = histogram.snapshot();
        assertThat(now.bounds()).containsExactly(0.001, 0.1, Double.POSITIVE_INFINITY);
        assertThat(now.counts()).containsExactly(2, 1, 1);
        assertThat(now.sum()).isCloseTo(5.002, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Property(tries = 200)
    void losesNoValue(@ForAll @LongRange(min = 0, max = 5_000) long[] values) {
        Histogram histogram = Histogram.ofNumbers(1, 10, 100, 1_000);
        for (long value : values) {
            histogram.record(value);
        }
        Histogram.Snapshot now = histogram.snapshot();
        assertThat(now.count()).isEqualTo(values.length);
        assertThat(now.sum()).isEqualTo((double) Arrays.stream(values).sum());
    }

    @Test
    void refusesBoundsThatDoNotAscend() {
        assertThatThrownBy(() -> Histogram.ofNumbers(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsEachValueOfManyThreads() throws Exception {
        Histogram histogram = Histogram.ofNumbers(5);
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int k = 0; k < 50_000; k++) {
                    histogram.record(k % 10);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(histogram.snapshot().counts()).containsExactly(120_000, 80_000);
    }
}
