// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.time.Duration;
import java.util.List;

/**
 * How events are told.
 *
 * @param mostStreams how many streams may be open
 * @param lingerMillis how long events are collected for readers that may come back, milliseconds
 * @param commentMillis how often a stream shows that it lives
 * @param accessMillis how often it is checked whether a stream's token still may
 * @param internalWebhooks whether webhooks may go to loopback and link-local addresses
 * @param webhookTime how long one delivery may take
 * @param webhookPauses before each further try
 */
record EventSettings(
        int mostStreams,
        long lingerMillis,
        long commentMillis,
        long accessMillis,
        boolean internalWebhooks,
        Duration webhookTime,
        List<Duration> webhookPauses) {

    static EventSettings usual(int mostStreams, boolean internalWebhooks) {
        return new EventSettings(
                mostStreams,
                60_000,
                15_000,
                30_000,
                internalWebhooks,
                Duration.ofSeconds(10),
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10)));
    }
}
