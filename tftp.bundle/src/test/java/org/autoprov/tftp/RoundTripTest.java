// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RoundTripTest {

    private static final long MILLI = 1_000_000;

    @Test
    void followsWhatIsMeasuredAndDoublesAfterLoss() {
        RoundTrip trip = new RoundTrip(0);
        assertThat(trip.waitNanos()).isEqualTo(1_000 * MILLI);
        trip.measured(1 * MILLI);
        assertThat(trip.waitNanos()).isEqualTo(200 * MILLI);
        trip.lost();
        assertThat(trip.waitNanos()).isEqualTo(400 * MILLI);
        for (int i = 0; i < 9; i++) {
            trip.lost();
        }
        assertThat(trip.waitNanos()).isEqualTo(7_000 * MILLI);
        assertThat(trip.giveUpNanos()).isEqualTo(30_000 * MILLI);
        trip.measured(500 * MILLI);
        assertThat(trip.waitNanos()).isBetween(300 * MILLI, 7_000 * MILLI);
    }

    @Test
    void keepsToWhatWasNegotiated() {
        RoundTrip trip = new RoundTrip(3);
        trip.measured(1);
        trip.lost();
        assertThat(trip.waitNanos()).isEqualTo(3_000 * MILLI);
        assertThat(trip.giveUpNanos()).isEqualTo(12_000 * MILLI);
        assertThat(new RoundTrip(1).giveUpNanos()).isEqualTo(10_000 * MILLI);
    }

    @Property
    void staysWithinItsLimits(@ForAll long[] samples) {
        RoundTrip trip = new RoundTrip(0);
        for (long sample : samples) {
            trip.measured(sample);
            assertThat(trip.waitNanos()).isBetween(200 * MILLI, 7_000 * MILLI);
        }
    }
}
