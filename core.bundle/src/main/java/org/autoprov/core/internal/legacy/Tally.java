// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autoprov.core.service.ImportReport;
import org.autoprov.core.service.ImportReport.Count;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.ImportReport.PluginUse;
import org.autoprov.core.service.ImportReport.Remark;

/** Counts what an import does. For one thread. */
final class Tally {

    /** What is done with a document that can be taken. */
    enum Done {
        ADDED,
        REPLACED,
        SAME
    }

    static final String TENANTS = "tenants";
    static final String PARAMETERS = "parameters";
    static final String BASE = "base raw config";
    static final String CONFIGS = "configs";
    static final String DEVICES = "devices";

    private static final int MAX_REMARKS = 10_000;

    private final Map<String, long[]> counts = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();
    private long moreRemarks;

    Tally() {
        for (String kind : List.of(TENANTS, PARAMETERS, BASE, CONFIGS, DEVICES)) {
            counts.put(kind, new long[5]);
        }
    }

    void done(String kind, Done done) {
        counts.get(kind)[done.ordinal()]++;
    }

    void notTaken(String kind, String file, NotTakenException why) {
        counts.get(kind)[why.outcome() == Outcome.CONFLICT ? 3 : 4]++;
        remark(file, why.key(), why.outcome(), why.getMessage());
    }

    void remark(String file, String key, Outcome outcome, String reason) {
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(
                    new Remark(NotTakenException.shortened(file), NotTakenException.shortened(key), outcome, reason));
        } else {
            moreRemarks++;
        }
    }

    /** How many documents were, or would be, stored. */
    long stored() {
        return counts.values().stream().mapToLong(c -> c[0] + c[1]).sum();
    }

    ImportReport report(boolean dryRun, List<PluginUse> plugins) {
        List<Count> all = new ArrayList<>();
        counts.forEach((kind, c) -> all.add(new Count(kind, c[0], c[1], c[2], c[3], c[4])));
        return new ImportReport(dryRun, all, remarks, moreRemarks, plugins);
    }
}
