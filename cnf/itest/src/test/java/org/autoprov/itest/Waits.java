// SPDX-License-Identifier: Apache-2.0
package org.autoprov.itest;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what the server does by itself. */
final class Waits {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Waits() {}

    static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(INTERVAL).until(condition);
    }

    static void asserted(ThrowingRunnable assertion) {
        Awaitility.await().atMost(LIMIT).pollInterval(INTERVAL).untilAsserted(assertion);
    }
}
