// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.v1;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.autoprov.core.service.OperationService;
import org.autoprov.core.service.TrackedOperation;

/** Looks now and then how far operations are. Used under the feed's lock. */
final class OperationWatch {

    private static final long PROGRESS_MILLIS = 1_000;

    /** @param text how far it was */
    private record Told(String text, long millis) {}

    private final OperationService operations;
    private final Map<String, Told> told = new HashMap<>();

    OperationWatch(OperationService operations) {
        this.operations = operations;
    }

    /** From now on; how far those are that there are already is known. */
    void begin() {
        told.clear();
        for (TrackedOperation one : operations.all()) {
            told.put(one.id(), new Told(one.operation().text(), 0));
        }
    }

    /** Tells of each that has begun or ended, and of the progress of others at most once a second. */
    void poll(long millis, Consumer<TrackedOperation> changed) {
        Collection<TrackedOperation> all = operations.all();
        for (TrackedOperation one : all) {
            String text = one.operation().text();
            Told before = told.get(one.id());
            boolean due = before == null
                    || !before.text().equals(text)
                            && (one.operation().isDone() || millis - before.millis() >= PROGRESS_MILLIS);
            if (due) {
                told.put(one.id(), new Told(text, millis));
                changed.accept(one);
            }
        }
        if (told.size() > all.size()) {
            Set<String> ids = all.stream().map(TrackedOperation::id).collect(Collectors.toSet());
            told.keySet().retainAll(ids);
        }
    }
}
