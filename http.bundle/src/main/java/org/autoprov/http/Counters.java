// SPDX-License-Identifier: Apache-2.0
package org.autoprov.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.autoprov.core.service.CounterSource;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;

/** What happened since the start, as far as core does not see it. Thread-safe. */
final class Counters implements CounterSource, MetricSource {

    private final IntSupplier open;
    final LongAdder accepted = new LongAdder();

    /** Connections closed because the phone was slower than it may be, or silent. */
    final LongAdder tooSlow = new LongAdder();

    /** Requests that make no sense. */
    final LongAdder malformed = new LongAdder();

    /** Uploads turned away because too many were under way. */
    final LongAdder overLimit = new LongAdder();

    /** Answers that were not taken whole. */
    final LongAdder broken = new LongAdder();

    final LongAdder bytesSent = new LongAdder();

    /** @param open counts the open connections; called from any thread */
    Counters(IntSupplier open) {
        this.open = open;
    }

    @Override
    public String name() {
        return "phonesHttp";
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("running", (long) open.getAsInt());
        values.put("accepted", accepted.sum());
        values.put("tooSlow", tooSlow.sum());
        values.put("malformed", malformed.sum());
        values.put("overLimit", overLimit.sum());
        values.put("broken", broken.sum());
        values.put("bytesSent", bytesSent.sum());
        return values;
    }

    @Override
    public void measure(Metrics metrics) {
        metrics.gauge("autoprov_http_connections", "Open connections of phones.", open.getAsInt());
        metrics.counter("autoprov_http_connections_accepted_total", "Connections of phones.", accepted.sum());
        metrics.counter(
                "autoprov_http_connections_timed_out_total",
                "Connections closed because the phone was too slow, or silent for too long.",
                tooSlow.sum());
        metrics.counter("autoprov_http_malformed_requests_total", "Requests that make no sense.", malformed.sum());
        metrics.counter(
                "autoprov_http_rejected_uploads_total",
                "Files not taken because too many were on their way already.",
                overLimit.sum());
        metrics.counter("autoprov_http_broken_answers_total", "Answers that were not taken whole.", broken.sum());
        metrics.counter("autoprov_http_sent_bytes_total", "Content sent to phones.", bytesSent.sum());
    }
}
