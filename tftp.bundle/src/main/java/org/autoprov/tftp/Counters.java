// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.service.CounterSource;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;

/** What happened since the start. Thread-safe. */
final class Counters implements CounterSource, MetricSource {

    private static final int CODES = 9;

    final LongAdder reads = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder finished = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder retransmissions = new LongAdder();
    final LongAdder repeatedRequests = new LongAdder();
    final LongAdder overLimit = new LongAdder();
    final LongAdder malformed = new LongAdder();

    /** Requests to a broadcast or multicast address, or to one that had no socket yet. */
    final LongAdder elsewhere = new LongAdder();

    final LongAdder running = new LongAdder();
    private final LongAdder[] errorsSent = adders();
    private final LongAdder[] errorsReceived = adders();

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[CODES];
        for (int i = 0; i < CODES; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    void errorSent(int code) {
        errorsSent[code].increment();
    }

    /** @param code anything; unknown ones count as 0 */
    void errorReceived(int code) {
        errorsReceived[code < CODES ? code : 0].increment();
    }

    @Override
    public String name() {
        return "tftp";
    }

    /** Errors stand under their code: {@code errorsSent.1}. */
    @Override
    public Map<String, Long> counters() {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("running", running.sum());
        values.put("reads", reads.sum());
        values.put("writes", writes.sum());
        values.put("finished", finished.sum());
        values.put("broken", broken.sum());
        values.put("timeouts", timeouts.sum());
        values.put("bytesSent", bytesSent.sum());
        values.put("bytesReceived", bytesReceived.sum());
        values.put("retransmissions", retransmissions.sum());
        values.put("repeatedRequests", repeatedRequests.sum());
        values.put("overLimit", overLimit.sum());
        values.put("malformed", malformed.sum());
        values.put("elsewhere", elsewhere.sum());
        for (int code = 0; code < CODES; code++) {
            values.put("errorsSent." + code, errorsSent[code].sum());
            values.put("errorsReceived." + code, errorsReceived[code].sum());
        }
        return values;
    }

    @Override
    public void measure(Metrics metrics) {
        metrics.gauge("autoprov_tftp_transfers", "Transfers under way.", Math.max(0, running.sum()));
        String requests = "autoprov_tftp_requests_total";
        String help = "Requests for a transfer that were taken up.";
        metrics.counter(requests, help, reads.sum(), "direction", "read");
        metrics.counter(requests, help, writes.sum(), "direction", "write");
        String ended = "autoprov_tftp_transfers_ended_total";
        metrics.counter(ended, "Transfers that have ended.", finished.sum(), "result", "finished");
        metrics.counter(ended, "Transfers that have ended.", broken.sum(), "result", "broken");
        metrics.counter(
                "autoprov_tftp_timeouts_total", "Times that nothing came from a phone in time.", timeouts.sum());
        metrics.counter("autoprov_tftp_sent_bytes_total", "Content sent to phones.", bytesSent.sum());
        metrics.counter("autoprov_tftp_received_bytes_total", "Content that phones sent.", bytesReceived.sum());
        metrics.counter("autoprov_tftp_retransmissions_total", "Packets sent again.", retransmissions.sum());
        metrics.counter(
                "autoprov_tftp_repeated_requests_total",
                "Requests that were there already: the phone was impatient.",
                repeatedRequests.sum());
        metrics.counter(
                "autoprov_tftp_rejected_requests_total",
                "Requests turned away because too many transfers were under way.",
                overLimit.sum());
        metrics.counter("autoprov_tftp_malformed_packets_total", "Packets that make no sense.", malformed.sum());
        metrics.counter(
                "autoprov_tftp_misdirected_requests_total",
                "Requests to a broadcast or multicast address, or to one that was new.",
                elsewhere.sum());
        String errors = "autoprov_tftp_errors_total";
        for (int code = 0; code < CODES; code++) {
            String number = Integer.toString(code);
            metrics.counter(
                    errors,
                    "Error packets, by their code.",
                    errorsSent[code].sum(),
                    "direction",
                    "sent",
                    "code",
                    number);
            metrics.counter(
                    errors,
                    "Error packets, by their code.",
                    errorsReceived[code].sum(),
                    "direction",
                    "received",
                    "code",
                    number);
        }
    }
}
