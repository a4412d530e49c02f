// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.legacy;

import java.util.ArrayList;
import java.util.List;
import org.autoprov.core.internal.server.Batch;
import org.autoprov.core.internal.server.Ledger;
import org.autoprov.core.service.ImportReport.Outcome;
import org.autoprov.core.service.RefusedException;
import org.autoprov.core.service.RefusedException.Reason;

/**
 * Stores documents of one kind, many in a transaction. When somebody else changed one of them meanwhile, each is looked
 * at again and stored alone. For one thread; {@link #flush} at the end.
 */
final class Chunk {

    private static final int MAX_DOCUMENTS = 500;
    private static final long MAX_BYTES = 8 << 20;

    /** Puts a document into a batch, or finds that it need not be. May be called again. */
    interface Step {
        Tally.Done into(Batch batch) throws NotTakenException;
    }

    private record Pending(String file, Step step, Tally.Done done) {}

    private final Ledger ledger;
    private final String actor;
    private final boolean dryRun;
    private final String kind;
    private final Tally tally;
    private final List<Pending> pending = new ArrayList<>();
    private Batch batch;
    private long bytes;

    Chunk(Ledger ledger, String actor, boolean dryRun, String kind, Tally tally) {
        this.ledger = ledger;
        this.actor = actor;
        this.dryRun = dryRun;
        this.kind = kind;
        this.tally = tally;
        this.batch = ledger.batch(actor);
    }

    /** @throws RefusedException UNAVAILABLE when the store is away */
    void add(String file, long size, Step step) throws RefusedException {
        try {
            pending.add(new Pending(file, step, step.into(batch)));
        } catch (NotTakenException e) {
            tally.notTaken(kind, file, e);
            return;
        }
        bytes += size;
        if (pending.size() >= MAX_DOCUMENTS || bytes >= MAX_BYTES) {
            flush();
        }
    }

    /** @throws RefusedException UNAVAILABLE when the store is away */
    void flush() throws RefusedException {
        List<Pending> documents = List.copyOf(pending);
        Batch full = batch;
        pending.clear();
        bytes = 0;
        batch = ledger.batch(actor);
        try {
            if (!dryRun) {
                ledger.commit(full);
            }
        } catch (RefusedException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                throw e;
            }
            for (Pending document : documents) {
                alone(document);
            }
            return;
        }
        documents.forEach(document -> tally.done(kind, document.done()));
    }

    private void alone(Pending document) throws RefusedException {
        try {
            Batch single = ledger.batch(actor);
            Tally.Done done = document.step().into(single);
            ledger.commit(single);
            tally.done(kind, done);
        } catch (NotTakenException e) {
            tally.notTaken(kind, document.file(), e);
        } catch (RefusedException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                throw e;
            }
            tally.notTaken(
                    kind,
                    document.file(),
                    new NotTakenException("", Outcome.CONFLICT, "was changed here during the import"));
        }
    }
}
