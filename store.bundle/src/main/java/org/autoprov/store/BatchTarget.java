// SPDX-License-Identifier: Apache-2.0
package org.autoprov.store;

import java.util.List;
import java.util.Optional;
import org.autoprov.core.store.StoreException;
import org.autoprov.core.store.Transaction;

/** What {@link GroupCommit} writes to. Called from one thread. */
interface BatchTarget extends AutoCloseable {

    /**
     * Stores transactions with one commit, which is durable when this returns. One that is refused leaves the others
     * alone.
     *
     * @return for each transaction, in order, why nothing of it was stored; empty when it is durable
     * @throws StoreException when nothing of the whole batch was stored; the next batch may be
     */
    List<Optional<StoreException>> commit(List<Transaction> batch);

    /**
     * Writes something that changes nothing, and makes it durable: to find out whether writing works again.
     *
     * @throws StoreException when it does not
     */
    void probe();

    @Override
    void close();
}
