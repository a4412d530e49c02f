// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.Protocol;
import org.autoprov.core.service.Histogram;
import org.autoprov.core.service.Metrics;

/**
 * Counts requests by how they came, whose they were and what became of them. Counting makes no garbage and takes no
 * lock: each sum has its counter before it is needed. Thread-safe.
 */
final class RequestTally {

    /** Requests of nobody, or of a device without an installed plugin. */
    private static final String NO_FAMILY = "none";

    private static final Protocol[] PROTOCOLS = Protocol.values();
    private static final PhoneReply.Status[] STATUSES = PhoneReply.Status.values();

    private final Map<String, LongAdder[]> families = new ConcurrentHashMap<>();
    private final LongAdder[] ofNobody = adders();
    private final Histogram[] durations = new Histogram[PROTOCOLS.length];

    RequestTally() {
        for (int i = 0; i < durations.length; i++) {
            durations[i] =
                    Histogram.ofSeconds(0.000025, 0.0001, 0.00025, 0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1, 2.5, 10);
        }
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[PROTOCOLS.length * STATUSES.length];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    private static int index(Protocol protocol, PhoneReply.Status status) {
        return protocol.ordinal() * STATUSES.length + status.ordinal();
    }

    /** @param family of an installed plugin; null for none */
    void count(Protocol protocol, String family, PhoneReply.Status status, long nanos) {
        LongAdder[] adders = family == null ? ofNobody : families.get(family);
        if (adders == null) {
            adders = families.computeIfAbsent(family, name -> adders());
        }
        adders[index(protocol, status)].increment();
        durations[protocol.ordinal()].record(nanos);
    }

    void measure(Metrics metrics) {
        measure(metrics, NO_FAMILY, ofNobody);
        families.forEach((family, adders) -> measure(metrics, family, adders));
        for (Protocol protocol : PROTOCOLS) {
            metrics.histogram(
                    "autoprov_request_duration_seconds",
                    "From a phone's request to its answer, without its way over the network.",
                    durations[protocol.ordinal()],
                    "listener",
                    word(protocol));
        }
    }

    private static void measure(Metrics metrics, String family, LongAdder[] adders) {
        for (Protocol protocol : PROTOCOLS) {
            for (PhoneReply.Status status : STATUSES) {
                long count = adders[index(protocol, status)].sum();
                if (count != 0 || family.equals(NO_FAMILY) && status == PhoneReply.Status.SERVED) {
                    metrics.counter(
                            "autoprov_requests_total",
                            "Requests of phones.",
                            count,
                            "listener",
                            word(protocol),
                            "family",
                            family,
                            "outcome",
                            word(status));
                }
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
