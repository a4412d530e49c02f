// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.autoprov.admin.ApiReply;
import org.autoprov.core.service.Operation;

/** Operations that clients may look at: numbered by where they were begun, kept until deleted or long done. */
final class OperationShelf {

    /** How long one that is done is kept. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final class Kept {
        private final Operation operation;
        private volatile Instant seenDone;

        private Kept(Operation operation) {
            this.operation = operation;
        }
    }

    private final Clock clock;
    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicLong> numbers = new ConcurrentHashMap<>();

    OperationShelf(Clock clock) {
        this.clock = clock;
    }

    /** @param collection path of where it was begun; @return path of the operation */
    String add(String collection, Operation operation) {
        sweep();
        long number =
                numbers.computeIfAbsent(collection, path -> new AtomicLong()).incrementAndGet();
        String location = collection + '/' + number;
        kept.put(location, new Kept(operation));
        return location;
    }

    private void sweep() {
        Instant now = clock.instant();
        kept.values().removeIf(entry -> {
            if (!entry.operation.isDone()) {
                return false;
            }
            if (entry.seenDone == null) {
                entry.seenDone = now;
            }
            return entry.seenDone.plus(KEPT).isBefore(now);
        });
    }

    /** The two routes of the operations that are begun at this path. */
    List<Route> routes(String collection, Predicate<Map<String, String>> exists) {
        return List.of(
                Route.get(collection + "/{number}", "provd.operation.read", this::get)
                        .onlyIf(exists),
                Route.delete(collection + "/{number}", "provd.operation.delete", this::delete)
                        .onlyIf(exists));
    }

    private ApiReply get(Call call) throws ApiException {
        sweep();
        Kept entry = kept.get(call.path());
        if (entry == null) {
            throw ApiException.noSuchResource();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", entry.operation.text());
        if (!entry.operation.error().isEmpty()) {
            json.put("error", entry.operation.error());
        }
        return Reply.json(json);
    }

    private ApiReply delete(Call call) throws ApiException {
        if (kept.remove(call.path()) == null) {
            throw ApiException.noSuchResource();
        }
        return Reply.done();
    }
}
