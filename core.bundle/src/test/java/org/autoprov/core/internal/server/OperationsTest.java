// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.TrackedOperation;
import org.junit.jupiter.api.Test;

class OperationsTest {

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private final Operations operations = new Operations(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private TrackedOperation track(String subject) {
        return operations.track("device.resync", subject, "t", "anna", new Operation(""));
    }

    private TrackedOperation done(String subject) {
        TrackedOperation one = track(subject);
        one.operation().succeed();
        return one;
    }

    @Test
    void anOperationCanBeLookedUpUntilItIsForgotten() {
        TrackedOperation one = track("d1");
        TrackedOperation two = track("d2");
        assertThat(one.id()).isNotEqualTo(two.id());
        assertThat(one.begun()).isEqualTo(now);
        assertThat(operations.get(one.id())).contains(one);
        assertThat(operations.get("nothing")).isEmpty();
        assertThat(operations.all()).as("oldest first").containsExactly(one, two);
        assertThat(operations.forget(one.id())).isTrue();
        assertThat(operations.forget(one.id())).isFalse();
        assertThat(operations.all()).containsExactly(two);
        assertThat(one.operation().isDone()).as("it goes on").isFalse();
    }

    @Test
    void ofWhatIsDoneTheNewestThousandAreKept() {
        TrackedOperation running = track("running");
        TrackedOperation first = done("first");
        TrackedOperation second = done("second");
        for (int i = 2; i <= 1_000; i++) {
            done("d" + i);
        }
        track("next");
        assertThat(operations.get(first.id())).isEmpty();
        assertThat(operations.get(second.id())).isPresent();
        assertThat(operations.get(running.id())).as("it is not done").isPresent();
        assertThat(operations.all()).hasSize(1_002);
    }

    @Test
    void whatIsDoneIsKeptForADay() {
        TrackedOperation running = track("running");
        TrackedOperation old = done("old");
        now = now.plus(Duration.ofDays(1));
        assertThat(operations.all()).contains(old);
        now = now.plusSeconds(1);
        assertThat(operations.all()).containsExactly(running);
        assertThat(operations.get(old.id())).isEmpty();
    }

    @Test
    void countsHowTheyEnded() {
        TrackedOperation one = track("d1");
        assertThat(operations.ended()).isEmpty();
        one.operation().succeed();
        one.operation().fail("too late");
        track("d2").operation().fail("gone");
        Operation over = new Operation("");
        over.fail("at once");
        operations.track("plugin.install", "p", null, "anna", over);
        TrackedOperation forgotten = track("d3");
        operations.forget(forgotten.id());
        forgotten.operation().succeed();
        assertThat(operations.ended())
                .isEqualTo(Map.of("device.resync.SUCCESS", 2L, "device.resync.FAIL", 1L, "plugin.install.FAIL", 1L));
    }

    @Test
    void manyThreadsLoseNone() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 400; i++) {
            String subject = "d" + i;
            threads.submit(() -> done(subject));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(operations.all()).hasSize(400);
        assertThat(operations.ended()).isEqualTo(Map.of("device.resync.SUCCESS", 400L));
    }
}
