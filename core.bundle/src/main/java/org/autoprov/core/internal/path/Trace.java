// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The decisions on the way of one request, kept only when somebody follows. Used by one thread. */
final class Trace {

    private final List<String> steps;

    Trace(boolean kept) {
        this.steps = kept ? new ArrayList<>() : null;
    }

    /** Notes a decision; the text is made only when it is wanted. */
    void step(Supplier<String> text) {
        if (steps != null) {
            steps.add(text.get());
        }
    }

    List<String> steps() {
        return steps == null ? List.of() : steps;
    }
}
