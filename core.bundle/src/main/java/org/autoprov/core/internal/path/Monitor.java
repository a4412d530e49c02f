// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.autoprov.core.device.Device;
import org.autoprov.core.internal.follow.Followers;
import org.autoprov.core.internal.plugin.Plugin;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.MetricSource;
import org.autoprov.core.service.Metrics;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TransferEvent;
import org.osgi.service.component.annotations.Component;

/** Counts requests, hands them to those who follow, and writes the one log line that each request gets. */
@Component(service = {RequestMonitor.class, Monitor.class, MetricSource.class})
public final class Monitor implements RequestMonitor, MetricSource {

    /** The JDK's own logger: a facade would look up the caller of each line, which costs more than the whole request. */
    private static final java.util.logging.Logger REQUESTS =
            java.util.logging.Logger.getLogger("org.autoprov.requests");

    private final Followers<RequestFollower> followers = new Followers<>();
    private final AtomicLong number = new AtomicLong();
    private final RequestTally tally = new RequestTally();

    @Override
    public AutoCloseable follow(RequestFollower follower) {
        return followers.add(follower);
    }

    @Override
    public boolean isFollowed() {
        return !followers.isEmpty();
    }

    @Override
    public void measure(Metrics metrics) {
        tally.measure(metrics);
    }

    /**
     * A request is done.
     *
     * @param device whose it was; null for nobody's
     * @param plugin that manages the device; null when none is installed
     */
    void done(PhoneRequest request, PhoneReply reply, Device device, Plugin plugin, Trace trace, long startNanos) {
        long nanos = System.nanoTime() - startNanos;
        tally.count(
                request.protocol(),
                plugin == null ? null : plugin.description().family(),
                reply.status(),
                Math.max(0, nanos));
        long count = number.incrementAndGet();
        boolean logged = REQUESTS.isLoggable(Level.INFO);
        if (!logged && followers.isEmpty()) {
            return;
        }
        long micros = nanos / 1000;
        if (logged) {
            REQUESTS.log(new RequestLine(count, request, reply, device, micros));
        }
        if (!followers.isEmpty()) {
            String line = line(request) + " \"" + LogText.escape(request.userAgent()) + '"';
            RequestEvent event = new RequestEvent(
                    count,
                    Instant.now(),
                    line,
                    trace.steps().stream().map(LogText::escape).toList(),
                    outcome(reply),
                    device == null ? null : device.id(),
                    micros);
            followers.tell(follower -> follower.request(event));
        }
    }

    @Override
    public void transfer(
            PhoneRequest request, TransferEvent.State state, long bytes, long total, long millis, String reason) {
        if (!followers.isEmpty()) {
            TransferEvent event = new TransferEvent(
                    Instant.now(), line(request), state, bytes, total, millis, LogText.escape(reason));
            followers.tell(follower -> follower.transfer(event));
        }
    }

    private static String line(PhoneRequest request) {
        return request.protocol() + " " + request.action() + " /" + LogText.escape(request.path()) + " from "
                + request.client().getHostAddress();
    }

    /** The log line of a request; its text is made by the thread that writes the log. */
    private static final class RequestLine extends LogRecord {
        private static final long serialVersionUID = 1;

        private final transient PhoneRequest request;
        private final transient PhoneReply.Status status;
        private final transient String outcome;
        private final transient Device device;
        private final long count;
        private final long length;
        private final long micros;

        RequestLine(long count, PhoneRequest request, PhoneReply reply, Device device, long micros) {
            super(Level.INFO, null);
            setLoggerName(REQUESTS.getName());
            this.count = count;
            this.request = request;
            this.status = reply.status();
            this.outcome = reply.reason();
            this.length = reply.content() == null ? -1 : reply.content().length();
            this.device = device;
            this.micros = micros;
        }

        @Override
        public String getMessage() {
            Object who = device == null ? "nobody" : device.mac() == null ? device.id() : device.mac();
            return "#" + count + " " + request.protocol() + " " + request.action() + " /"
                    + LogText.escape(request.path()) + " from "
                    + request.client().getHostAddress() + ": " + who + " " + status
                    + (length >= 0
                            ? " " + length + " bytes"
                            : outcome.isEmpty() ? "" : " (" + LogText.escape(outcome) + ")")
                    + ", " + micros + " us";
        }
    }

    private static String outcome(PhoneReply reply) {
        return reply.content() != null
                ? reply.status() + " " + reply.content().length() + " bytes"
                : reply.status() + (reply.reason().isEmpty() ? "" : " (" + LogText.escape(reply.reason()) + ")");
    }
}
