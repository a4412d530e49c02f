// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.autoprov.core.service.BulkReport;
import org.autoprov.core.service.BulkReport.BadRow;
import org.autoprov.core.service.RefusedException;

/**
 * The way of every import: check each row, then, when all are good, store them together. For one import.
 *
 * @param <T> what is stored
 */
final class Plan<T> {

    /** What a row does. */
    enum Effect {
        CREATES,
        UPDATES,
        KEEPS
    }

    /** @param document what is stored; null for {@link Effect#KEEPS} */
    record Step<T>(Effect effect, T document) {
        static <T> Step<T> nothing() {
            return new Step<>(Effect.KEEPS, null);
        }
    }

    /** Finds out what a row would do; changes nothing in core. Called once for each row, in order. */
    interface Checker<T> {
        Step<T> check(Row row) throws RowException;
    }

    /** Stores all or nothing. */
    interface Target<T> {
        void putAll(List<T> documents) throws RefusedException;
    }

    private final List<BadRow> bad = new ArrayList<>();
    private final int[] counts = new int[Effect.values().length];
    private int failed;

    private Plan() {}

    /**
     * Runs an import.
     *
     * @param dryRun whether to check only
     * @throws RefusedException from the target; nothing is stored then
     */
    static <T> BulkReport run(byte[] csv, Set<String> columns, Checker<T> checker, boolean dryRun, Target<T> target)
            throws RefusedException {
        return new Plan<T>().work(csv, columns, checker, dryRun, target);
    }

    private BulkReport work(byte[] csv, Set<String> columns, Checker<T> checker, boolean dryRun, Target<T> target)
            throws RefusedException {
        Sheet sheet = Sheet.read(csv, columns, this::bad);
        List<T> changes = new ArrayList<>();
        for (Row row : sheet.rows()) {
            try {
                Step<T> step = checker.check(row);
                counts[step.effect().ordinal()]++;
                if (step.document() != null) {
                    changes.add(step.document());
                }
            } catch (RowException e) {
                bad(new BadRow(row.number(), e.column(), e.getMessage()));
            }
        }
        boolean apply = !dryRun && failed == 0;
        if (apply && !changes.isEmpty()) {
            target.putAll(changes);
        }
        bad.sort(Comparator.comparingInt(BadRow::row));
        return new BulkReport(
                apply,
                sheet.count(),
                counts[Effect.CREATES.ordinal()],
                counts[Effect.UPDATES.ordinal()],
                counts[Effect.KEEPS.ordinal()],
                failed,
                bad);
    }

    private void bad(BadRow row) {
        failed++;
        if (bad.size() < BulkReport.MAX_BAD) {
            bad.add(row);
        }
    }
}
