// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing is all that is done with the subscription
class FollowersTest {

    private final Followers<Consumer<Integer>> followers = new Followers<>();

    private void tell(int event) {
        followers.tell(follower -> follower.accept(event));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachIsToldAllInOrderFromWhenItFollows() throws Exception {
        List<Integer> early = new CopyOnWriteArrayList<>();
        List<Integer> late = new CopyOnWriteArrayList<>();
        tell(0);
        try (AutoCloseable one = followers.add(early::add)) {
            tell(1);
            try (AutoCloseable two = followers.add(late::add)) {
                IntStream.rangeClosed(2, 500).forEach(this::tell);
                await().until(() -> early.size() == 500 && late.size() == 499);
            }
        }
        assertThat(early).isSorted().startsWith(1);
        assertThat(late).isSorted().startsWith(2);
    }

    @Test
    void whoClosesIsToldNoMore() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AutoCloseable following = followers.add(event -> {
            begun.countDown();
            hold(go);
            seen.add(event);
        });
        assertThat(followers.isEmpty()).isFalse();
        tell(1);
        tell(2);
        begun.await();
        following.close();
        following.close();
        assertThat(followers.isEmpty()).isTrue();
        go.countDown();
        tell(3);
        await().until(() -> !seen.isEmpty() && threads() == 0);
        assertThat(seen).as("only what it was in the middle of").containsExactly(1);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("autoprov-follower"))
                .count();
    }

    @Test
    void aSlowOneLosesTheOldestAndSlowsNobody() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        List<Integer> slow = new CopyOnWriteArrayList<>();
        List<Integer> quick = new CopyOnWriteArrayList<>();
        try (AutoCloseable one = followers.add(event -> {
                    begun.countDown();
                    hold(go);
                    if (event % 1_000 == 0) {
                        slow.add(event);
                    }
                });
                AutoCloseable two = followers.add(event -> {
                    if (event % 1_000 == 0) {
                        quick.add(event);
                    }
                })) {
            tell(0);
            begun.await();
            for (int i = 1; i <= 15_000; i++) {
                tell(i);
                if (i % 1_000 == 0) {
                    int expected = i / 1_000 + 1;
                    await().until(() -> quick.size() == expected);
                }
            }
            go.countDown();
            await().until(() -> slow.contains(15_000));
        }
        assertThat(slow).containsExactly(0, 6_000, 7_000, 8_000, 9_000, 10_000, 11_000, 12_000, 13_000, 14_000, 15_000);
    }

    @Test
    void oneThatFailsIsToldTheNextAllTheSame() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (AutoCloseable following = followers.add(event -> {
            if (event == 1) {
                throw new IllegalStateException("closed terminal");
            }
            seen.add(event);
        })) {
            tell(1);
            tell(2);
            await().until(() -> seen.contains(2));
        }
    }
}
