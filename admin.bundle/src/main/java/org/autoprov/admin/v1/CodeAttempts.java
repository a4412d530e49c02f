// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps whoever calls from trying codes until one fits: after ten wrong ones within ten minutes a caller has to wait, with
 * right ones too. In memory. Thread-safe.
 */
final class CodeAttempts {

    private static final int MOST = 10;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final Clock clock;
    /** When each caller was wrong, oldest first. */
    private final Map<String, Deque<Instant>> wrong = new HashMap<>();

    CodeAttempts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Looks a code up on behalf of a caller. Calls at the same time wait for each other: they cannot try more together.
     *
     * @param lookUp empty for a wrong code; quick
     * @throws Problem TOO_MANY, then nothing was looked up
     */
    synchronized <T> Optional<T> lookUp(String actor, Supplier<Optional<T>> lookUp) throws Problem {
        Instant now = clock.instant();
        Instant oldest = now.minus(WITHIN);
        wrong.values().forEach(times -> {
            while (!times.isEmpty() && !times.peekFirst().isAfter(oldest)) {
                times.removeFirst();
            }
        });
        wrong.values().removeIf(Deque::isEmpty);
        Deque<Instant> times = wrong.get(actor);
        if (times != null && times.size() >= MOST) {
            Duration wait = Duration.between(oldest, times.peekFirst());
            throw Problem.tooMany(
                    "this token has tried too many wrong codes",
                    wait.plusMillis(999).toSeconds());
        }
        Optional<T> found = lookUp.get();
        if (found.isEmpty()) {
            wrong.computeIfAbsent(actor, name -> new ArrayDeque<>()).addLast(now);
        }
        return found;
    }
}
