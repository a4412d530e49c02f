// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.autoprov.core.device.Device;
import org.autoprov.core.request.PhoneReply;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.RequestEvent;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TransferEvent;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to those who follow, and writes the one log line that each request gets. */
@Component(service = {RequestMonitor.class, Monitor.class})
public final class Monitor implements RequestMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

    /** The JDK's own logger: a facade would look up the caller of each line, which costs more than the whole request. */
    private static final java.util.logging.Logger REQUESTS =
            java.util.logging.Logger.getLogger("org.autoprov.requests");

    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final AtomicLong number = new AtomicLong();

    @Override
    public AutoCloseable follow(RequestFollower follower) {
        Follower added = new Follower(follower);
        followers.add(added);
        return () -> {
            followers.remove(added);
            added.close();
        };
    }

    @Override
    public boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** A request is done. */
    void done(PhoneRequest request, PhoneReply reply, Device device, Trace trace, long startNanos) {
        long count = number.incrementAndGet();
        boolean logged = REQUESTS.isLoggable(Level.INFO);
        if (!logged && followers.isEmpty()) {
            return;
        }
        long micros = (System.nanoTime() - startNanos) / 1000;
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
            offer(follower -> follower.request(event));
        }
    }

    @Override
    public void transfer(
            PhoneRequest request, TransferEvent.State state, long bytes, long total, long millis, String reason) {
        if (!followers.isEmpty()) {
            TransferEvent event = new TransferEvent(
                    Instant.now(), line(request), state, bytes, total, millis, LogText.escape(reason));
            offer(follower -> follower.transfer(event));
        }
    }

    private void offer(Consumer<RequestFollower> event) {
        followers.forEach(follower -> follower.offer(event));
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

    /** One who follows, with a thread and a bounded queue of its own: a slow terminal slows no phone. */
    private static final class Follower {
        private static final int MAX_WAITING = 10_000;

        private final RequestFollower follower;
        private final Deque<Consumer<RequestFollower>> waiting = new ArrayDeque<>();
        private final Thread thread = new Thread(this::run, "autoprov-follower");
        private boolean closed;

        Follower(RequestFollower follower) {
            this.follower = follower;
            thread.setDaemon(true);
            thread.start();
        }

        synchronized void offer(Consumer<RequestFollower> event) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(event);
            notifyAll();
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }

        private void run() {
            Consumer<RequestFollower> next;
            while ((next = take()) != null) {
                try {
                    next.accept(follower);
                } catch (RuntimeException e) {
                    LOG.debug("a follower failed", e);
                }
            }
        }

        private synchronized Consumer<RequestFollower> take() {
            try {
                while (waiting.isEmpty() && !closed) {
                    wait();
                }
                return closed ? null : waiting.removeFirst();
            } catch (InterruptedException e) {
                return null;
            }
        }
    }
}
