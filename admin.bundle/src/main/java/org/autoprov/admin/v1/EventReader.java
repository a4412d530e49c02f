// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.autoprov.admin.EventStream;

/**
 * One who reads events (server-sent events, WHATWG HTML 9.2). It has only its place in the ring, so that a slow reader
 * costs little; one that is too slow for the ring is told that it has missed something. Used under the feed's lock.
 */
final class EventReader implements EventStream {

    /** Begins at what comes next. */
    static final long NOW = -1;

    /** So much is on its way to a reader at a time, bytes. */
    private static final int AHEAD = 256 << 10;
    /** So much is sent at once, characters. */
    private static final int CHUNK = 32 << 10;

    private static final String BEGINNING = "retry: 3000\n";

    private final EventFeed feed;
    private final String tenant;
    private final EventFilter filter;
    private final long after;
    private final BooleanSupplier allowed;
    private Sink sink;
    private long next;
    private boolean missed;

    /**
     * @param tenant on whose behalf it reads
     * @param after the number of the last event that it got; 0 when that cannot be told, {@link #NOW} for none
     * @param allowed whether its token still may; may wait for the identity service
     */
    EventReader(EventFeed feed, String tenant, EventFilter filter, long after, BooleanSupplier allowed) {
        this.feed = feed;
        this.tenant = tenant;
        this.filter = filter;
        this.after = after;
        this.allowed = allowed;
    }

    @Override
    public void open(Sink opened) {
        feed.join(this, opened);
    }

    EventFilter filter() {
        return filter;
    }

    boolean isAllowed() {
        return allowed.getAsBoolean();
    }

    /**
     * Sends the beginning and what the reader has missed meanwhile.
     *
     * @param requestsFrom the number of the first event after which no phone's request is missing
     */
    void begin(Sink opened, EventRing ring, long requestsFrom) {
        sink = opened;
        if (after == NOW) {
            next = ring.last() + 1;
        } else {
            boolean known = after > 0 && after <= ring.last();
            next = known ? after + 1 : 0;
            missed = known && filter.wantsRequests() && next < requestsFrom;
        }
        // The id goes first, so that also a reader that got no event can resume.
        send(BEGINNING + (next == 0 ? "\n" : "id: " + feed.id(next - 1) + "\n\n"));
        pump(ring);
    }

    /** Sends what is due, as far as the client takes it. */
    void pump(EventRing ring) {
        if (sink.waiting() >= AHEAD) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (next < ring.oldest()) {
            next = ring.oldest();
            missed = true;
        }
        if (missed) {
            missed = false;
            write(text, next - 1, Event.MISSED, "{}");
        }
        while (next <= ring.last() && sink.waiting() + text.length() < AHEAD) {
            Event event = ring.get(next);
            if (event != null && filter.matches(event) && event.audience().has(tenant)) {
                write(text, next, event.type(), event.dataFor(tenant));
            }
            next++;
            if (text.length() > CHUNK) {
                send(text.toString());
                text.setLength(0);
            }
        }
        if (!text.isEmpty()) {
            send(text.toString());
        }
    }

    private void write(StringBuilder text, long number, String type, String data) {
        text.append("id: ").append(feed.id(number)).append("\nevent: ").append(type);
        text.append("\ndata: ").append(data).append("\n\n");
    }

    /** Shows proxies and the client that the stream lives, and the client from where it may resume. */
    void comment() {
        if (sink.waiting() == 0) {
            send(":\nid: " + feed.id(next - 1) + "\n\n");
        }
    }

    private void send(String text) {
        sink.send(text.getBytes(StandardCharsets.UTF_8));
    }

    void close() {
        sink.close();
    }
}
