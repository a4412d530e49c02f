// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin.bulk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/** The way of every import: check each row, then, when all are good, apply one after the other. For one import. */
final class Plan {

    /** What a row does. */
    enum Effect {
        CREATES,
        UPDATES,
        KEEPS
    }

    /** Does what a row says, through core. */
    interface Act {
        void run() throws RefusedException;
    }

    /** @param act not called for {@link Effect#KEEPS} */
    record Step(Effect effect, Act act) {
        static final Step NOTHING = new Step(Effect.KEEPS, () -> {});
    }

    /** Finds out what a row would do; changes nothing in core. Called once for each row, in order. */
    interface Checker {
        Step check(Row row) throws RowException;
    }

    private record Planned(int row, Step step) {}

    private final List<BadRow> bad = new ArrayList<>();
    private final int[] counts = new int[Effect.values().length];
    private int failed;

    private Plan() {}

    /** @param dryRun whether to check only */
    static BulkReport run(byte[] csv, Set<String> columns, Checker checker, boolean dryRun) {
        return new Plan().work(csv, columns, checker, dryRun);
    }

    private BulkReport work(byte[] csv, Set<String> columns, Checker checker, boolean dryRun) {
        Sheet sheet = Sheet.read(csv, columns, this::bad);
        List<Planned> planned = new ArrayList<>();
        for (Row row : sheet.rows()) {
            try {
                planned.add(new Planned(row.number(), checker.check(row)));
            } catch (RowException e) {
                bad(new BadRow(row.number(), e.column(), e.getMessage()));
            }
        }
        boolean apply = !dryRun && failed == 0;
        if (apply) {
            apply(planned);
        } else {
            planned.forEach(step -> counts[step.step().effect().ordinal()]++);
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

    private void apply(List<Planned> planned) {
        boolean away = false;
        for (Planned step : planned) {
            if (away && step.step().effect() != Effect.KEEPS) {
                bad(new BadRow(step.row(), "", "not tried, because the store or a plugin is away"));
                continue;
            }
            try {
                if (step.step().effect() != Effect.KEEPS) {
                    step.step().act().run();
                }
                counts[step.step().effect().ordinal()]++;
            } catch (RefusedException e) {
                away = e.reason() == Reason.UNAVAILABLE;
                bad(new BadRow(step.row(), "", e.getMessage()));
            }
        }
    }

    private void bad(BadRow row) {
        failed++;
        if (bad.size() < BulkReport.MAX_BAD) {
            bad.add(row);
        }
    }
}
