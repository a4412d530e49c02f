// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.autoprov.core.service.Operation;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.TrackedOperation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The list of operations. */
@Component
public final class Operations implements OperationService {

    private static final int MOST_DONE = 1_000;
    private static final Duration KEPT = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, TrackedOperation> tracked = new LinkedHashMap<>();
    private final Map<String, LongAdder> ended = new TreeMap<>();

    @Activate
    public Operations() {
        this(Clock.systemUTC());
    }

    Operations(Clock clock) {
        this.clock = clock;
    }

    @Override
    public TrackedOperation track(String kind, String subject, String tenant, String actor, Operation operation) {
        TrackedOperation added =
                new TrackedOperation(Secrets.uuid(), kind, subject, tenant, actor, clock.instant(), operation);
        synchronized (this) {
            forgetOld();
            for (TrackedOperation one : tracked.values()) {
                if (one.operation() == operation) {
                    return one;
                }
            }
            tracked.put(added.id(), added);
        }
        operation.whenDone(state -> {
            synchronized (this) {
                ended.computeIfAbsent(kind + '.' + state, name -> new LongAdder())
                        .increment();
            }
        });
        return added;
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(KEPT);
        List<TrackedOperation> done = tracked.values().stream()
                .filter(one -> one.operation().isDone())
                .toList();
        for (int i = 0; i < done.size(); i++) {
            if (i < done.size() - MOST_DONE || done.get(i).begun().isBefore(oldest)) {
                tracked.remove(done.get(i).id());
            }
        }
    }

    @Override
    public synchronized Collection<TrackedOperation> all() {
        forgetOld();
        return List.copyOf(tracked.values());
    }

    @Override
    public synchronized Optional<TrackedOperation> get(String id) {
        return Optional.ofNullable(tracked.get(id));
    }

    @Override
    public synchronized boolean forget(String id) {
        return tracked.remove(id) != null;
    }

    @Override
    public synchronized Map<String, Long> ended() {
        Map<String, Long> counts = new TreeMap<>();
        ended.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }
}
