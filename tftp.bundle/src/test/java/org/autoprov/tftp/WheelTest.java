// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class WheelTest {

    private static final long MILLI = 1_000_000;

    private static final class Alarm extends Wheel.Timer {
        long rang = -1;
        int times;

        @Override
        void onTime(long now) {
            rang = now;
            times++;
        }
    }

    @Property(tries = 200)
    void ringsEachOnceAndInTime(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(max = 30_000) Long> delays,
            @ForAll @Size(max = 40) List<@LongRange(max = 30_000) Long> laterDelays) {
        long start = -5 * MILLI;
        Wheel wheel = new Wheel(start);
        Alarm[] alarms = delays.stream().map(d -> new Alarm()).toArray(Alarm[]::new);
        long[] due = new long[alarms.length];
        for (int i = 0; i < alarms.length; i++) {
            wheel.set(alarms[i], start, delays.get(i) * MILLI);
            due[i] = delays.get(i);
            if (i < laterDelays.size()) { // set anew, sooner or later
                wheel.set(alarms[i], start, laterDelays.get(i) * MILLI);
                due[i] = laterDelays.get(i);
            }
        }
        for (long now = 0; now <= 31_000; now += 7) {
            wheel.turn(start + now * MILLI);
        }
        for (int i = 0; i < alarms.length; i++) {
            assertThat(alarms[i].times).isEqualTo(1);
            assertThat((alarms[i].rang - start) / MILLI).isBetween(due[i], due[i] + 27);
        }
        assertThat(wheel.isEmpty()).isTrue();
    }

    @Test
    void ringsAfterLongSleepAndNotWhenCancelled() {
        Wheel wheel = new Wheel(0);
        Alarm alarm = new Alarm();
        Alarm cancelled = new Alarm();
        wheel.set(alarm, 0, 50 * MILLI);
        wheel.set(cancelled, 0, 50 * MILLI);
        wheel.cancel(cancelled);
        wheel.cancel(cancelled);
        wheel.turn(3_600_000 * MILLI);
        assertThat(alarm.times).isEqualTo(1);
        assertThat(cancelled.times).isZero();
        assertThat(wheel.isEmpty()).isTrue();
    }
}
