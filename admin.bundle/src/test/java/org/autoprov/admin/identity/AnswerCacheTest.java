// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private final AnswerCache<Integer, String> cache = new AnswerCache<>(100, answer -> Duration.ofMinutes(1));

    private static Deadline soon() {
        return Deadline.in(Duration.ofMillis(100));
    }

    @Test
    void holdsNoMoreThanItShould() throws AwayException {
        for (int i = 0; i < 1000; i++) {
            int number = i;
            assertThat(cache.get(i, soon(), () -> "answer " + number)).isEqualTo("answer " + i);
        }
        assertThat(cache.size()).isLessThanOrEqualTo(100);
    }

    @Test
    void keepsNoFailure() throws AwayException {
        assertThatThrownBy(() -> cache.get(1, soon(), () -> {
                    throw new AwayException("away");
                }))
                .isInstanceOf(AwayException.class);
        assertThatThrownBy(() -> cache.get(1, soon(), () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cache.get(1, soon(), () -> "there")).isEqualTo("there");
        assertThat(cache.get(1, soon(), () -> "not asked")).isEqualTo("there");
    }

    @Test
    void whoWaitsForAnothersAnswerWaitsNoLongerThanHisDeadline() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> {
            try {
                return cache.get(1, Deadline.in(Duration.ofSeconds(10)), () -> {
                    asked.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return "late";
                });
            } catch (AwayException e) {
                throw new AssertionError(e);
            }
        });
        asked.await();
        assertThatThrownBy(() -> cache.get(1, soon(), () -> "not asked")).isInstanceOf(AwayException.class);
        free.countDown();
        assertThat(first.get()).isEqualTo("late");
    }
}
