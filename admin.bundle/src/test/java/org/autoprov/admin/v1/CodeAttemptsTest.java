// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CodeAttemptsTest {

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private final CodeAttempts attempts = new CodeAttempts(new Clock() {
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

    private void wrong(String actor, int times) throws Problem {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.lookUp(actor, Optional::empty)).isEmpty();
        }
    }

    private void assertWaits(String actor, String seconds) {
        assertThatThrownBy(() -> attempts.lookUp(actor, () -> {
                    throw new AssertionError("looked up");
                }))
                .isInstanceOf(Problem.class)
                .satisfies(e -> assertThat(((Problem) e).reply().headers()).containsEntry("Retry-After", seconds));
    }

    @Test
    void theEleventhWithinTenMinutesWaitsUntilTheFirstIsForgotten() throws Problem {
        wrong("a", 4);
        now = now.plusSeconds(60);
        wrong("a", 6);
        assertWaits("a", "540");
        now = now.plus(Duration.ofMillis(539_500));
        assertWaits("a", "1");
        now = now.plusMillis(500);
        wrong("a", 4);
        assertWaits("a", "60");
        now = now.plus(Duration.ofDays(1));
        wrong("a", 10);
        assertWaits("a", "600");
    }

    @Test
    void rightCodesAndOthersAreNotCounted() throws Problem {
        wrong("a", 9);
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.lookUp("a", () -> Optional.of("line"))).contains("line");
        }
        wrong("b", 10);
        wrong("a", 1);
        assertWaits("a", "600");
        assertWaits("b", "600");
    }

    @Test
    void manyAtOnceTryNoMore() throws Exception {
        AtomicInteger tried = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 200; i++) {
            threads.submit(() -> attempts.lookUp("a", () -> {
                tried.incrementAndGet();
                return Optional.empty();
            }));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tried).hasValue(10);
    }
}
