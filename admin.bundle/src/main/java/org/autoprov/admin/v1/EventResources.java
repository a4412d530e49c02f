// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.autoprov.admin.ApiReply;

/**
 * {@code GET /1/events}: what happens, as server-sent events. Parameters: {@code types}, names or what stands before their
 * dot, divided by commas; {@code device}, the id of the only device that is of interest; {@code last_event_id} in place of
 * the header field {@code Last-Event-ID}, the last event that was received. Answers 200 with {@code text/event-stream}, 400
 * for a type that there is not, 503 when too many streams are open.
 */
final class EventResources {

    private static final String PATH = "/1/events";
    private static final String ACCESS = "provd.v1.events.read";

    private final EventFeed feed;

    EventResources(EventFeed feed) {
        this.feed = feed;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, ACCESS, this::follow));
    }

    private ApiReply follow(Exchange exchange) throws Problem {
        EventFilter filter = new EventFilter(types(exchange), exchange.query("device"));
        if (feed.isFull()) {
            throw new Problem(Problem.Type.UNAVAILABLE, "too many streams of events are open");
        }
        EventReader reader = new EventReader(
                feed,
                exchange.caller().tenant(),
                filter,
                after(exchange),
                () -> exchange.may().test(ACCESS));
        return ApiReply.stream("text/event-stream", reader)
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no"); // nginx would keep events back
    }

    private static Set<String> types(Exchange exchange) throws Problem {
        String text = exchange.query("types");
        Set<String> types = new LinkedHashSet<>();
        for (String piece : text == null ? new String[0] : text.split(",")) {
            String type = piece.strip();
            if (!EventFilter.isKnown(type)) {
                throw new Problem(Problem.Type.BAD_REQUEST, "types names something that is no kind of event");
            }
            types.add(type);
        }
        return types;
    }

    private long after(Exchange exchange) {
        String header = exchange.request().header("Last-Event-ID");
        String id = header == null || header.isBlank() ? exchange.query("last_event_id") : header.strip();
        return id == null || id.isBlank() ? EventReader.NOW : feed.number(id);
    }
}
